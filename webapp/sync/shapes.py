"""The shape of what a phone sends, checked before any form sees it."""

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _

from webapp.fields import Fields
from webapp.milk import MOST_BATCHES

PROTOCOL = 1
MOST_OPERATIONS = 100
MOST_NAMES = 600
LONGEST_NAME = 60
MOST_VALUES = 400
MOST_AFTER = 100
MOST_ROWS = 200
MOST_SEEN = 100

Errors = dict[str, list[str]]
_BATCH = re.compile(r"batches-([0-9]{1,6})-")


class BadRequest(ValueError):
    """The whole request can't be read; its words say why."""


class BadOperation(ValueError):
    """One operation can't be read; carries errors by name."""

    def __init__(self, errors: Errors) -> None:
        super().__init__()
        self.errors = errors


@dataclass(frozen=True)
class Operation:
    """One form sent: what a person did on her phone."""

    id: uuid.UUID
    kind: str
    row: uuid.UUID
    after: tuple[uuid.UUID, ...]
    age_seconds: float
    """Seconds from making to sending, by the phone's own clock, so that a wrong one is no harm."""
    fields: Fields
    was: Fields
    again: bool = False
    """Done once, and sent again by a phone whose server was restored from a backup."""


@dataclass(frozen=True)
class Request:
    """One round trip: what was done, and from where on to pull."""

    device: uuid.UUID
    sent_at: datetime
    operations: list[Any]
    cursors: dict[str, str]
    most: int = MOST_ROWS
    """Rows a page: a phone on a slow link asks for fewer."""
    renewed: bool = False
    """A restored server made this phone begin anew, not a week ago."""
    seen: tuple[uuid.UUID, ...] = ()
    """Alerts whose matter this phone has shown her since it last asked."""


def read_request(body: Any) -> Request:
    """The request in a JSON body; raises BadRequest in words."""
    if not isinstance(body, dict):
        raise BadRequest(_("The request must be a JSON object."))
    operations, cursors = body.get("operations", []), body.get("cursors", {})
    if not isinstance(operations, list) or len(operations) > MOST_OPERATIONS:
        raise BadRequest(_("Send at most %(most)s operations at once.", most=MOST_OPERATIONS))
    if not isinstance(cursors, dict) or not all(isinstance(c, str) for c in cursors.values()):
        raise BadRequest(_("Cursors must be text."))
    most = body.get("most", MOST_ROWS)
    if type(most) is not int or not 0 < most <= MOST_ROWS:
        raise BadRequest(_("Ask for at most %(most)s rows at once.", most=MOST_ROWS))
    try:
        device, sent_at = _uuid(body.get("device")), _instant(body.get("sent_at"))
    except ValueError:
        raise BadRequest(_("The device's id or the time of sending is malformed.")) from None
    renewed = body.get("renewed") is True
    return Request(device, sent_at, operations, cursors, most, renewed, _seen(body.get("seen", [])))


def _seen(said: Any) -> tuple[uuid.UUID, ...]:
    try:
        return _uuids(said, MOST_SEEN)
    except ValueError:
        words = _("Name at most %(most)s alerts that were seen.", most=MOST_SEEN)
        raise BadRequest(words) from None


def read_operation(raw: Any, sent_at: datetime) -> Operation:
    """One operation; raises BadOperation with errors by name."""
    if not isinstance(raw, dict):
        raise BadOperation({"": [_("An operation must be an object.")]})
    errors: Errors = {}
    ids = {name: _tried(errors, name, _uuid, raw.get(name)) for name in ("id", "row")}
    after = _tried(errors, "after", _uuids, raw.get("after", []))
    made_at = _tried(errors, "made_at", _instant, raw.get("made_at"))
    fields = _tried(errors, "fields", _fields, raw.get("fields", {}))
    was = _tried(errors, "was", _fields, raw.get("was", {}))
    kind = raw.get("kind")
    if not isinstance(kind, str):
        errors["kind"] = [_("There is no such kind of operation.")]
    if errors:
        raise BadOperation(errors)
    age = (sent_at - made_at).total_seconds()
    again = raw.get("again") is True
    return Operation(ids["id"], str(kind), ids["row"], after, age, fields, was, again)


def count_batches(fields: Fields) -> Errors:
    """Errors where batches are numbered with gaps, or are more than allowed."""
    numbers = {int(found[1]) for name in fields if (found := _BATCH.match(name))}
    if len(numbers) > MOST_BATCHES:
        return {"batches": [_("At most %(most)s at once.", most=MOST_BATCHES)]}
    if numbers != set(range(len(numbers))):
        return {"batches": [_("Batches must be numbered without gaps.")]}
    return {}


def _tried(errors: Errors, name: str, read: Any, value: Any) -> Any:
    try:
        return read(value)
    except BadOperation as bad:
        errors.update(bad.errors)
    except ValueError:
        errors[name] = [_("This is malformed.")]
    return None


def _uuid(value: Any) -> uuid.UUID:
    if not isinstance(value, str) or len(value) != 36:
        raise ValueError
    return uuid.UUID(value)


def _uuids(value: Any, most: int = MOST_AFTER) -> tuple[uuid.UUID, ...]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError
    return tuple(_uuid(item) for item in value)


def _instant(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ValueError
    read = datetime.fromisoformat(value)
    if read.tzinfo is None:
        raise ValueError
    try:
        return read.astimezone(UTC)
    except OverflowError:
        raise ValueError from None


def _fields(value: Any) -> Fields:
    if not isinstance(value, dict) or any(len(name) > LONGEST_NAME for name in value):
        raise ValueError
    if len(value) > MOST_NAMES:
        raise BadOperation(count_batches(value) or {"fields": [_("Those are too many answers.")]})
    bad = {name: [_("An answer must be text.")] for name in value if not _is_value(value[name])}
    if bad:
        raise BadOperation(bad)
    return value


def _is_value(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) <= MOST_VALUES and all(isinstance(item, str) for item in value)
    return isinstance(value, str)
