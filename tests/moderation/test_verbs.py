"""Blocking and suspending: at once, on both phones, and back again."""

import uuid
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import Cast, Phone, offer, operation, request
from tests.messages.pen import begin
from webapp import moderation
from webapp.alerts import Delivery, Device, Sender, deliver, make_keys, read_keys
from webapp.database import db, reading, uuid7, writing
from webapp.people import Person, Session
from webapp.worker import expire, match


def ids(phone: Phone, noun: str, scope: str = "me") -> set[str]:
    return {row["id"] for row in phone.held(scope, noun)}


@pytest.fixture
def scene(cast: Cast) -> dict[str, Any]:
    """A match and a conversation between the donor and the recipient, on both phones."""
    listing_id = cast.donor.publish(offer())
    request_id = cast.recipient.publish(request())
    match()
    conversation_id = begin(cast.recipient, cast.donor, "Is it still there", "It is")
    cast.donor.sync()
    cast.recipient.sync()
    return {"listing": listing_id, "request": request_id, "conversation": conversation_id}


def person(phone: Phone) -> Person:
    return db.session.get_one(Person, phone.person_id)


def conversation(phone: Phone) -> dict[str, Any]:
    (row,) = phone.held("me", "conversation")
    return row


def block(one: Phone, other: Phone) -> None:
    with writing():
        moderation.block(person(one), person(other), "offer", person(other).cell)


def blocks(phone: Phone) -> list[dict[str, Any]]:
    phone.sync()
    return phone.held("me", "block")


def test_a_block_takes_everything_of_each_from_both_phones(
    cast: Cast, scene: dict[str, Any]
) -> None:
    block(cast.recipient, cast.donor)
    for phone in (cast.donor, cast.recipient):
        phone.sync()
        assert ids(phone, "match") == set()
        assert ids(phone, "listing", "near") == set()
        assert conversation(phone)["gone"] is True
        assert "card" not in conversation(phone)
    assert conversation(cast.recipient)["blocked"] is True
    assert "blocked" not in conversation(cast.donor)


def test_a_block_says_what_was_blocked_and_near_which_place_but_not_whom(
    cast: Cast, scene: dict[str, Any]
) -> None:
    block(cast.recipient, cast.donor)
    (row,) = blocks(cast.recipient)
    assert (row["kind"], row["near"]) == ("offer", "Gresham")
    assert set(row) == {"id", "at", "kind", "near"}
    assert blocks(cast.donor) == []


def test_a_lifted_block_brings_back_what_fits(cast: Cast, scene: dict[str, Any]) -> None:
    block(cast.recipient, cast.donor)
    cast.donor.do("listing.renew", scene["listing"])
    match()
    (row,) = blocks(cast.recipient)
    with writing():
        assert moderation.lift(person(cast.recipient), uuid.UUID(row["id"]))
    match()
    assert blocks(cast.recipient) == []
    for phone in (cast.donor, cast.recipient):
        phone.sync()
        assert len(ids(phone, "match")) == 1
        assert len(ids(phone, "listing", "near")) == 1
        assert "gone" not in conversation(phone)


def test_a_block_outlives_the_others_and_nobody_lifts_another_ones(
    cast: Cast, scene: dict[str, Any]
) -> None:
    block(cast.recipient, cast.donor)
    block(cast.donor, cast.recipient)
    ((hers,), (theirs,)) = blocks(cast.recipient), blocks(cast.donor)
    with writing():
        assert not moderation.lift(person(cast.recipient), uuid.UUID(theirs["id"]))
        assert moderation.lift(person(cast.recipient), uuid.UUID(hers["id"]))
        assert not moderation.lift(person(cast.recipient), uuid.UUID(hers["id"]))
    cast.recipient.sync()
    assert conversation(cast.recipient)["gone"] is True
    assert ids(cast.recipient, "listing", "near") == set()


def suspend(phone: Phone) -> None:
    with writing():
        moderation.suspend(person(phone))


def restore(phone: Phone) -> None:
    with writing():
        moderation.restore(person(phone))


def test_a_suspension_ends_sessions_listings_and_conversations_at_once(
    cast: Cast, scene: dict[str, Any]
) -> None:
    second = cast.phone(cast.donor.person_id)
    suspend(cast.donor)
    with reading() as session:
        hers = select(func.count()).where(Session.person_id == cast.donor.person_id)
        assert session.scalar(hers) == 0
    for phone in (cast.donor, second):
        assert phone.send(operation("listing.publish", uuid7(), offer())).status_code in (401, 403)
    cast.recipient.sync()
    assert ids(cast.recipient, "match") == ids(cast.recipient, "listing", "near") == set()
    assert conversation(cast.recipient)["gone"] is True


def test_nothing_is_written_to_somebody_suspended(cast: Cast, scene: dict[str, Any]) -> None:
    suspend(cast.donor)
    letter = {"conversation": scene["conversation"], "text": "Are you there"}
    assert cast.recipient.do("message.send", uuid7(), letter)["errors"] == {
        "": ["Not available any more."]
    }


def test_a_restored_person_finds_open_what_was_open_and_paused_what_was_paused(
    cast: Cast, scene: dict[str, Any]
) -> None:
    paused = cast.donor.publish(offer())
    cast.donor.do("listing.pause", paused)
    suspend(cast.donor)
    suspend(cast.donor)
    restore(cast.donor)
    match()
    phone = cast.phone(cast.donor.person_id)
    phone.sync()
    status = {row["id"]: row["status"] for row in phone.held("me", "listing")}
    assert status == {scene["listing"]: "open", paused: "paused"}
    cast.recipient.sync()
    assert ids(cast.recipient, "listing", "near") == {scene["listing"]}
    assert len(ids(cast.recipient, "match")) == 1
    assert "gone" not in conversation(cast.recipient)


def test_what_ran_out_during_a_suspension_stays_over(
    cast: Cast, scene: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from webapp.listings import Listing

    suspend(cast.donor)
    with writing() as session:
        listing = session.get_one(Listing, uuid.UUID(scene["listing"]))
        listing.expires_at = listing.published_at
    expire()
    restore(cast.donor)
    with reading() as session:
        assert session.get_one(Listing, uuid.UUID(scene["listing"])).status == "expired"


def test_what_is_due_to_somebody_suspended_is_not_sent(cast: Cast, tmp_path: Path) -> None:
    from webapp.worker import render

    cast.recipient.sync()
    with writing() as session:
        phone = session.get_one(Device, uuid.UUID(cast.recipient.device))
        phone.endpoint = "https://push.example/1"
    cast.donor.publish(offer())
    cast.recipient.publish(request(need="emergency", clinician_read="y"))
    match()
    suspend(cast.recipient)
    make_keys(tmp_path)
    with Sender(read_keys(tmp_path), "host@example.org") as sender:
        assert deliver(sender, render) == 0
    with reading() as session:
        assert set(session.scalars(select(Delivery.reason))) == {"suspended"}


def test_a_suspended_persons_phone_is_known_without_a_session(cast: Cast) -> None:
    cast.donor.sync()
    cast.recipient.sync()
    suspend(cast.donor)
    with reading():
        assert moderation.suspended_device(uuid.UUID(cast.donor.device))
        assert not moderation.suspended_device(uuid.UUID(cast.recipient.device))
        assert not moderation.suspended_device(uuid7())


def test_a_host_names_somebody_by_any_of_four(app: Flask, cast: Cast, scene: Any) -> None:
    with reading():
        donor = person(cast.donor)
        for said in (str(donor.id), scene["listing"], donor.email.upper(), f" {donor.email} "):
            assert moderation.whom(said) is donor
        assert moderation.whom(str(uuid7())) is None
        assert moderation.whom("nobody@example.org") is None
