"""What is pushed, what a push service may answer, and what that means."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from webapp.alerts.push_services import service_of
from webapp.database import now

LONGEST_WAIT = timedelta(hours=12)
AT_ONCE = timedelta(0)


class Claim(NamedTuple):
    """A delivery that a worker holds: until another claims it, `lease` stands as its due time.

    `stale`: it waited for hours for a service that is left alone.
    """

    delivery_id: uuid.UUID
    alert_id: uuid.UUID
    device_id: uuid.UUID
    service: str
    lease: datetime
    tries: int
    stale: bool = False


@dataclass(frozen=True)
class Push:
    """One message to one subscription. `claims` are the deliveries that it brings."""

    delivery_id: uuid.UUID
    endpoint: str
    p256dh: str
    auth: str
    body: bytes
    lasts: timedelta
    urgency: str
    topic: str
    key_id: str = ""
    service: str = ""
    claims: tuple[Claim, ...] = ()
    short: bool = False

    @property
    def through(self) -> str:
        """Its push service."""
        return self.service or service_of(self.endpoint)


@dataclass(frozen=True)
class Answer:
    """What became of it. `again_after` None on a failure means: don't try again."""

    sent: bool = False
    gone: bool = False
    too_large: bool = False
    again_after: timedelta | None = None
    reason: str = ""


class Outcome(NamedTuple):
    """What is to be recorded of a delivery. Due again at `due_at`; a try, unless not `counted`.

    `push` is what was answered, where it was sent; `gone` says that its subscription is.
    """

    claim: Claim
    state: str
    reason: str = ""
    due_at: datetime | None = None
    counted: bool = True
    push: Push | None = None
    gone: bool = False


class Answered(NamedTuple):
    """A push, its answer, and how many seconds that took."""

    push: Push
    answer: Answer
    seconds: float


@dataclass
class InHand:
    """What one worker has claimed and not recorded: at most a batch, whatever the database does."""

    claims: set[Claim] = field(default_factory=set)
    unjudged: list[Claim] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    look_again_at: float = 0.0
    """By the steady clock: not before then, after a look that found nothing."""


def understand(status: int, retry_after: str) -> Answer:
    """What a push service's status means for a delivery (RFC 8030, 5 and 8.4)."""
    if status in (200, 201, 202):
        return Answer(sent=True)
    if status in (404, 410):
        return Answer(gone=True, reason="gone")
    if status == 413:
        return Answer(too_large=True, reason="too large")
    if status == 429 or status >= 500:
        return Answer(again_after=_wait(retry_after), reason=f"answered {status}")
    return Answer(reason=f"answered {status}")


def _wait(retry_after: str) -> timedelta:
    """Seconds or an HTTP date (RFC 9110, 10.2.3); none that can be read is none."""
    if retry_after.isdecimal() and retry_after.isascii() and len(retry_after) < 9:
        return min(timedelta(seconds=int(retry_after)), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return AT_ONCE
    if until.tzinfo is None:
        return AT_ONCE
    return min(max(until - now(), AT_ONCE), LONGEST_WAIT)
