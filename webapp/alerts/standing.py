"""How alerts stand: what waits, since when, and what became of the rest. Counts, and no names."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, literal_column, select

from webapp.alerts.devices import REMOVED
from webapp.alerts.heart import worker_seen_at
from webapp.alerts.keys import Keys
from webapp.alerts.models import Delivery, Device, Mail
from webapp.alerts.push_services import SERVICES
from webapp.database import db

ALERTED, FAILING, LOST, OFF = "alerted", "failing", "lost", "off"
"""Of a phone: alerts arrive; its push service refuses; its subscription ended; she wants none."""


@dataclass(frozen=True)
class Waiting:
    """A queue: how many are due now, how many at a later time, and since when the oldest is due."""

    due: int
    later: int
    oldest_due_at: datetime | None


@dataclass(frozen=True)
class Standing:
    """Everything at one instant, read in one snapshot.

    `outcomes` counts deliveries by (service, state, reason), `mailed` e-mails by (kind, state,
    reason), `phones` by (service, state of alerts), `keys` phones that are alerted by key id.
    """

    at: datetime
    worker_seen_at: datetime | None
    deliveries: Waiting
    mails: Waiting
    outcomes: Counter[tuple[str, str, str]]
    mailed: Counter[tuple[str, str, str]]
    phones: Counter[tuple[str, str]]
    keys: Counter[str]

    def by_key(self, keys: Keys) -> dict[str, int]:
        """How many phones subscribed with the newest key, the one before, or one that is gone."""
        newest = self.keys[keys.id] + self.keys[""]
        before = self.keys[keys.before.id] if keys.before else 0
        return {"newest": newest, "before": before, "gone": self.keys.total() - newest - before}


def standing(at: datetime) -> Standing:
    """How things stand at this instant. Reads every device, and an index of all deliveries."""
    phones, keys = _phones()
    return Standing(
        at=at,
        worker_seen_at=worker_seen_at(),
        deliveries=_waiting(Delivery, at),
        mails=_waiting(Mail, at),
        outcomes=_outcomes(),
        mailed=_mailed(),
        phones=phones,
        keys=keys,
    )


def push_service(host: str) -> str:
    """The known push service of a host: whoever subscribes may choose what stands before it."""
    known = (one for one in SERVICES if host == one or host.endswith(f".{one}"))
    return next(known, "other")


def _waiting(kind: type[Delivery] | type[Mail], at: datetime) -> Waiting:
    is_due = kind.due_at <= at
    # The partial index's state must be a literal, or SQLite does not use the index.
    query = select(
        func.count().filter(is_due), func.count(), func.min(kind.due_at).filter(is_due)
    ).where(kind.state == literal_column("'due'"))
    due, every, oldest = db.session.execute(query).one()
    return Waiting(due, every - due, oldest)


def _outcomes() -> Counter[tuple[str, str, str]]:
    # By device first: that reads an index alone, in its order.
    each = (
        select(Delivery.device_id, Delivery.state, Delivery.reason, func.count().label("many"))
        .group_by(Delivery.device_id, Delivery.state, Delivery.reason)
        .subquery()
    )
    columns = (Device.service, each.c.state, each.c.reason)
    query = (
        select(*columns, func.sum(each.c.many))
        .join(each, each.c.device_id == Device.id)
        .group_by(*columns)
    )
    counted: Counter[tuple[str, str, str]] = Counter()
    for host, state, reason, many in db.session.execute(query):
        counted[push_service(host), state, reason] += int(many)
    return counted


def _mailed() -> Counter[tuple[str, str, str]]:
    columns = (Mail.kind, Mail.state, Mail.reason)
    query = select(*columns, func.count()).group_by(*columns)
    return Counter({(kind, state, why): n for kind, state, why, n in db.session.execute(query)})


def _phones() -> tuple[Counter[tuple[str, str]], Counter[str]]:
    failed_last = Device.failed_at > func.coalesce(Device.last_sent_at, Device.made_at)
    state = case(
        (Device.endpoint.is_not(None) & failed_last, FAILING),
        (Device.endpoint.is_not(None), ALERTED),
        (Device.last_failure.not_in(("", REMOVED)), LOST),
        else_=OFF,
    ).label("alerts")
    columns = (Device.service, state, Device.key_id)
    query = select(*columns, func.count()).group_by(*columns)
    phones: Counter[tuple[str, str]] = Counter()
    keys: Counter[str] = Counter()
    for host, alerted, key, many in db.session.execute(query):
        phones[push_service(host) if host else "none", alerted] += many
        keys[key] += many if alerted in (ALERTED, FAILING) else 0
    return phones, keys
