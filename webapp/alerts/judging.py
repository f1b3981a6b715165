"""Whether a claimed delivery still goes out, and as what: judged at the last moment."""

import logging
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from webapp.alerts.answers import Claim, Outcome, Push
from webapp.alerts.models import (
    ASKING,
    CHANGED,
    DUE,
    FREE,
    GIVEN_UP,
    LETTER,
    MATCH,
    RIGHT,
    SENT,
    TEST,
    Alert,
    Delivery,
)
from webapp.alerts.payload import Notification, payload
from webapp.alerts.welcome import COUNTED, is_digest, makes_sound, wants, welcome_at
from webapp.database import db

log = logging.getLogger(__name__)

Render = Callable[[Alert], Notification | None]

MOST_TRIES = 12
"""Over some four hours: see `backing_off()`."""
DAY = timedelta(days=1)
LASTS = {
    ASKING: timedelta(hours=6),
    MATCH: DAY,
    LETTER: 3 * DAY,
    CHANGED: 3 * DAY,
    RIGHT: DAY,
    FREE: DAY,
    TEST: timedelta(minutes=10),
}
"""How long a push service keeps it for a phone that is away."""
LASTS_URGENT = timedelta(hours=6)
PATIENT = frozenset({RIGHT, FREE})
"""Kinds that needn't wake a phone from its sleep."""
WITH_ANOTHER = "with another"
TOO_LARGE = "too large"
AWAY = "service away"
NOT_THE_PHONES_FAULT = frozenset({"seen", "suspended", "off", "over"})
"""Reasons to give up that concern the alert or the person: no e-mail goes in its place."""

T = TypeVar("T")
Standing = tuple[Claim, Delivery, Notification]


def judge(
    claims: Sequence[Claim], render: Render, at: datetime
) -> tuple[list[Push], list[Outcome]]:
    """What goes out now, and what becomes of the rest. Within a reading transaction."""
    deliveries = _deliveries(claims)
    told = _told({delivery.device_id for delivery in deliveries.values()}, at)
    outcomes: list[Outcome] = []
    groups: dict[uuid.UUID, list[Standing]] = {}
    for claim in claims:
        delivery = deliveries.get(claim.delivery_id)
        if delivery is None or delivery.due_at != claim.lease:
            # Erased, or told anew: then this claim is worth nothing.
            outcomes.append(Outcome(claim, GIVEN_UP, "over"))
            continue
        together = delivery.device_id if delivery.alert.kind == MATCH else delivery.id
        heard = told.setdefault(delivery.device_id, [])
        counted = [] if together in groups else heard
        verdict = _guarded(partial(_verdict, claim, delivery, counted, render, at), claim, at)
        if isinstance(verdict, Outcome):
            outcomes.append(verdict)
            continue
        if together not in groups and _counts(delivery.alert):
            heard.append(at)
        groups.setdefault(together, []).append((claim, delivery, verdict))
    pushes = []
    for group in groups.values():
        made = _guarded(partial(_push, group), group[0][0], at)
        if isinstance(made, Push):
            pushes.append(made)
        else:
            outcomes += [made._replace(claim=claim) for claim, _delivery, _shown in group]
    return pushes, outcomes


def backing_off(tries: int) -> timedelta:
    """How long to wait after so many tries: 2 s, three times as long each time, up to an hour."""
    return timedelta(seconds=min(3600, 2 * 3 ** (tries - 1)))


def _guarded(work: Callable[[], T], claim: Claim, at: datetime) -> T | Outcome:
    """One alert that can't be shown holds up no other: it is tried again later."""
    try:
        return work()
    except SQLAlchemyError:
        raise
    except Exception:
        log.exception("an alert can't be shown", extra={"alert": str(claim.alert_id)})
        if claim.tries >= MOST_TRIES:
            return Outcome(claim, GIVEN_UP, "failed")
        return Outcome(claim, DUE, "failed", at + backing_off(claim.tries))


def _verdict(
    claim: Claim,
    delivery: Delivery,
    told: Sequence[datetime],
    render: Render,
    at: datetime,
) -> Outcome | Notification:
    alert = delivery.alert
    if reason := _why_not(delivery, claim.stale):
        return Outcome(claim, GIVEN_UP, reason)
    later = welcome_at(
        alert.person, alert.kind, at, made_at=alert.made_at, urgent=alert.urgent, told=told
    )
    if later > at:
        return Outcome(claim, DUE, delivery.reason, later, counted=False)
    return render(alert) or Outcome(claim, GIVEN_UP, "over")


def _why_not(delivery: Delivery, stale: bool) -> str:
    alert, device = delivery.alert, delivery.device
    if device.endpoint is None:
        return "no subscription"
    if alert.person.suspended_at:
        return "suspended"
    if alert.seen_at:
        return "seen"
    if not wants(alert.person, alert.kind):
        return "off"
    if stale:
        return AWAY
    return "too many tries" if delivery.tries > MOST_TRIES else ""


def _push(group: Sequence[Standing]) -> Push:
    """One message for all of a group, shown as its first."""
    first, delivery, shown = min(group, key=lambda one: (not one[1].alert.urgent, one[1].alert_id))
    alert, device = delivery.alert, delivery.device
    sound = makes_sound(alert.person, alert.kind)
    short = any(other.reason == TOO_LARGE for _claim, other, _shown in group)
    digest = is_digest(alert.person, alert.kind) and not alert.urgent
    quiet = digest or not sound or alert.kind in PATIENT
    return Push(
        delivery_id=delivery.id,
        endpoint=device.endpoint or "",
        p256dh=device.p256dh,
        auth=device.auth,
        body=payload(alert, device.id, shown, sound=sound, short=short, many=len(group)),
        lasts=LASTS_URGENT if alert.urgent else LASTS[alert.kind],
        urgency="high" if not quiet else "normal" if sound and not digest else "low",
        topic=_topic(alert, digest),
        key_id=device.key_id,
        service=first.service,
        claims=(first, *(claim for claim, _delivery, _shown in group if claim != first)),
        short=short,
    )


def _topic(alert: Alert, digest: bool) -> str:
    """What a later push to the same phone replaces, while the service still holds it."""
    if alert.conversation_id:
        return alert.conversation_id.hex
    return "digest" if digest else alert.id.hex


def _counts(alert: Alert) -> bool:
    return alert.kind in COUNTED and not alert.urgent


def _deliveries(claims: Sequence[Claim]) -> dict[uuid.UUID, Delivery]:
    query = select(Delivery).where(Delivery.id.in_([claim.delivery_id for claim in claims]))
    return {delivery.id: delivery for delivery in db.session.scalars(query).unique()}


def _told(phones: set[uuid.UUID], at: datetime) -> dict[uuid.UUID, list[datetime]]:
    """When each of these phones was told, within a day, something that counts."""
    query = (
        select(Delivery.device_id, Delivery.sent_at)
        .join(Alert, Delivery.alert_id == Alert.id)
        .where(
            Delivery.device_id.in_(phones),
            Delivery.state == SENT,
            Delivery.reason != WITH_ANOTHER,
            Delivery.sent_at > at - DAY,
            Alert.kind.in_(COUNTED),
            Alert.urgent.is_(False),
        )
    )
    told: dict[uuid.UUID, list[datetime]] = {}
    for device_id, sent_at in db.session.execute(query):
        if sent_at:
            told.setdefault(device_id, []).append(sent_at)
    return told
