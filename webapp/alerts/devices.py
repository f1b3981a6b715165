"""Phones: each store is bound to one person, and may say where it can be pushed to."""

import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import delete, select

from webapp.alerts.models import TEST, Alert, Delivery, Device
from webapp.alerts.payload import Notification
from webapp.database import db
from webapp.people import Person

REMOVED = "removed"
"""Why a device isn't pushed to whose person took it off her list, here or elsewhere."""


class OthersDevice(Exception):
    """The device is bound to somebody else."""


def bind(person_id: uuid.UUID, device_id: uuid.UUID) -> Device:
    """This person's device, bound to her now where it is new; raises OthersDevice."""
    device = db.session.get(Device, device_id)
    if device is None:
        device = Device(id=device_id, person_id=person_id)
        db.session.add(device)
        db.session.flush()
    if device.person_id != person_id:
        raise OthersDevice
    return device


def subscribe(
    device: Device, endpoint: str, p256dh: str, auth: str, *, key: str = "", session: str = ""
) -> None:
    """Push to this device from now on. A browser has one subscription, whoever used it before.

    `key` names the server's key that it subscribed with, `session` is the handle of the one that
    it is signed in with; each is empty where nobody knows.
    """
    before = db.session.scalar(select(Device).where(Device.endpoint == endpoint))
    if before and before.id != device.id:
        unsubscribe(before)
        db.session.flush()
    # An older page names no key: then a subscription that stays keeps what is known of it.
    if key or device.endpoint != endpoint:
        device.key_id = key
    device.endpoint, device.p256dh, device.auth = endpoint, p256dh, auth
    device.session = session
    device.service = urlsplit(endpoint).hostname or ""
    device.last_failure, device.failed_at = "", None


def unsubscribe(device: Device, reason: str = "") -> None:
    """Push no more to this device; its service stays known, for whoever counts."""
    device.endpoint, device.p256dh, device.auth = None, "", ""
    device.last_failure, device.failed_at = reason, None


def devices_of(person_id: uuid.UUID) -> Sequence[Device]:
    """Her phones, the newest first."""
    return db.session.scalars(
        select(Device).where(Device.person_id == person_id).order_by(Device.made_at.desc())
    ).all()


def device_of(person_id: uuid.UUID, device_id: uuid.UUID) -> Device | None:
    """This phone, where it is hers."""
    device = db.session.get(Device, device_id)
    return device if device and device.person_id == person_id else None


def seen_by_her(device: Device) -> dict[str, Any]:
    """One phone as its person's list tells of it; never where it is pushed to."""
    last_sent_at, failed_at = device.last_sent_at, device.failed_at
    return {
        "device": str(device.id),
        "name": device.name,
        "alerts": device.endpoint is not None,
        "session": device.session,
        "made_at": device.made_at.isoformat(),
        "last_sent_at": last_sent_at and last_sent_at.isoformat(),
        "last_failure": device.last_failure,
        "failed_at": failed_at and failed_at.isoformat(),
    }


def test(device: Device, person: Person) -> Alert:
    """Send this phone alone a test, at any hour; the one before is forgotten."""
    tests = select(Delivery.alert_id).where(Delivery.device_id == device.id)
    db.session.execute(delete(Alert).where(Alert.kind == TEST, Alert.id.in_(tests)))
    alert = Alert(person=person, person_id=person.id, kind=TEST)
    db.session.add_all([alert, Delivery(alert=alert, device=device)])
    return alert


def tested(device: Device) -> dict[str, str] | None:
    """How this phone's newest test stands: `state` due, sent or given_up, and `reason`."""
    found = db.session.scalars(
        select(Delivery)
        .join(Delivery.alert)
        .where(Delivery.device_id == device.id, Alert.kind == TEST)
        .order_by(Delivery.id.desc())
        .limit(1)
    ).first()
    return {"state": found.state, "reason": found.reason} if found else None


def notification(alert: Alert) -> Notification:
    """What a test shows: it opens where alerts are told of."""
    return Notification("/me", f"test-{alert.id.hex[:8]}")
