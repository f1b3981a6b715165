"""What an operator may change: trying again what failed, and which key phones are known by."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select, update

from webapp.alerts.models import DUE, GIVEN_UP, Alert, Delivery, Device, Mail
from webapp.alerts.telling import DIGEST
from webapp.database import db, now

SOON = timedelta(seconds=60)
"""What is due within it is tried by itself; or a worker has it in hand."""
OURS = (
    "seen",
    "over",
    "off",
    "suspended",
    "unwanted",
    "unconfirmed",
    "no subscription",
    "with another",
    "gone",
    "not a push service",
    "unusable keys",
    "unusable address",
    "an address that it can't write",
    "too large",
)
"""Why a delivery or an e-mail ended for good: not for a trouble that may be over."""


def retry(since: datetime, service: str = "") -> tuple[int, int]:
    """Make due again what failed and was told since an instant: (deliveries, e-mails).

    With a `service` (a host, and what lies below it) only deliveries through it. What is over or
    unwelcome meanwhile is found out when it is taken up.
    """
    again: dict[str, Any] = {"state": DUE, "due_at": now(), "tries": 0}
    recent = select(Alert.id).where(Alert.made_at >= since)
    phones = select(Device.id).where(Device.endpoint.is_not(None))
    if service:
        below = Device.service.endswith(f".{service}", autoescape=True)
        phones = phones.where(or_(Device.service == service, below))
    failed = update(Delivery).where(
        _failed(Delivery), Delivery.alert_id.in_(recent), Delivery.device_id.in_(phones)
    )
    pushed = _many(failed.values(again))
    if service:
        return pushed, 0
    # A digest is about no one alert: its id says when it was begun.
    about = or_(Mail.alert_id.in_(recent), and_(Mail.kind == DIGEST, Mail.id >= _id_at(since)))
    letters = update(Mail).where(_failed(Mail), about)
    return pushed, _many(letters.values(again))


def phones_with(key_id: str) -> int:
    """How many phones can be alerted with this key alone."""
    query = select(func.count()).select_from(Device)
    return db.session.scalar(query.where(Device.endpoint.is_not(None), _known_by(key_id))) or 0


def name_key(key_id: str) -> None:
    """Phones of which nobody knows with which key they subscribed: it was this one."""
    nameless = update(Device).where(Device.endpoint.is_not(None), _known_by(""))
    _many(nameless.values(key_id=key_id))


def _failed(kind: type[Delivery] | type[Mail]) -> Any:
    failed = and_(kind.reason != "", kind.reason.not_in(OURS))
    waits = and_(kind.state == DUE, kind.tries > 0, kind.due_at > now() + SOON)
    return and_(failed, or_(kind.state == GIVEN_UP, waits))


def _id_at(at: datetime) -> uuid.UUID:
    """The smallest time-ordered id of an instant."""
    return uuid.UUID(int=int(at.timestamp() * 1000) << 80)


def _known_by(key_id: str) -> Any:
    return Device.key_id == key_id


def _many(statement: Any) -> int:
    changed: Any = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(changed.rowcount)
