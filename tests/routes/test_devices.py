"""Where a phone may be alerted: only at a push service, only by its own person."""

import base64
import uuid
from typing import Any

import pytest

from tests.cast import SAME_ORIGIN, Cast, Phone
from webapp import alerts
from webapp.alerts import Alert, Delivery, Device
from webapp.database import now, reading, writing

SUBSCRIPTION = {
    "endpoint": "https://fcm.googleapis.com/fcm/send/abc",
    "keys": {"p256dh": "B" + "A" * 86, "auth": "A" * 22},
}


FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:149.0) Gecko/149.0 Firefox/149.0"


def subscribe(phone: Phone, device: Any, subscription: Any, **more: Any) -> Any:
    body = {"device": device, "subscription": subscription, **more}
    headers = {**SAME_ORIGIN, "User-Agent": FIREFOX}
    return phone.client.post("/api/devices", json=body, headers=headers)


def devices(phone: Phone) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = phone.client.get("/api/devices").json["devices"]
    return rows


def alerted(phone: Phone) -> list[bool]:
    return [row["alerts"] for row in devices(phone)]


def remove(phone: Phone, device: str) -> Any:
    return phone.client.delete(f"/api/devices/{device}", headers=SAME_ORIGIN)


def try_out(phone: Phone, device: str) -> Any:
    return phone.client.post(f"/api/devices/{device}/test", headers=SAME_ORIGIN)


def outcome(phone: Phone, device: str) -> Any:
    return phone.client.get(f"/api/devices/{device}/test")


def stored(device: str) -> Device:
    with reading() as session:
        return session.get_one(Device, uuid.UUID(device))


def test_a_phone_is_alerted_and_is_alerted_no_more(cast: Cast) -> None:
    phone = cast.donor
    assert subscribe(phone, phone.device, SUBSCRIPTION).json == {"device": phone.device}
    assert alerted(phone) == [True]
    remove(phone, phone.device)
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


def test_a_phone_has_the_name_of_its_browser_and_its_session(cast: Cast) -> None:
    subscribe(cast.donor, cast.donor.device, SUBSCRIPTION)
    (row,) = devices(cast.donor)
    (session,) = cast.donor.client.get("/api/sessions").json["sessions"]
    assert row["name"] == "Firefox, Android"
    assert row["session"] == session["id"]
    assert (row["last_sent_at"], row["last_failure"], row["failed_at"]) == (None, "", None)


def test_where_a_phone_is_pushed_to_is_told_to_nobody(cast: Cast) -> None:
    subscribe(cast.donor, cast.donor.device, SUBSCRIPTION)
    said = cast.donor.client.get("/api/devices").get_data(as_text=True)
    for secret in ("fcm", SUBSCRIPTION["endpoint"], *SUBSCRIPTION["keys"].values()):
        assert secret not in said
    assert devices(cast.outsider) == []
    assert cast.stranger.get("/api/devices").status_code == 401


def test_the_service_and_the_key_of_a_subscription_are_kept(cast: Cast) -> None:
    settings = cast.app.config["SETTINGS"]
    key = alerts.read_keys(settings.data).application_server_key
    subscribe(cast.donor, cast.donor.device, SUBSCRIPTION, key=key)
    device = stored(cast.donor.device)
    assert device.service == "fcm.googleapis.com"
    assert device.key_id == alerts.key_id(key) != ""
    remove(cast.donor, cast.donor.device)
    assert stored(cast.donor.device).service == "fcm.googleapis.com"


@pytest.mark.parametrize(
    "key", [None, 5, "", "x", "A" * 5000, base64.b64encode(b"4" * 65).decode()]
)
def test_a_key_that_is_none_is_as_if_nothing_were_said(cast: Cast, key: Any) -> None:
    assert subscribe(cast.donor, cast.donor.device, SUBSCRIPTION, key=key).status_code == 200
    assert stored(cast.donor.device).key_id == ""


def test_what_was_stopped_from_elsewhere_stays_so_until_she_allows_it_there(cast: Cast) -> None:
    phone = cast.donor
    subscribe(phone, phone.device, SUBSCRIPTION)
    assert remove(phone, phone.device).status_code == 200
    mended = subscribe(phone, phone.device, SUBSCRIPTION, mending=True)
    assert (mended.status_code, mended.json["error"]) == (409, "removed")
    assert alerted(phone) == [False]
    assert subscribe(phone, phone.device, SUBSCRIPTION).status_code == 200
    assert alerted(phone) == [True]
    assert subscribe(phone, phone.device, SUBSCRIPTION, mending=True).status_code == 200


def test_what_was_lost_is_mended_without_asking(cast: Cast) -> None:
    phone = cast.donor
    subscribe(phone, phone.device, SUBSCRIPTION)
    with writing() as session:
        device = session.get_one(Device, uuid.UUID(phone.device))
        alerts.unsubscribe(device, "gone")
        device.failed_at = now()
    (row,) = devices(phone)
    assert (row["alerts"], row["last_failure"]) == (False, "gone")
    assert row["failed_at"].endswith("+00:00")
    assert subscribe(phone, phone.device, SUBSCRIPTION, mending=True).status_code == 200
    (row,) = devices(phone)
    assert (row["alerts"], row["last_failure"], row["failed_at"]) == (True, "", None)


def test_a_test_goes_to_one_phone_at_any_hour_and_into_no_feed(cast: Cast) -> None:
    phone, other = cast.donor, cast.phone(cast.donor.person_id)
    subscribe(phone, phone.device, SUBSCRIPTION)
    elsewhere = {**SUBSCRIPTION, "endpoint": "https://fcm.googleapis.com/fcm/send/other"}
    subscribe(other, other.device, elsewhere)
    assert try_out(other, phone.device).json == {"state": "due", "reason": ""}
    with reading() as session:
        (delivery,) = session.query(Delivery)
        assert str(delivery.device_id) == phone.device
        assert delivery.alert.kind == alerts.TEST
        assert delivery.due_at <= now()
    phone.sync()
    assert phone.held("me", "alert") == []
    assert outcome(phone, phone.device).json == {"state": "due", "reason": ""}
    assert outcome(phone, other.device).status_code == 404


def test_how_a_test_ended_is_told_and_only_the_newest_is_kept(cast: Cast) -> None:
    phone = cast.donor
    subscribe(phone, phone.device, SUBSCRIPTION)
    try_out(phone, phone.device)
    with writing() as session:
        delivery = session.query(Delivery).one()
        delivery.state, delivery.reason = "given_up", "gone"
    assert outcome(phone, phone.device).json == {"state": "given_up", "reason": "gone"}
    try_out(phone, phone.device)
    assert outcome(phone, phone.device).json == {"state": "due", "reason": ""}
    with reading() as session:
        assert session.query(Alert).count() == session.query(Delivery).count() == 1


def test_a_phone_that_is_not_alerted_can_not_be_tried_out(cast: Cast) -> None:
    phone = cast.donor
    phone.sync()
    assert try_out(phone, phone.device).json["error"] == "not_alerted"
    assert outcome(phone, phone.device).status_code == 404


def test_nobody_tries_out_or_stops_anothers_phone(cast: Cast) -> None:
    subscribe(cast.donor, cast.donor.device, SUBSCRIPTION)
    for act in (remove, try_out, outcome):
        assert act(cast.outsider, cast.donor.device).status_code == 404
    assert alerted(cast.donor) == [True]
    with reading() as session:
        assert session.query(Alert).count() == 0


def test_another_site_sends_no_test(cast: Cast) -> None:
    subscribe(cast.donor, cast.donor.device, SUBSCRIPTION)
    address, elsewhere = f"/api/devices/{cast.donor.device}/test", {"Sec-Fetch-Site": "cross-site"}
    assert cast.donor.client.post(address, headers=elsewhere).status_code == 403
    assert outcome(cast.donor, cast.donor.device).status_code == 404
