"""Phones: each store is bound to one person, and may say where it can be pushed to."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from webapp.alerts.models import Device
from webapp.database import db


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


def subscribe(device: Device, endpoint: str, p256dh: str, auth: str) -> None:
    """Push to this device from now on. A browser has one subscription, whoever used it before."""
    before = db.session.scalar(select(Device).where(Device.endpoint == endpoint))
    if before and before.id != device.id:
        unsubscribe(before)
        db.session.flush()
    device.endpoint, device.p256dh, device.auth = endpoint, p256dh, auth
    device.last_failure = ""


def unsubscribe(device: Device) -> None:
    """Push no more to this device."""
    device.endpoint, device.p256dh, device.auth = None, "", ""


def devices_of(person_id: uuid.UUID) -> Sequence[Device]:
    """Her phones, the newest first."""
    return db.session.scalars(
        select(Device).where(Device.person_id == person_id).order_by(Device.made_at.desc())
    ).all()
