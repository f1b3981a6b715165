"""What she saw on one phone is alerted on no other, unless it was told again since."""

import uuid

import pytest
from sqlalchemy import select

from tests.cast import Cast, Phone, offer, request
from tests.messages.pen import Pen
from webapp.alerts import LETTER, Alert, Delivery, Device
from webapp.alerts.models import DUE, GIVEN_UP, SENT, Mail
from webapp.database import reading, writing

Letters = tuple[Pen, Phone]


@pytest.fixture
def letters(cast: Cast) -> Letters:
    """A family's pen, and the donor's phone beside another of hers; both can be alerted."""
    offered, needed = cast.donor.publish(offer()), cast.recipient.publish(request())
    cast.phone(cast.donor.person_id).sync()
    with writing() as session:
        for number, device in enumerate(session.query(Device).filter_by(person_id=_donor(cast))):
            device.endpoint = f"https://fcm.googleapis.com/fcm/send/{number}"
    return Pen(cast.recipient, offered, needed), cast.donor


def _donor(cast: Cast) -> uuid.UUID:
    return cast.donor.person_id


def told(phone: Phone) -> Alert:
    with reading() as session:
        query = select(Alert).where(Alert.person_id == phone.person_id, Alert.kind == LETTER)
        return session.scalars(query).one()


def states(alert: Alert) -> list[tuple[str, str]]:
    with reading() as session:
        query = select(Delivery.state, Delivery.reason).where(Delivery.alert_id == alert.id)
        return [(state, reason) for state, reason in session.execute(query)]


def saw(phone: Phone, *ids: uuid.UUID) -> None:
    response = phone.send(seen=[*map(str, ids)])
    assert response.status_code == 200, response.json


def test_what_one_phone_showed_her_is_due_on_none(letters: Letters) -> None:
    family, donor = letters
    family.write("Could we have some?")
    donor.sync()
    alert = told(donor)
    with writing() as session:
        session.add(Mail(kind="alert", person_id=donor.person_id, alert_id=alert.id))
    assert states(alert) == [(DUE, "")] * 2
    saw(donor, alert.id)
    assert states(alert) == [(GIVEN_UP, "seen")] * 2
    assert told(donor).seen_at
    with reading() as session:
        assert session.scalars(select(Mail)).one().state == GIVEN_UP


def test_what_was_told_again_since_she_looked_is_still_due(letters: Letters) -> None:
    """Her phone shows the first letter without signal; the second comes before it says so."""
    family, donor = letters
    family.write("Could we have some?")
    donor.sync()
    alert = told(donor)
    saw(donor, alert.id)
    Pen(donor, family.mine, family.listing, starter=family.phone).write("Gladly.")
    donor.sync()
    family.write("When?")
    saw(donor, alert.id)
    assert [state for state, _reason in states(alert)] == [DUE] * 2
    assert told(donor).seen_at is None
    donor.sync()
    saw(donor, alert.id)
    assert states(alert) == [(GIVEN_UP, "seen")] * 2


@pytest.mark.parametrize(("state", "left"), [(SENT, (SENT, "")), (DUE, (GIVEN_UP, "seen"))])
def test_what_came_as_an_alert_counts_before_the_phone_has_synced(
    letters: Letters, state: str, left: tuple[str, str]
) -> None:
    """Also while the worker has yet to write down that it was sent."""
    family, donor = letters
    family.write("Could we have some?")
    alert = told(donor)
    with writing() as session:
        pushed = session.query(Delivery).filter_by(device_id=uuid.UUID(donor.device)).one()
        pushed.state, pushed.tries = state, 1
    saw(donor, alert.id)
    assert sorted(states(alert)) == sorted([(GIVEN_UP, "seen"), left])


def test_nobody_sees_for_somebody_else(letters: Letters, cast: Cast) -> None:
    family, donor = letters
    family.write("Could we have some?")
    donor.sync()
    alert = told(donor)
    for other in (cast.outsider, cast.recipient):
        other.sync()
        saw(other, alert.id, uuid.uuid4())
    assert states(alert) == [(DUE, "")] * 2
    assert told(donor).seen_at is None


def test_what_one_phone_showed_her_is_marked_on_the_other_once(
    letters: Letters, cast: Cast
) -> None:
    family, donor = letters
    family.write("Could we have some?")
    donor.sync()
    other = cast.phone(donor.person_id)
    for phone in (donor, other, donor, other):
        phone.sync()
    for _ in range(2):
        saw(donor, told(donor).id)
    other.sync()
    assert [row["seen"] for row in other.held("me", "alert")] == [True]
    saw(donor, told(donor).id)
    assert "scopes" not in other.send().json


@pytest.mark.parametrize("seen", ["x", ["x"], [1], {}, None, [str(uuid.uuid4())] * 101])
def test_what_can_not_be_read_is_refused_in_words(cast: Cast, seen: object) -> None:
    response = cast.donor.send(seen=seen)
    assert response.status_code == 400
    assert "100" in response.json["message"]
