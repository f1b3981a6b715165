"""Forty addresses that are no push service's: none is kept, and none that is kept is called."""

import uuid
from collections import Counter
from pathlib import Path

import pytest

from tests.alerts.test_push import push_subscription, subscribed
from tests.browser.push_service import PushService
from tests.cast import SAME_ORIGIN, Cast
from webapp.alerts import (
    Alert,
    Delivery,
    Device,
    Notification,
    Sender,
    deliver,
    is_push_service,
    make_keys,
    read_keys,
)
from webapp.alerts.models import TEST
from webapp.database import reading, writing
from webapp.people import Person

TEST_HOST = "127.0.0.1:9000"
OTHER_SCHEMES = (
    "http://fcm.googleapis.com/x",
    "ftp://fcm.googleapis.com/x",
    "file://fcm.googleapis.com/etc/passwd",
    "wss://fcm.googleapis.com/x",
    "//fcm.googleapis.com/x",
    "https:fcm.googleapis.com/x",
    "https:///fcm.googleapis.com/x",
)
WITH_USERINFO = (
    "https://fcm.googleapis.com@evil.example/x",
    "https://fcm.googleapis.com:443@evil.example/x",
    "https://user:password@fcm.googleapis.com/x",
    "https://@fcm.googleapis.com/x",
    r"https://evil.example\@fcm.googleapis.com/x",
    f"http://{TEST_HOST}@evil.example/x",
)
WITH_PORTS = (
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com:0/x",
    "https://fcm.googleapis.com:/x",
    "https://fcm.googleapis.com:99999/x",
    "https://fcm.googleapis.com:4_4_3/x",
    "http://127.0.0.1:9001/x",
    "http://127.0.0.1:90000/x",
)
WITH_DOTS = (
    "https://fcm.googleapis.com./x",
    "https://.fcm.googleapis.com/x",
    "https://a..push.apple.com/x",
)
LOOKALIKES = (
    "https://fcm.googleapis.com.evil.example/x",
    "https://evilfcm.googleapis.com/x",
    "https://fcm-googleapis.com/x",
    "https://xn--fm-pmc.googleapis.com/x",
    "https://fcm.googleap\u0456s.com/x",
    "https://fcm\u3002googleapis\u3002com/x",
    "https://evil.example#.push.apple.com/x",
    "https://evil.example?.push.apple.com/x",
    r"https://evil.example\.push.apple.com/x",
    "https://evil.example%2f.push.apple.com/x",
    "https://evil.example .push.apple.com/x",
    "https://fcm.goog\tleapis.com/x",
)
INSIDE = (
    "https://127.0.0.1/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://2130706433/x",
    "https://169.254.169.254/latest/meta-data/",
    "https://localhost/x",
)
HOSTILE = (*OTHER_SCHEMES, *WITH_USERINFO, *WITH_PORTS, *WITH_DOTS, *LOOKALIKES, *INSIDE)
HARMLESS = (
    "https://fcm.googleapis.com/fcm/send/x:APA91b-_x",
    "https://fcm.googleapis.com:443/x",
    "https://FCM.GoogleAPIs.com/x",
    "https://updates.push.services.mozilla.com/wpush/v2/x",
    "https://web.push.apple.com/x",
    "https://wns2-by3p.notify.windows.com/w/?token=a%2bb%3d%3d",
    f"http://{TEST_HOST}/x",
)


def test_there_are_forty() -> None:
    assert len(set(HOSTILE)) == 40


@pytest.mark.parametrize("endpoint", HOSTILE)
def test_a_hostile_endpoint_is_no_push_service(endpoint: str) -> None:
    assert not is_push_service(endpoint, TEST_HOST)


@pytest.mark.parametrize("endpoint", HARMLESS)
def test_what_browsers_really_give_is_one(endpoint: str) -> None:
    assert is_push_service(endpoint, TEST_HOST)


def test_no_hostile_endpoint_is_kept(cast: Cast, push: PushService) -> None:
    phone = cast.recipient
    keys = dict(zip(("p256dh", "auth"), push_subscription(push)[1:], strict=True))
    answers = {}
    for endpoint in HOSTILE:
        body = {"device": phone.device, "subscription": {"endpoint": endpoint, "keys": keys}}
        response = phone.client.post("/api/devices", json=body, headers=SAME_ORIGIN)
        answers[endpoint] = (response.status_code, response.json["error"])
    assert answers == dict.fromkeys(HOSTILE, (400, "not_a_push_service"))
    with reading() as session:
        assert session.query(Device).filter(Device.endpoint.is_not(None)).count() == 0


def test_one_that_was_kept_all_the_same_is_never_called(
    cast: Cast, push: PushService, tmp_path: Path
) -> None:
    _keep_and_alert(cast, push)
    honest = subscribed(push, cast.donor)
    _alert(cast.donor.person_id)
    make_keys(tmp_path)
    host = push.origin.removeprefix("http://")
    with Sender(read_keys(tmp_path), "host@example.org", host) as sender:
        while deliver(sender, lambda _alert: Notification("/devices", "test")):
            pass
    assert [received.endpoint for received in push.received] == [honest]
    with reading() as session:
        became = Counter((d.state, d.reason) for d in session.query(Delivery))
    assert became == {("given_up", "not a push service"): len(HOSTILE), ("sent", ""): 1}


def _keep_and_alert(cast: Cast, push: PushService) -> None:
    """A phone of hers at each hostile endpoint, however it got there, and an alert to each."""
    person_id = cast.recipient.person_id
    p256dh, auth = push_subscription(push)[1:]
    with writing() as session:
        for endpoint in HOSTILE:
            device = Device(id=uuid.uuid4(), person_id=person_id, endpoint=endpoint)
            device.p256dh, device.auth = p256dh, auth
            session.add(device)
    _alert(person_id)


def _alert(person_id: uuid.UUID) -> None:
    with writing() as session:
        person = session.get_one(Person, person_id)
        for device in session.query(Device).filter_by(person_id=person_id).all():
            alert = Alert(person=person, person_id=person_id, kind=TEST)
            session.add_all([alert, Delivery(alert=alert, device=device)])
