"""Bringing what is due to a person's phones: claim, judge, send, record."""

import logging
import time
from datetime import datetime

from webapp.alerts import queue
from webapp.alerts.answers import Outcome, Push
from webapp.alerts.judging import Render, judge
from webapp.alerts.models import DUE, Delivery, Mail
from webapp.alerts.push import Sender
from webapp.alerts.push_services import BATCH
from webapp.alerts.recording import outcomes_of, record
from webapp.database import now, reading, writing

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.02
"""Between two looks for answers while waiting: several are recorded at once."""
REST_AFTER_LOOKING = 10
"""Times as long as a look took that found nothing."""


def deliver(sender: Sender, render: Render) -> int:
    """Send what is due now, and wait until all of it is recorded; returns how many pushes.

    What comes due meanwhile, or is to be tried again, is left to the next time.
    """
    at, sent = now(), 0
    while True:
        more = pump(sender, render, LOOK_SECONDS if sender.in_hand.claims else 0, at)
        sent += more
        if not more and not sender.in_hand.claims:
            return sent


def pump(sender: Sender, render: Render, wait_s: float = 0, at: datetime | None = None) -> int:
    """One turn: record what was answered, claim what is due and may go, judge it, send it.

    Waits up to `wait_s` for an answer, never for a slow service. What can't be recorded, since
    the database is away, is kept and recorded in a later turn. Returns how many pushes went out.
    """
    _listen(sender, wait_s)
    if sender.in_hand.outcomes or _any_to_claim(sender, at):
        _record(sender, at or now(), BATCH)
    pushes = _judged(sender, render)
    for push in pushes:
        sender.services.took(push.through)
        sender.submit(push)
    return len(pushes)


def finish(sender: Sender, within_s: float) -> None:
    """Claim nothing more, wait so long for what is on its way, and record it.

    What was claimed and not sent is let go, for the next worker to take up at once.
    """
    hand, until = sender.in_hand, time.monotonic() + within_s
    hand.outcomes += [Outcome(claim, DUE, "", now(), counted=False) for claim in hand.unjudged]
    hand.unjudged = []
    while hand.claims and time.monotonic() < until:
        _listen(sender, LOOK_SECONDS)
        if hand.outcomes:
            _record(sender, now(), 0)


def clock_jumped(sender: Sender) -> None:
    """The clock was set: look anew at all that is due later, but not at what is on its way.

    Welcome hours decide then.
    """
    with writing():
        queue.bring_forward(Delivery, now(), {claim.delivery_id for claim in sender.in_hand.claims})
        queue.bring_forward(Mail, now())


def _listen(sender: Sender, wait_s: float) -> None:
    hand, services = sender.in_hand, sender.services
    for push, answer, seconds in sender.answers(wait_s):
        if answer.again_after is None:
            services.answered(push.through, seconds)
        else:
            services.failed(push.through, answer.again_after)
        hand.outcomes += outcomes_of(push, answer, now())


def _any_to_claim(sender: Sender, at: datetime | None) -> bool:
    hand, began = sender.in_hand, time.monotonic()
    if len(hand.claims) >= BATCH or (at is None and began < hand.look_again_at):
        return False
    with reading():
        found = queue.any_for(sender.services, at or now())
    # Where thousands wait for a service that is away, a look takes its time: seldom, then.
    took = time.monotonic() - began
    hand.look_again_at = began if found else began + REST_AFTER_LOOKING * took
    return found


def _judged(sender: Sender, render: Render) -> list[Push]:
    hand = sender.in_hand
    if not hand.unjudged:
        return []
    with reading():
        pushes, outcomes = judge(hand.unjudged, render, now())
    hand.unjudged = []
    hand.outcomes += outcomes
    return pushes


def _record(sender: Sender, at: datetime, most: int) -> None:
    """Record all there is, and claim so many that at most `most` are held, in one transaction."""
    hand = sender.in_hand
    done = hand.outcomes
    with writing():
        record(done, now())
        left = most - len(hand.claims) + len(done)
        claims = queue.claim_deliveries(sender.services, at, left)
    hand.outcomes = []
    hand.claims.difference_update(outcome.claim for outcome in done)
    hand.claims.update(claims)
    hand.unjudged += claims
    for outcome in done:
        log.info("delivery", extra=_said(outcome))


def _said(outcome: Outcome) -> dict[str, str]:
    claim = outcome.claim
    return {
        "event": "delivery",
        "delivery": str(claim.delivery_id),
        "device": str(claim.device_id),
        "service": claim.service,
        "outcome": outcome.state,
        "reason": outcome.reason,
    }
