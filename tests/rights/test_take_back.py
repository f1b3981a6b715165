"""Taking back the consent empties what she answered, and she is asked anew."""

import json
import uuid

import pytest
from sqlalchemy import select

from tests.cast import Cast, offer, request
from tests.rights.scene import HERB, MEDICINE, NOTE, Scene
from webapp import rights
from webapp.database import db, reading, uuid7, writing
from webapp.listings import Listing
from webapp.matching import Match
from webapp.people import Person

WELCOME = {
    "place": "postcode:US:97030",
    "reach_km": "48",
    "time_zone": "America/Los_Angeles",
    "units": "oz",
    "writes_as": "guardian",
    "adult": "y",
    "may_keep": "y",
    "consent_version": "1",
}


@pytest.fixture
def scene(cast: Cast) -> Scene:
    made = Scene(cast)
    with writing() as session:
        assert rights.take_back(session.get_one(Person, made.her.person_id)) == {}
    for phone in (made.her, made.other):
        phone.sync()
    return made


def test_her_listings_are_withdrawn_and_their_answers_emptied(scene: Scene) -> None:
    (row,) = scene.her.held("me", "listing")
    assert row["status"] == "withdrawn"
    assert row["volume_ml"] == 11830
    fields = row["fields"]
    answered = {"diet", "since-dairy_free", "medicine", "medicine_detail", "note", "age_band"}
    assert not answered & set(fields)
    assert NOTE not in json.dumps(row)
    assert MEDICINE not in json.dumps(row)


def test_a_requests_answers_are_emptied_too(cast: Cast) -> None:
    listing_id = cast.recipient.publish(
        request(
            must=["dairy_free"],
            weeks__dairy_free="3",
            avoid=["medicine"],
            fragile="preterm",
            clinician_read="y",
            age_band="1_3m",
        )
    )
    with writing() as session:
        rights.take_back(session.get_one(Person, cast.recipient.person_id))
    with reading() as session:
        listing = session.get_one(Listing, uuid.UUID(listing_id))
        assert (listing.diet, listing.avoid, listing.fragile) == ({}, [], "")
        assert (listing.age_band, listing.clinician_read) == ("", False)


def test_what_is_over_is_emptied_and_stays_over(cast: Cast) -> None:
    listing_id = cast.donor.publish(offer())
    cast.donor.do("listing.gave", listing_id, {"volume_ml": "11830"})
    with writing() as session:
        rights.take_back(session.get_one(Person, cast.donor.person_id))
    cast.donor.sync()
    (row,) = cast.donor.held("me", "listing")
    assert row["status"] == "closed"
    assert "diet" not in row["fields"]


def test_a_match_and_its_reasons_leave_the_others_phone(scene: Scene) -> None:
    assert scene.other.held("me", "match") == []
    with reading() as session:
        assert session.scalar(select(Match.lines)) == []


def test_what_she_answered_of_her_health_is_gone_from_every_phone(scene: Scene) -> None:
    assert scene.her.held("me", "screening") == []
    for phone in (scene.her, scene.other):
        assert HERB not in str(phone.rows)


def test_her_letters_stay(scene: Scene) -> None:
    assert len(scene.her.held("me", "message")) == 4
    assert len(scene.other.held("me", "message")) == 4


def test_she_publishes_nothing_until_she_agrees_again(scene: Scene) -> None:
    (row,) = scene.her.held("me", "person")
    assert row["welcomed"] is False
    assert scene.her.do("listing.publish", uuid7(), offer())["outcome"] == "rejected"
    assert scene.her.do("person.welcome", scene.her.person_id, WELCOME)["outcome"] == "done"
    scene.her.publish(offer())


def test_when_she_took_it_back_is_kept_with_the_consent(scene: Scene) -> None:
    with reading():
        consents = db.session.get_one(Person, scene.her.person_id).consents
        assert {c.what: c.withdrawn_at is not None for c in consents} == {
            "adult": False,
            "may_keep": True,
        }
