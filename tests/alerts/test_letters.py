"""Alerts about letters, about room for one, and the one question a listing asks."""

import uuid
from datetime import timedelta

import orjson
import pytest

from tests.alerts.test_push import claimed, deliveries, make_due, subscribed
from tests.browser.push_service import PushService
from tests.cast import Cast, offer, request
from tests.messages.pen import Pen
from webapp.alerts import Sender, deliver
from webapp.alerts.payload import MOST_BYTES
from webapp.database import now, writing
from webapp.listings import Listing
from webapp.worker import ask, render


@pytest.fixture
def both(cast: Cast, push: PushService) -> tuple[Pen, Pen]:
    """A family and a donor whose phone can be alerted."""
    subscribed(push, cast.donor)
    offered, needed = cast.donor.publish(offer()), cast.recipient.publish(request())
    family = Pen(cast.recipient, offered, needed)
    return family, Pen(cast.donor, needed, offered, starter=cast.recipient)


def test_a_letter_comes_with_all_that_opens_it(both: tuple[Pen, Pen], sender: Sender) -> None:
    family, _donor = both
    family.write("Could we have some?")
    make_due()
    (sent,) = claimed(render)
    said = orjson.loads(sent.body)
    assert said["notification"]["title"] == "A new message"
    assert "body" not in said["notification"]
    assert said["notification"]["navigate"] == f"/messages/{family.conversation}"
    assert said["notification"]["data"]["message"]["text"] == "Could we have some?"
    assert said["notification"]["data"]["conversation"]["id"] == family.conversation
    assert said["notification"]["data"]["alert"]["conversation"] == family.conversation


def test_the_longest_letter_still_goes_out(both: tuple[Pen, Pen], sender: Sender) -> None:
    family, donor = both
    family.write("Could we have some?")
    donor.write("Yes")
    family.write("🙏" * 2000)
    make_due()
    (sent,) = claimed(render)
    assert len(sent.body) <= MOST_BYTES
    said = orjson.loads(sent.body)
    assert "message" not in said["notification"]["data"]
    assert said["notification"]["data"]["conversation"]["id"] == family.conversation


def test_each_letter_is_told_and_what_was_read_meanwhile_is_not(
    both: tuple[Pen, Pen], push: PushService, sender: Sender
) -> None:
    family, donor = both
    family.write("Could we have some?")
    make_due()
    deliver(sender, render)
    donor.write("Yes")
    family.write("On Tuesday?")
    make_due()
    deliver(sender, render)
    assert len(push.received) == 2
    family.write("Or Wednesday?")
    donor.do("read", {"position": "4"})
    make_due()
    deliver(sender, render)
    assert len(push.received) == 2
    assert deliveries() == [("given_up", "over")]


def test_a_letter_of_who_was_blocked_meanwhile_is_not_told(
    both: tuple[Pen, Pen], push: PushService, sender: Sender
) -> None:
    family, donor = both
    family.write("Could we have some?")
    donor.do("block")
    make_due()
    deliver(sender, render)
    assert push.received == []


def test_a_listing_asks_once_whether_it_is_still_right(
    cast: Cast, push: PushService, sender: Sender
) -> None:
    subscribed(push, cast.donor)
    listing = cast.donor.publish(offer(open_days="30"))
    assert ask() is False
    with writing() as session:
        row = session.get_one(Listing, uuid.UUID(listing))
        row.fresh_at = now() - timedelta(days=28, hours=1)
        row.expires_at = now() + timedelta(hours=47)
    assert ask() is True
    assert ask() is False
    make_due()
    (sent,) = claimed(render)
    said = orjson.loads(sent.body)
    assert said["notification"]["title"] == "Is this still right?"
    assert said["notification"]["navigate"] == f"/listings/{listing}"
    assert said["notification"]["data"]["alert"] == {
        "id": said["notification"]["data"]["alert"]["id"],
        "kind": "right",
        "made_at": said["notification"]["data"]["alert"]["made_at"],
        "listing": listing,
    }


def test_what_was_just_said_is_not_asked_about(cast: Cast) -> None:
    cast.donor.publish(offer(open_days="1"))
    assert ask() is False
