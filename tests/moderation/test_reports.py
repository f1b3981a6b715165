"""What is reported to whoever hosts: by whom, of what, and what is refused in words."""

import uuid
from typing import Any

import pytest
from flask import Flask

from tests.cast import GRESHAM, Cast, Phone, offer, request
from tests.messages.pen import begin
from webapp import moderation
from webapp.database import db, now, reading, uuid7, writing
from webapp.fields import read_form
from webapp.listings import Listing
from webapp.moderation import Report, ReportForm
from webapp.people import Person
from webapp.worker import match


def report(phone: Phone, report_id: uuid.UUID | None = None, **fields: str) -> dict[str, Any]:
    """Report as an operation does; gives the errors."""
    form: Any = read_form(ReportForm, {"reason": "asks_money"} | fields)
    with writing() as session:
        if not form.validate():
            return form.flat_errors()
        person = session.get_one(Person, phone.person_id)
        return moderation.report(person, report_id or uuid7(), form)


def reports() -> list[tuple[str, str, str]]:
    with reading():
        return [(r.reason, r.note, str(r.reported_id)) for r in moderation.open_reports()]


def test_a_report_of_a_listing_reaches_whoever_hosts(cast: Cast) -> None:
    listing_id = cast.donor.publish(offer())
    assert report(cast.recipient, listing=listing_id, note="wants 20 dollars") == {}
    assert reports() == [("asks_money", "wants 20 dollars", str(cast.donor.person_id))]


def test_a_report_of_a_conversation_names_the_other_of_the_two(cast: Cast) -> None:
    conversation_id = begin(cast.recipient, cast.donor)
    assert report(cast.donor, conversation=conversation_id, reason="unkind") == {}
    assert report(cast.recipient, conversation=conversation_id, reason="danger") == {}
    assert {(reason, who) for reason, _note, who in reports()} == {
        ("unkind", str(cast.recipient.person_id)),
        ("danger", str(cast.donor.person_id)),
    }


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({}, "conversation"),
        ({"listing": str(uuid.uuid4()), "conversation": str(uuid.uuid4())}, "conversation"),
        ({"listing": "seven"}, "listing"),
        ({"listing": str(uuid.uuid4()), "reason": "boredom"}, "reason"),
        ({"listing": str(uuid.uuid4()), "reason": ""}, "reason"),
        ({"listing": str(uuid.uuid4()), "note": "x" * 1001}, "note"),
    ],
)
def test_a_malformed_report_is_refused_by_name(
    cast: Cast, fields: dict[str, str], name: str
) -> None:
    assert list(report(cast.recipient, **fields)) == [name]
    assert reports() == []


def test_ones_own_is_refused_in_words(cast: Cast) -> None:
    said = report(cast.donor, listing=cast.donor.publish(offer()))
    assert said == {"": ["This is yours. You can change it or take it back under Mine."]}


def test_what_she_can_not_have_seen_reads_like_what_is_not_there(cast: Cast) -> None:
    conversation_id = begin(cast.recipient, cast.donor)
    with reading():
        listing_id = str(db.session.query(Listing.id).limit(1).scalar())
    not_available = {"": ["Not available any more."]}
    for fields in (
        {"listing": listing_id},
        {"conversation": conversation_id},
        {"listing": str(uuid7())},
        {"conversation": str(uuid7())},
    ):
        assert report(cast.outsider, **fields) == not_available
    assert reports() == []


def test_neither_a_block_nor_taking_a_listing_back_hinders_a_report(cast: Cast) -> None:
    listing_id = cast.donor.publish(offer())
    cast.recipient.publish(request())
    with writing() as session:
        donor = session.get_one(Person, cast.donor.person_id)
        recipient = session.get_one(Person, cast.recipient.person_id)
        moderation.block(donor, recipient)
        moderation.block(recipient, donor)
    cast.donor.do("listing.withdraw", listing_id)
    assert report(cast.recipient, listing=listing_id) == {}


def test_a_match_that_is_over_was_seen_and_can_be_reported(cast: Cast) -> None:
    listing_id = cast.donor.publish(offer(reach_km="150"))
    cast.recipient.publish(request(reach_km="150"))
    match()
    with writing() as session:
        session.get_one(Person, cast.recipient.person_id).reach_km = 1
    cast.donor.do("listing.withdraw", listing_id)
    assert report(cast.recipient, listing=listing_id) == {}


def test_the_same_thing_may_be_reported_again_and_the_same_report_is_taken_once(
    cast: Cast,
) -> None:
    listing_id, report_id = cast.donor.publish(offer()), uuid7()
    for made in (report_id, report_id, None):
        assert report(cast.recipient, made, listing=listing_id) == {}
    assert len(reports()) == 2
    assert "row" in report(cast.donor, report_id, listing=cast.recipient.publish(request()))


def test_the_twenty_first_report_of_a_day_waits_for_tomorrow(cast: Cast) -> None:
    listing_id = cast.donor.publish(offer())
    answers = [report(cast.recipient, listing=listing_id) for _ in range(21)]
    assert answers[:20] == [{}] * 20
    assert answers[20] == {"": ["You can send twenty reports a day. Send this one again tomorrow."]}
    assert report(cast.somebody("Mia", GRESHAM), listing=listing_id) == {}


def test_reports_are_counted_by_people_and_closed_one_by_one(cast: Cast) -> None:
    listing_id = cast.donor.publish(offer())
    for phone in (cast.recipient, cast.recipient, cast.somebody("Mia", GRESHAM)):
        report(phone, listing=listing_id)
    with writing():
        first, *rest = moderation.open_reports()
        assert moderation.close(first.id)
        assert not moderation.close(uuid7())
        assert [*moderation.open_reports()] == rest
        assert moderation.reports_about(cast.donor.person_id) == (3, 2)


def test_what_was_reported_stays_reported_when_it_is_gone(app: Flask, cast: Cast) -> None:
    listing_id = cast.donor.publish(offer())
    report(cast.recipient, listing=listing_id)
    with writing() as session:
        session.delete(session.get_one(Listing, uuid.UUID(listing_id)))
    with reading():
        (left,) = moderation.open_reports()
        assert (left.listing_id, left.reported_id) == (None, cast.donor.person_id)
        assert left.made_at <= now()


def test_awkward_text_is_kept_as_text(cast: Cast) -> None:
    listing_id = cast.donor.publish(offer())
    awkward = "\u202e<script>alert(1)</script>😀\u200b\n\n"
    assert report(cast.recipient, listing=listing_id, note=f"a{awkward}b") == {}
    with reading() as session:
        assert session.query(Report.note).scalar() == f"a{awkward}b"
