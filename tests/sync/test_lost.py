"""A phone hears with its next sync that its subscription was found to be gone."""

import uuid
from datetime import timedelta

from tests.cast import Cast, Phone
from webapp.alerts import Device, subscribe, unsubscribe
from webapp.database import now, writing


def said(phone: Phone) -> bool:
    """What it is told: twice the same, whichever way a sync is answered."""
    first, second = (phone.send().json.get("lost", False) for _ in range(2))
    assert first == second
    return bool(first)


def test_a_phone_is_told_that_it_is_lost_until_it_has_another_subscription(cast: Cast) -> None:
    phone = cast.recipient
    phone.sync()
    assert said(phone) is False
    with writing() as session:
        device = session.get_one(Device, uuid.UUID(phone.device))
        subscribe(device, "https://fcm.googleapis.com/fcm/send/1", "p", "a")
    assert said(phone) is False
    with writing() as session:
        device = session.get_one(Device, uuid.UUID(phone.device))
        device.endpoint, device.failed_at = None, now() - timedelta(seconds=1)
    assert said(phone) is True
    with writing() as session:
        device = session.get_one(Device, uuid.UUID(phone.device))
        subscribe(device, "https://fcm.googleapis.com/fcm/send/2", "p", "a")
    assert said(phone) is False


def test_a_phone_that_she_took_off_her_list_is_not_lost(cast: Cast) -> None:
    phone = cast.recipient
    phone.sync()
    with writing() as session:
        device = session.get_one(Device, uuid.UUID(phone.device))
        subscribe(device, "https://fcm.googleapis.com/fcm/send/1", "p", "a")
        device.failed_at = now()
        unsubscribe(device)
    assert said(phone) is False
