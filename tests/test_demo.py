"""The demo: as many and as varied as the field knows them, and nobody in it is anybody."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from webapp import demo, geo, matching, messages, people, sync
from webapp.alerts import Alert
from webapp.database import Base, db, now, writing
from webapp.demo.data import offer_notes, request_notes
from webapp.demo.data.names import FATHERS, NAMES, SPANISH
from webapp.demo.data.towns import TOWNS
from webapp.fields import read_form
from webapp.listings import FORMS, Listing, fields_of
from webapp.matching import Match
from webapp.messages import Conversation, Message
from webapp.people import Person
from webapp.units import ml_from_oz

HUNDRED_OZ = ml_from_oz(100)


@pytest.fixture(scope="module")
def city(site: Flask) -> Iterator[Flask]:
    """The app, filled once."""
    with site.app_context():
        with writing() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(table.delete())
            sync.begin_timeline()
        with writing():
            demo.fill()
        yield site
        db.session.remove()


@pytest.fixture
def listings(city: Flask) -> list[Listing]:
    return [*db.session.scalars(select(Listing)).unique()]


@pytest.fixture
def offers(listings: list[Listing]) -> list[Listing]:
    return [listing for listing in listings if listing.is_offer]


@pytest.fixture
def requests(listings: list[Listing]) -> list[Listing]:
    return [listing for listing in listings if not listing.is_offer]


def account(email: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def share(many: int, of: int) -> float:
    return many / of


def counts() -> dict[str, int]:
    tables = Base.metadata.sorted_tables
    return {t.name: db.session.scalar(select(func.count()).select_from(t)) or 0 for t in tables}


def test_two_thousand_listings_stand_as_posts_do(
    offers: list[Listing], requests: list[Listing]
) -> None:
    assert len(offers) + len(requests) == demo.LISTINGS
    assert share(len(offers), demo.LISTINGS) == pytest.approx(60 / 88, abs=0.01)
    big = sum(offer.volume_ml >= HUNDRED_OZ for offer in offers if offer.volume_ml)
    assert 0.42 < share(big, sum(bool(offer.volume_ml) for offer in offers)) < 0.5


def test_every_listing_passes_its_own_form(listings: list[Listing]) -> None:
    for listing in listings:
        if listing.volume_ml:
            form = read_form(FORMS[listing.kind], fields_of(listing))
            assert form.validate(), (fields_of(listing), form.flat_errors())


def test_they_differ_in_age_and_in_what_became_of_them(listings: list[Listing]) -> None:
    statuses = Counter(listing.status for listing in listings)
    assert min(statuses[name] for name in ("open", "paused", "closed", "expired", "withdrawn")) > 30
    assert share(statuses["open"], len(listings)) > 0.75
    assert len({listing.published_at.date() for listing in listings}) >= 28
    for listing in listings:
        assert now() - timedelta(days=30) < listing.published_at <= listing.fresh_at < now()
        assert (listing.expires_at > now()) or listing.status != "open"
    assert sum(listing.fresh_at > listing.published_at for listing in listings) > 300


def test_answers_are_said_not_said_some_and_rather_talked_about(offers: list[Listing]) -> None:
    for code in ("medicine", "alcohol", "caffeine", "nicotine", "cannabis", "illness"):
        said = Counter(offer.exposures.get(code, "") for offer in offers)
        assert {*said} >= {"none", "some", "talk", ""}
        assert share(said[""], len(offers)) > 0.2
    assert any(offer.details for offer in offers)
    dated = [since for offer in offers for since in offer.diet.values()]
    assert None in dated
    assert share(sum(since is not None for since in dated), len(dated)) > 0.75
    assert {batch.state for offer in offers for batch in offer.batches} >= {
        "frozen",
        "refrigerated",
    }
    assert any(batch.look for offer in offers for batch in offer.batches)
    assert any(offer.bereaved for offer in offers)


def test_needs_run_from_tonight_to_months(requests: list[Listing]) -> None:
    needs = Counter(request.need for request in requests)
    assert {*needs} == {"emergency", "short", "bridge_supply", "ongoing", "stockpile"}
    for request in requests:
        if request.need == "emergency":
            assert request.by_on
            assert request.emergency_until
            assert request.emergency_until > now()
    assert any(request.volume_ml >= 10 * HUNDRED_OZ for request in requests)
    assert any(request.fragile not in ("", "no") for request in requests)


def test_families_ask_for_the_reasons_that_a_study_found(requests: list[Listing]) -> None:
    def because(reasons: frozenset[str], note: str) -> bool:
        pools = (request_notes.ENGLISH, request_notes.SPANISH)
        words = [word for pool in pools for reason in reasons for word in pool.get(reason, ())]
        return any(word in note for word in words)

    notes = [request.note for request in requests if request.note]
    lactation = sum(because(request_notes.LACTATION, note) for note in notes)
    childs_health = sum(because(request_notes.CHILDS_HEALTH, note) for note in notes)
    assert share(lactation, len(notes)) == pytest.approx(0.694, abs=0.1)
    assert share(childs_health, len(notes)) == pytest.approx(0.485, abs=0.1)


def test_notes_are_written_in_english_and_in_spanish(listings: list[Listing]) -> None:
    pools = (*offer_notes.SPANISH.values(), *request_notes.SPANISH.values())
    spanish = {words for pool in pools for words in pool}
    notes = [listing.note for listing in listings if listing.note]
    assert share(len(notes), len(listings)) > 0.5
    assert len({*notes}) > 500
    written = sum(any(words in note for words in spanish) for note in notes)
    assert 0.08 < share(written, len(notes)) < 0.25


def test_a_name_is_one_first_name_and_never_a_whole_one(city: Flask) -> None:
    names = [*db.session.scalars(select(Person.name))]
    assert not [name for name in names if " " in name.strip()]
    assert {*names} <= {*NAMES, *FATHERS, *SPANISH, "Rosa", "June"}
    assert len({*names}) > 120


def test_they_live_in_real_towns_around_one_city(listings: list[Listing]) -> None:
    portland = geo.centre(account(demo.ACCOUNTS[1]).cell)
    towns = Counter(listing.person.place_name for listing in listings)
    assert {*towns} <= {name for name, *_rest in TOWNS}
    assert len(towns) > 60
    for listing in listings:
        assert geo.great_circle_km(portland, geo.centre(listing.cell)) < 90


def test_nobody_but_the_two_can_sign_in(city: Flask) -> None:
    for email in demo.ACCOUNTS:
        assert people.authenticate(email, demo.PASSWORD)
    others = db.session.scalars(select(Person).where(Person.email.not_in(demo.ACCOUNTS)))
    assert {person.password_hash for person in others} == {""}
    for password in ("", demo.PASSWORD):
        assert people.authenticate("neighbour1@example.org", password) is None


def test_the_two_have_matches_and_alerts_and_only_theirs_are_made(city: Flask) -> None:
    donor, recipient = map(account, demo.ACCOUNTS)
    for person in (donor, recipient):
        mine = (Match.donor_id == person.id) | (Match.recipient_id == person.id)
        found = [*db.session.scalars(select(Match).where(mine))]
        assert any(match.fit == "whole" for match in found)
        told = select(Alert).where(
            Alert.person_id == person.id, Alert.kind.in_(["match", "asking"])
        )
        assert [*db.session.scalars(told)]
    fresh = select(Match).where(
        Match.recipient_id == recipient.id, Match.made_at > now() - timedelta(hours=1)
    )
    assert [*db.session.scalars(fresh)]
    not_theirs = Match.donor_id.not_in([donor.id]) & Match.recipient_id.not_in([recipient.id])
    assert not [*db.session.scalars(select(Match).where(not_theirs))]
    assert not matching.any_due(now())


def test_each_of_the_two_has_one_that_ends_soon_and_one_that_is_over(city: Flask) -> None:
    for email in demo.ACCOUNTS:
        own = [*db.session.scalars(select(Listing).where(Listing.person_id == account(email).id))]
        soon = now() + timedelta(hours=48)
        assert sum(mine.status == "open" and mine.expires_at < soon for mine in own) == 1
        assert sum(mine.status == "closed" for mine in own) == 1


def test_conversations_are_answered_unanswered_and_unread(city: Flask) -> None:
    donor, recipient = map(account, demo.ACCOUNTS)
    between = db.session.scalars(
        select(Conversation).where(
            Conversation.owner_id == donor.id, Conversation.starter_id == recipient.id
        )
    ).one()
    assert between.answered
    assert between.position >= 6
    assert between.owner_opens == ["name", "note"]
    for person in (donor, recipient):
        rows = [
            row
            for conversation in db.session.scalars(select(Conversation)).unique()
            if (row := messages.row(conversation, person.id, set()))
        ]
        unanswered = [row for row in rows if not row.get("answered")]
        assert {bool(row.get("started")) for row in unanswered} == {True, False}
        assert any(row["position"] > row.get("read", 0) for row in rows)
    for letter in db.session.scalars(select(Message)).unique():
        assert letter.made_at < now()


def test_filling_twice_changes_nothing(city: Flask) -> None:
    before = counts()
    seq = sync.latest_seq()
    with writing():
        demo.fill()
    assert counts() == before
    assert sync.latest_seq() == seq
