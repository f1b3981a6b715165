"""Where a phone may be alerted: only at a push service, only by its own person."""

import uuid
from typing import Any

import pytest

from tests.cast import SAME_ORIGIN, Cast, Phone

SUBSCRIPTION = {
    "endpoint": "https://fcm.googleapis.com/fcm/send/abc",
    "keys": {"p256dh": "B" + "A" * 86, "auth": "A" * 22},
}


def subscribe(phone: Phone, device: Any, subscription: Any) -> Any:
    body = {"device": device, "subscription": subscription}
    return phone.client.post("/api/devices", json=body, headers=SAME_ORIGIN)


def alerted(phone: Phone) -> list[bool]:
    rows = phone.client.get("/api/devices", headers=SAME_ORIGIN).json["devices"]
    return [row["alerts"] for row in rows]


def test_a_phone_is_alerted_and_is_alerted_no_more(cast: Cast) -> None:
    phone = cast.donor
    assert subscribe(phone, phone.device, SUBSCRIPTION).json == {"device": phone.device}
    assert alerted(phone) == [True]
    phone.client.delete(f"/api/devices/{phone.device}", headers=SAME_ORIGIN)
    assert alerted(phone) == [False]


@pytest.mark.parametrize(
    "subscription",
    [
        None,
        {},
        "text",
        {**SUBSCRIPTION, "endpoint": "https://evil.example/push"},
        {**SUBSCRIPTION, "endpoint": "http://fcm.googleapis.com/x"},
        {**SUBSCRIPTION, "endpoint": "https://127.0.0.1/x"},
        {**SUBSCRIPTION, "endpoint": 7},
        {**SUBSCRIPTION, "endpoint": "https://fcm.googleapis.com/\x00"},
        {**SUBSCRIPTION, "keys": {}},
        {**SUBSCRIPTION, "keys": {"p256dh": "\x00B" + "A" * 86, "auth": "A" * 22}},
        {**SUBSCRIPTION, "keys": {"p256dh": "AAAA", "auth": "A" * 22}},
        {**SUBSCRIPTION, "keys": {"p256dh": "B" + "A" * 86, "auth": 5}},
        {**SUBSCRIPTION, "keys": {"p256dh": "B" * 9000, "auth": "A" * 22}},
    ],
)
def test_what_is_no_subscription_of_a_push_service_is_refused(
    cast: Cast, subscription: Any
) -> None:
    response = subscribe(cast.donor, cast.donor.device, subscription)
    assert response.status_code == 400
    assert response.json["message"]


@pytest.mark.parametrize("device", [None, "x", 5, ""])
def test_a_phone_has_an_id(cast: Cast, device: Any) -> None:
    assert subscribe(cast.donor, device, SUBSCRIPTION).status_code == 400


def test_another_persons_phone_is_refused(cast: Cast) -> None:
    cast.donor.sync()
    assert subscribe(cast.recipient, cast.donor.device, SUBSCRIPTION).status_code == 409


def test_a_browser_that_changes_hands_is_alerted_for_its_last_person_alone(cast: Cast) -> None:
    subscribe(cast.donor, cast.donor.device, SUBSCRIPTION)
    subscribe(cast.recipient, str(uuid.uuid4()), SUBSCRIPTION)
    assert alerted(cast.donor) == [False]
    assert alerted(cast.recipient) == [True]
