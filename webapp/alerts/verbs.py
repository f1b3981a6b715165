"""Telling a person, and bringing what is due to her phones."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import literal_column, select

from webapp.alerts.models import DUE, GIVEN_UP, SENT, Alert, Delivery, Device
from webapp.alerts.payload import Notification, payload
from webapp.alerts.push import Answer, Push, Sender
from webapp.database import db, now, reading, writing
from webapp.people import Person

QUIET_FROM, QUIET_UNTIL = 22, 7
BATCH = 50
LEASE = timedelta(seconds=60)
"""Longer than the slowest batch: each push has 10 s, and all of a batch go at once."""
MOST_TRIES = 8
LASTS = timedelta(hours=24)

Render = Callable[[Alert], Notification | None]


def tell(
    person: Person, kind: str, *, urgent: bool = False, again: bool = False, **about: uuid.UUID
) -> bool:
    """Alert a person about one thing: match_id, conversation_id or listing_id.

    Once, or with `again` each time, in place of what was told before; False where she was told
    before. Quiet from 22 to 7 in her zone, unless it is urgent: her own emergency.
    """
    known = select(Alert).filter_by(person_id=person.id, kind=kind, **about)
    alert = db.session.scalar(known)
    if alert and not again:
        return False
    before = _deliveries(alert) if alert else {}
    if alert is None:
        alert = Alert(person=person, person_id=person.id, kind=kind, **about)
        db.session.add(alert)
    alert.made_at = now()
    due_at = now() if urgent else after_quiet(now(), person.time_zone)
    devices = select(Device).where(Device.person_id == person.id, Device.endpoint.is_not(None))
    for device in db.session.scalars(devices):
        delivery = before.get(device.id) or Delivery(alert=alert, device=device)
        delivery.state, delivery.due_at, delivery.tries = DUE, due_at, 0
        db.session.add(delivery)
    return True


def told_since(kind: str, at: datetime, **about: uuid.UUID) -> bool:
    """Whether anybody was told this of one thing since an instant."""
    query = select(Alert.id).filter_by(kind=kind, **about).where(Alert.made_at >= at)
    return db.session.scalar(query.limit(1)) is not None


def _deliveries(alert: Alert) -> dict[uuid.UUID, Delivery]:
    query = select(Delivery).where(Delivery.alert_id == alert.id)
    return {delivery.device_id: delivery for delivery in db.session.scalars(query).unique()}


def after_quiet(at: datetime, time_zone: str) -> datetime:
    """This instant, or the next 7 o'clock in that zone where it is night there."""
    local = at.astimezone(ZoneInfo(time_zone))
    if QUIET_UNTIL <= local.hour < QUIET_FROM:
        return at
    morning = local.replace(hour=QUIET_UNTIL, minute=0, second=0, microsecond=0)
    return morning + timedelta(days=1) if local.hour >= QUIET_FROM else morning


def deliver(sender: Sender, render: Render) -> int:
    """Send one batch of what is due; returns how many were taken up.

    What is shown is rendered now: what was withdrawn or blocked meanwhile is not sent. No lock
    is held while sending: a lease keeps other workers away, and runs out if this one dies.
    """
    pushes = _claim(render)
    for delivery_id, answer in sender.send(pushes):
        with writing():
            _record(delivery_id, answer)
    return len(pushes)


def _claim(render: Render) -> list[Push]:
    with reading() as session:
        if session.scalar(_due(now()).with_only_columns(Delivery.id).limit(1)) is None:
            return []
    with writing() as session:
        query = _due(now()).limit(BATCH).with_for_update(skip_locked=True, of=Delivery)
        claimed = session.scalars(query).unique().all()
        for delivery in claimed:
            delivery.due_at = now() + LEASE
            delivery.tries += 1
        return [push for delivery in claimed if (push := _push(delivery, render))]


def _due(at: datetime) -> Any:
    # The partial index's state must be a literal, or SQLite does not use the index.
    return (
        select(Delivery)
        .where(Delivery.state == literal_column("'due'"), Delivery.due_at <= at)
        .order_by(Delivery.due_at)
    )


def _push(delivery: Delivery, render: Render) -> Push | None:
    alert, device = delivery.alert, delivery.device
    reason = _why_not(delivery)
    shown = None if reason else render(alert)
    if shown is None or device.endpoint is None:
        delivery.state, delivery.reason = GIVEN_UP, reason or "over"
        return None
    return Push(
        delivery_id=delivery.id,
        endpoint=device.endpoint,
        p256dh=device.p256dh,
        auth=device.auth,
        body=payload(alert, device.id, shown),
        lasts=LASTS,
        urgency="high",
        topic=alert.id.hex,
    )


def _why_not(delivery: Delivery) -> str:
    if delivery.device.endpoint is None:
        return "no subscription"
    if delivery.alert.person.suspended_at:
        return "suspended"
    return "too many tries" if delivery.tries > MOST_TRIES else ""


def _record(delivery_id: uuid.UUID, answer: Answer) -> None:
    delivery = db.session.get(Delivery, delivery_id)
    # Told again while this was under way: then it is due again, and no try has been made.
    if delivery is None or delivery.state != DUE or not delivery.tries:
        return
    delivery.reason = answer.reason
    delivery.device.last_failure = answer.reason
    if answer.sent:
        delivery.state = SENT
        delivery.sent_at = delivery.device.last_sent_at = now()
    elif answer.again_after is None:
        delivery.state = GIVEN_UP
    else:
        delivery.due_at = now() + max(answer.again_after, _backing_off(delivery.tries))
    if answer.gone:
        delivery.device.endpoint = None


def _backing_off(tries: int) -> timedelta:
    return timedelta(seconds=min(3600, 2**tries * 5))
