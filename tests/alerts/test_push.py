"""Sending through push services, over real HTTP to a double that speaks their protocol."""

import base64
import os
import time
from pathlib import Path

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.browser.push_service import PushService
from tests.cast import SAME_ORIGIN, Cast, Phone, offer, request
from webapp import matching
from webapp.alerts import (
    Delivery,
    Device,
    Sender,
    deliver,
    is_push_service,
    make_keys,
    read_keys,
    subscribe,
)
from webapp.alerts.judging import Render, judge
from webapp.alerts.payload import MOST_BYTES, SIZES
from webapp.alerts.push import Push
from webapp.alerts.push_services import BATCH, Services
from webapp.alerts.queue import claim_deliveries
from webapp.database import now, reading, writing
from webapp.people import Person
from webapp.worker import match


def subscribed(push: PushService, phone: Phone) -> str:
    """Give the phone a subscription at the double, welcome at any hour; returns its endpoint."""
    endpoint, p256dh, auth = push_subscription(push)
    phone.sync()
    with writing() as session:
        person = session.get_one(Person, phone.person_id)
        person.quiet_from = person.quiet_until = 0
        device = session.query(Device).filter_by(person_id=phone.person_id).one()
        subscribe(device, endpoint, p256dh, auth)
    return endpoint


def push_subscription(push: PushService) -> tuple[str, str, str]:
    def text(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return push.subscribe(key=None), text(point), text(os.urandom(16))


@pytest.fixture
def due(cast: Cast, push: PushService) -> str:
    """An alert that waits to be sent to the recipient; her endpoint."""
    endpoint = subscribed(push, cast.recipient)
    cast.donor.publish(offer())
    cast.recipient.publish(request(need="emergency"))
    match()
    return endpoint


def deliveries() -> list[tuple[str, str]]:
    with reading() as session:
        return [(d.state, d.reason) for d in session.query(Delivery)]


def claimed(render: Render) -> list[Push]:
    """What a worker would send that has claimed and judged, and then dies."""
    with writing():
        claims = claim_deliveries(Services(), now(), BATCH)
    with reading():
        pushes, _outcomes = judge(claims, render, now())
    return pushes


def make_due() -> None:
    with writing() as session:
        for delivery in session.query(Delivery):
            delivery.due_at = now()


def test_an_alert_goes_out_once_with_time_to_live_urgency_and_topic(
    due: str, push: PushService, sender: Sender
) -> None:
    assert deliver(sender, matching.notification) == 1
    assert deliver(sender, matching.notification) == 0
    (received,) = push.received
    assert received.endpoint == due
    assert received.status == 201
    assert int(received.headers["ttl"]) == 6 * 3600
    assert received.headers["urgency"] == "high"
    assert len(received.headers["topic"]) == 32
    assert deliveries() == [("sent", "")]


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        (404, "given_up", "gone"),
        (410, "given_up", "gone"),
        (429, "due", "answered 429"),
        (500, "due", "answered 500"),
        (503, "due", "answered 503"),
        (400, "given_up", "answered 400"),
        (401, "given_up", "answered 401"),
        (403, "given_up", "answered 403"),
        (307, "given_up", "answered 307"),
    ],
)
def test_every_answer_of_a_push_service_has_its_consequence(
    cast: Cast, due: str, push: PushService, sender: Sender, status: int, state: str, reason: str
) -> None:
    push.answer_next(status, retry_after=90)
    deliver(sender, matching.notification)
    assert deliveries() == [(state, reason)]
    listed = cast.recipient.client.get("/api/devices", headers=SAME_ORIGIN).json["devices"]
    assert listed[0]["alerts"] is (status not in (404, 410))
    make_due()
    again = deliver(sender, matching.notification)
    assert again == (1 if state == "due" else 0)
    assert deliveries()[0][0] == ("sent" if state == "due" else state)


def test_a_service_that_asks_to_wait_is_left_alone_as_long(
    due: str, push: PushService, sender: Sender
) -> None:
    push.answer_next(429, retry_after=3600)
    deliver(sender, matching.notification)
    with reading() as session:
        (delivery,) = session.query(Delivery)
        assert (delivery.due_at - now()).total_seconds() > 3500


def test_a_service_that_is_not_there_is_tried_again(due: str, tmp_path: Path) -> None:
    nowhere = "127.0.0.1:9"
    with writing() as session:
        for delivery in session.query(Delivery):
            delivery.device.endpoint = f"http://{nowhere}/x"
    make_keys(tmp_path)
    with Sender(read_keys(tmp_path), "host@example.org", nowhere) as sender:
        deliver(sender, matching.notification)
    assert deliveries() == [("due", "unreachable")]


def test_what_was_withdrawn_meanwhile_is_not_sent(
    cast: Cast, due: str, push: PushService, sender: Sender
) -> None:
    listing_id = cast.donor.held("me", "listing")[0]["id"]
    cast.donor.do("listing.withdraw", listing_id)
    deliver(sender, matching.notification)
    assert push.received == []
    assert deliveries() == [("given_up", "over")]


def test_a_suspended_person_is_not_alerted(
    cast: Cast, due: str, push: PushService, sender: Sender
) -> None:
    with writing() as session:
        session.get_one(Person, cast.recipient.person_id).suspended_at = now()
    deliver(sender, matching.notification)
    assert push.received == []


def test_one_bad_subscription_stops_nobody_behind_it(
    cast: Cast, due: str, push: PushService, sender: Sender
) -> None:
    other = cast.somebody("Fay", (45.5, -122.44, 114_000))
    subscribed(push, other)
    push.mark_gone(due)
    other.publish(request(need="emergency"))
    match()
    deliver(sender, matching.notification)
    assert sorted(state for state, _reason in deliveries()) == ["given_up", "sent"]


def test_a_worker_that_dies_after_claiming_leaves_the_alert_to_the_next(
    due: str, push: PushService, sender: Sender
) -> None:
    assert len(claimed(matching.notification)) == 1
    assert deliver(sender, matching.notification) == 0
    make_due()
    assert deliver(sender, matching.notification) == 1
    assert deliveries() == [("sent", "")]


def test_a_payload_is_small_padded_and_discreet(due: str, sender: Sender) -> None:
    (push,) = claimed(matching.notification)
    assert len(push.body) in SIZES
    assert len(push.body) <= MOST_BYTES
    said = orjson.loads(push.body)
    assert said["web_push"] == 8030
    shown = said["notification"]
    assert shown["title"] == "Something near you"
    assert "body" not in shown
    assert shown["navigate"] == f"/listings/{said['notification']['data']['match']['card']['id']}"
    assert (
        said["notification"]["data"]["alert"]["listing"]
        == said["notification"]["data"]["match"]["other"]
    )


def test_a_lock_screen_says_more_only_for_whoever_chose_so(
    cast: Cast, due: str, sender: Sender
) -> None:
    with writing() as session:
        session.get_one(Person, cast.recipient.person_id).alerts_detail = True
    (push,) = claimed(matching.notification)
    assert orjson.loads(push.body)["notification"]["body"] == "Offered: 400 oz near Gresham"


def test_two_messages_to_one_service_are_signed_once(
    due: str, cast: Cast, push: PushService, sender: Sender
) -> None:
    deliver(sender, matching.notification)
    subscribed_again = cast.somebody("Fay", (45.5, -122.44, 114_000))
    subscribed(push, subscribed_again)
    subscribed_again.publish(request(need="emergency"))
    match()
    time.sleep(1.1)  # a token signed anew would carry a later second
    deliver(sender, matching.notification)
    assert len({received.headers["authorization"] for received in push.received}) == 1
    assert len(push.received) == 2


@pytest.mark.parametrize(
    ("endpoint", "known"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", True),
        ("https://web.push.apple.com/x", True),
        ("https://wns2-by3p.notify.windows.com/w/?token=x", True),
        ("https://fcm.googleapis.com:443/x", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com.evil.example/x", False),
        ("https://evilfcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com@evil.example/x", False),
        ("https://user@fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com./x", False),
        ("https://127.0.0.1/x", False),
        ("https://[::1]/x", False),
        ("http://127.0.0.1:9000/x", False),
        ("https://localhost/x", False),
        ("ftp://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:99999/x", False),
        ("https://" + "a" * 2000 + ".push.apple.com/", False),
        ("", False),
    ],
)
def test_only_the_push_services_own_hosts_are_called(endpoint: str, known: bool) -> None:
    assert is_push_service(endpoint) is known


def test_a_test_service_is_known_by_its_exact_host_and_port() -> None:
    assert is_push_service("http://127.0.0.1:9000/x", "127.0.0.1:9000")
    assert not is_push_service("http://127.0.0.1:9001/x", "127.0.0.1:9000")
