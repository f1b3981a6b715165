"""What becomes of a delivery: by each answer, as it is judged, while the database is away."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from tests.alerts.test_push import push_subscription
from tests.browser.push_service import PushService
from tests.cast import Cast
from webapp.alerts import (
    Alert,
    Delivery,
    Device,
    Mail,
    Notification,
    Sender,
    deliver,
    delivering,
    finish,
    make_keys,
    pump,
    read_keys,
    rotate_keys,
)
from webapp.alerts.judging import AWAY, MOST_TRIES
from webapp.alerts.models import ASKING, CHANGED, FREE, LETTER, MATCH, RIGHT
from webapp.alerts.push_services import TROUBLES
from webapp.alerts.queue import STALE
from webapp.database import now, reading, uuid7, writing
from webapp.people import Person
from webapp.worker import Clock, look_at

HOUR = 3600


@pytest.fixture
def her(cast: Cast) -> uuid.UUID:
    """A person who may be told at any hour, and e-mailed."""
    person_id = cast.recipient.person_id
    with writing() as session:
        person = session.get_one(Person, person_id)
        person.quiet_from = person.quiet_until = 0
        person.confirmed_at = now()
    return person_id


def phone(push: PushService, person_id: uuid.UUID, **more: Any) -> uuid.UUID:
    """One more phone of hers that can be pushed to."""
    endpoint, p256dh, auth = push_subscription(push)
    made = Device(id=uuid7(), person_id=person_id, endpoint=endpoint, p256dh=p256dh, auth=auth)
    for name, value in more.items():
        setattr(made, name, value)
    with writing() as session:
        session.add(made)
        return made.id


def tell(*phones: uuid.UUID, kind: str = RIGHT, **more: Any) -> uuid.UUID:
    """An alert that is due now to each of these phones of one person."""
    with writing() as session:
        person = session.get_one(Device, phones[0]).person_id
        alert = Alert(id=uuid7(), person_id=person, kind=kind, **more)
        due = [Delivery(alert_id=alert.id, device_id=device) for device in phones]
        session.add(alert)
        session.flush()
        session.add_all(due)
        return alert.id


def show(_alert: Alert) -> Notification:
    return Notification("/me", "tag")


def of(alert_id: uuid.UUID) -> list[tuple[str, str]]:
    """How its deliveries stand."""
    with reading() as session:
        query = session.query(Delivery).filter_by(alert_id=alert_id).order_by(Delivery.device_id)
        return [(delivery.state, delivery.reason) for delivery in query]


def mails() -> list[uuid.UUID | None]:
    with reading() as session:
        return [mail.alert_id for mail in session.query(Mail)]


def away(*_args: Any) -> None:
    raise OperationalError("BEGIN", {}, Exception("the server closed the connection"))


def change(model: Any, **values: Any) -> None:
    """All rows of a kind."""
    with writing() as session:
        for row in session.query(model):
            for name, value in values.items():
                setattr(row, name, value)


def answers(sender: Sender) -> None:
    """Wait until what is on its way has been answered, and record it."""
    finish(sender, 10)
    assert not sender.in_hand.claims


def test_each_kind_has_its_time_to_live_and_its_urgency(
    her: uuid.UUID, push: PushService, sender: Sender
) -> None:
    expected = {
        tell(phone(push, her), kind=kind): (str(hours * HOUR), urgency)
        for kind, hours, urgency in (
            (ASKING, 6, "high"),
            (MATCH, 24, "high"),
            (LETTER, 72, "high"),
            (CHANGED, 72, "high"),
            (RIGHT, 24, "normal"),
            (FREE, 24, "normal"),
        )
    }
    expected[tell(phone(push, her), kind=MATCH, urgent=True)] = (str(6 * HOUR), "high")
    deliver(sender, show)
    said = {
        uuid.UUID(received.headers["topic"]): (received.headers["ttl"], received.headers["urgency"])
        for received in push.received
    }
    assert said == expected


def test_a_digest_and_what_makes_no_sound_wake_no_phone(
    her: uuid.UUID, push: PushService, sender: Sender
) -> None:
    change(Person, tell_letter="quiet", matches_when="day")
    tell(phone(push, her), kind=LETTER)
    tell(phone(push, her), kind=MATCH, made_at=now() - timedelta(days=2))
    deliver(sender, show)
    assert [received.headers["urgency"] for received in push.received] == ["low", "low"]
    assert "digest" in {received.headers["topic"] for received in push.received}


def test_several_matches_to_one_phone_are_told_as_one(
    her: uuid.UUID, push: PushService, sender: Sender
) -> None:
    hers, other = phone(push, her), phone(push, her)
    first, *more = [tell(hers, kind=MATCH) for _ in range(3)]
    apart = tell(other, kind=MATCH)
    assert deliver(sender, show) == 2
    assert len(push.received) == 2
    assert of(first) == of(apart) == [("sent", "")]
    assert [of(alert) for alert in more] == [[("sent", "with another")]] * 2


def test_what_is_too_large_is_sent_once_more_without_what_can_wait(
    her: uuid.UUID, push: PushService, sender: Sender
) -> None:
    alert = tell(phone(push, her))
    push.answer_next(413)
    deliver(sender, show)
    assert of(alert) == [("due", "too large")]
    deliver(sender, show)
    long, short = (len(received.body) for received in push.received)
    assert short < long
    assert of(alert) == [("sent", "")]


def test_what_is_too_large_twice_is_given_up(
    her: uuid.UUID, push: PushService, sender: Sender
) -> None:
    alert = tell(phone(push, her))
    push.answer_next(413, 413)
    deliver(sender, show)
    deliver(sender, show)
    assert of(alert) == [("given_up", "too large")]
    assert mails() == [alert]


def test_after_the_last_try_she_is_mailed_unless_another_phone_was_reached(
    her: uuid.UUID, push: PushService, sender: Sender
) -> None:
    lost, told = tell(phone(push, her)), tell(phone(push, her), phone(push, her))
    change(Delivery, tries=MOST_TRIES - 1)
    push.answer_next(500, 500)
    deliver(sender, show)
    given_up = ("given_up", "answered 500")
    states = {lost: of(lost), told: of(told)}
    assert sorted(state for found in states.values() for state in found) == [
        given_up,
        given_up,
        ("sent", ""),
    ]
    nowhere = [alert for alert, found in states.items() if ("sent", "") not in found]
    assert mails() == nowhere


def test_a_phone_that_subscribed_anew_meanwhile_is_not_lost_with_what_was(
    her: uuid.UUID, push: PushService, sender: Sender
) -> None:
    device = phone(push, her)
    tell(device)
    anew = push.subscribe()
    push.answer_next(410)
    assert pump(sender, show) == 1
    change(Device, endpoint=anew)
    answers(sender)
    with reading() as session:
        found = session.get_one(Device, device)
        assert (found.endpoint, found.last_failure) == (anew, "")


def test_what_is_told_anew_while_it_is_on_its_way_goes_out_again(
    her: uuid.UUID, push: PushService, sender: Sender
) -> None:
    alert = tell(phone(push, her))
    pump(sender, show)
    change(Delivery, due_at=now(), tries=0)
    answers(sender)
    assert of(alert) == [("due", "")]
    assert deliver(sender, show) == 1
    assert of(alert) == [("sent", "")]
    assert len(push.received) == 2


def test_what_was_answered_while_the_database_is_away_is_recorded_when_it_is_back(
    her: uuid.UUID, push: PushService, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = tell(phone(push, her))
    pump(sender, show)
    push.wait_for_push(1)
    with monkeypatch.context() as patch:
        patch.setattr(delivering, "writing", away)
        with pytest.raises(OperationalError):
            deliver(sender, show)
    assert of(alert) == [("due", "")]
    answers(sender)
    assert of(alert) == [("sent", "")]
    assert len(push.received) == 1


def test_an_alert_that_cannot_be_shown_holds_up_no_other(
    her: uuid.UUID, push: PushService, sender: Sender
) -> None:
    broken, good = tell(phone(push, her)), tell(phone(push, her))

    def shows_one(alert: Alert) -> Notification:
        if alert.id == broken:
            raise KeyError("what")
        return show(alert)

    deliver(sender, shows_one)
    assert (of(broken), of(good)) == ([("due", "failed")], [("sent", "")])


@pytest.mark.parametrize(
    ("model", "values", "reason"),
    [
        (Alert, {"seen_at": now()}, "seen"),
        (Person, {"tell_right": "off"}, "off"),
        (Person, {"suspended_at": now()}, "suspended"),
        (Device, {"endpoint": None}, "no subscription"),
        (Delivery, {"tries": MOST_TRIES}, "too many tries"),
    ],
)
def test_it_is_judged_at_the_last_moment(
    her: uuid.UUID, push: PushService, sender: Sender, model: Any, values: Any, reason: str
) -> None:
    alert = tell(phone(push, her))
    change(model, **values)
    assert deliver(sender, show) == 0
    assert of(alert) == [("given_up", reason)]
    assert push.received == []
    phones_fault = reason in ("no subscription", "too many tries")
    assert mails() == ([alert] if phones_fault else [])


def test_more_than_is_welcome_waits_without_counting_a_try(
    her: uuid.UUID, push: PushService, sender: Sender
) -> None:
    device = phone(push, her)
    change(Person, alerts_a_day=2)
    asking = [tell(device, kind=ASKING) for _ in range(3)]
    letter = tell(device, kind=LETTER)
    assert deliver(sender, show) == 3
    assert [of(alert)[0][0] for alert in (*asking, letter)] == ["sent", "sent", "due", "sent"]
    with reading() as session:
        (waits,) = session.query(Delivery).filter_by(state="due")
        assert waits.tries == 0
        assert waits.due_at > now() + timedelta(hours=23)


def test_a_phone_that_subscribed_with_the_key_before_is_told_with_it(
    her: uuid.UUID, push: PushService, tmp_path: Path
) -> None:
    make_keys(tmp_path)
    before = read_keys(tmp_path)
    rotate_keys(tmp_path)
    keys = read_keys(tmp_path)
    old, new = phone(push, her, key_id=before.id), phone(push, her, key_id=keys.id)
    tell(old, new)
    with Sender(before, "host@example.org", push.origin.removeprefix("http://")) as sender:
        sender.use(keys)
        deliver(sender, show)
    signed = {
        received.endpoint: received.headers["authorization"].rpartition("k=")[2]
        for received in push.received
    }
    with reading() as session:
        assert signed == {
            session.get_one(Device, old).endpoint: before.application_server_key,
            session.get_one(Device, new).endpoint: keys.application_server_key,
        }


def test_what_waited_six_hours_for_a_service_that_is_away_is_mailed(
    her: uuid.UUID, push: PushService, sender: Sender
) -> None:
    device = phone(push, her, service="away.push.apple.com")
    old, young = tell(device), tell(device)
    with writing() as session:
        (delivery,) = session.query(Delivery).filter_by(alert_id=old)
        delivery.due_at = now() - STALE - timedelta(minutes=1)
    for _ in range(TROUBLES):
        sender.services.failed("away.push.apple.com", timedelta(0))
    assert deliver(sender, show) == 0
    assert (of(old), of(young)) == ([("given_up", AWAY)], [("due", "")])
    assert mails() == [old]


def test_when_the_clock_is_set_what_waits_is_looked_at_anew(
    her: uuid.UUID, push: PushService, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    welcome, quiet = tell(phone(push, her)), tell(phone(push, her), kind=LETTER)
    change(Delivery, due_at=now() + timedelta(hours=8))
    change(Person, time_zone="UTC", muted_until=now() + timedelta(hours=3))
    with writing() as session:
        alert = session.get_one(Alert, welcome)
        alert.kind, alert.urgent = MATCH, True
    clock = Clock()
    look_at(clock, sender)
    assert deliver(sender, show) == 0
    monkeypatch.setattr("webapp.worker.turns.now", lambda: now() - timedelta(hours=8))
    look_at(clock, sender)
    assert deliver(sender, show) == 1
    assert (of(welcome), of(quiet)) == ([("sent", "")], [("due", "")])
    with reading() as session:
        (waits,) = session.query(Delivery).filter_by(alert_id=quiet)
        assert timedelta(hours=2) < waits.due_at - now() < timedelta(hours=4)


def test_a_worker_that_ends_lets_go_what_it_has_not_sent(
    her: uuid.UUID, push: PushService, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = tell(phone(push, her))
    with monkeypatch.context() as patch:
        patch.setattr(delivering, "judge", away)
        with pytest.raises(OperationalError):
            pump(sender, show)
    answers(sender)
    assert of(alert) == [("due", "")]
    assert deliver(sender, show) == 1
