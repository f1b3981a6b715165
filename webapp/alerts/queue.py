"""Rows that wait until they are due, claimed by a lease, since no worker is sure to live."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal_column, or_, select, update

from webapp.alerts.answers import Claim
from webapp.alerts.models import MATCH, Alert, Delivery, Device, Queued
from webapp.alerts.push_services import BATCH, Services, service_of
from webapp.database import db, now

LEASE = timedelta(seconds=60)
"""Longer than a worker takes: a push has 10 s, and what was answered is recorded at once."""
STALE = timedelta(hours=6)
"""So long after it was due a delivery no longer waits for a service that is left alone."""
LOOK = 2 * BATCH

UNSYNCHRONISED = {"synchronize_session": False}

_COLUMNS: tuple[Any, ...] = (
    Delivery.id,
    Delivery.alert_id,
    Delivery.device_id,
    Delivery.due_at,
    Delivery.tries,
    Device.service,
    Device.endpoint,
)

Rows = dict[uuid.UUID, Any]


def is_due(kind: type[Queued], at: datetime) -> ColumnElement[bool]:
    """Whether a row of this queue is due."""
    # The partial index's state must be a literal, or SQLite does not use the index.
    return and_(kind.state == literal_column("'due'"), kind.due_at <= at)


def bring_forward(kind: type[Queued], at: datetime, held: Collection[uuid.UUID] = ()) -> None:
    """The clock jumped: what is due later is looked at now, except what this worker holds."""
    later = and_(kind.state == literal_column("'due'"), kind.due_at > at, kind.id.not_in(held))
    db.session.execute(
        update(kind).where(later).values(due_at=at), execution_options=UNSYNCHRONISED
    )


def any_for(services: Services, at: datetime) -> bool:
    """Whether a delivery is due that may be sent now."""
    query = _open(services, services.shut(), at).limit(1)
    return db.session.execute(query).first() is not None


def claim_deliveries(services: Services, at: datetime, most: int) -> list[Claim]:
    """Claim at most so many due deliveries, of each push service no more than it has room for.

    With a match come all others that are due to the same phone. Within a write transaction.
    """
    chosen = _with_matches(_choose(services, at, most), at, most)
    if not chosen:
        return []
    lease, paused = now() + LEASE, services.paused()
    holding = update(Delivery).where(Delivery.id.in_([*chosen]))
    db.session.execute(
        holding.values(due_at=lease, tries=Delivery.tries + 1), execution_options=UNSYNCHRONISED
    )
    return [
        Claim(
            delivery_id=row.id,
            alert_id=row.alert_id,
            device_id=row.device_id,
            service=_service(row),
            lease=lease,
            tries=row.tries + 1,
            stale=_is_stale(row, paused, at),
        )
        for row in chosen.values()
    ]


def _choose(services: Services, at: datetime, most: int) -> Rows:
    chosen: Rows = {}
    shut, paused = services.shut(), services.paused()
    room: dict[str, int] = {}
    while len(chosen) < most:
        known, look = len(chosen) + len(shut), most - len(chosen)
        query = _open(services, shut, at).where(Delivery.id.not_in([*chosen]))
        found = db.session.execute(_locked(query.limit(look))).all()
        for row in found:
            service = _service(row)
            left = room.setdefault(service, services.room(service))
            if left > 0 or _is_stale(row, paused, at):
                chosen[row.id] = row
                room[service] = left - 1
            else:
                shut.add(service)
            if len(chosen) == most:
                break
        if len(found) < look or known == len(chosen) + len(shut):
            break
    return chosen


def _with_matches(chosen: Rows, at: datetime, most: int) -> Rows:
    """The same, and behind each first match to a phone the others that are due to it."""
    if not chosen:
        return chosen
    phones = {row.device_id for row in chosen.values()}
    query = (
        _columns()
        .join(Alert, Delivery.alert_id == Alert.id)
        .where(is_due(Delivery, at), Delivery.device_id.in_(phones), Alert.kind == MATCH)
        .order_by(Delivery.due_at)
    )
    matches: dict[uuid.UUID, list[Any]] = {}
    for row in db.session.execute(_locked(query.limit(LOOK))):
        matches.setdefault(row.device_id, []).append(row)
    taken: Rows = {}
    for row in chosen.values():
        group = matches.get(row.device_id, ())
        for one in group if row.id in {other.id for other in group} else (row,):
            if len(taken) < most:
                taken.setdefault(one.id, one)
    return taken


def _open(services: Services, shut: Collection[str], at: datetime) -> Select[Any]:
    """Due deliveries, those of services that are shut only where they went stale in a pause."""
    stale = and_(Device.service.in_(services.paused()), Delivery.due_at < at - STALE)
    may_go = or_(Device.service.not_in(shut), stale)
    return _columns().where(is_due(Delivery, at), may_go).order_by(Delivery.due_at)


def _service(row: Any) -> str:
    return row.service or service_of(row.endpoint or "")


def _is_stale(row: Any, paused: Collection[str], at: datetime) -> bool:
    return _service(row) in paused and row.due_at < at - STALE


def _columns() -> Select[Any]:
    return select(*_COLUMNS).join(Device, Delivery.device_id == Device.id)


def _locked(query: Select[Any]) -> Select[Any]:
    return query.with_for_update(skip_locked=True, of=Delivery)
