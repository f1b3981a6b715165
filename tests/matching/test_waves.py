"""An offer tells its eight best fits, and eight more each 20 minutes while it has room."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cast import GRESHAM, Cast, offer, request
from tests.messages.pen import Pen
from webapp import messages
from webapp.alerts import MATCH, Alert
from webapp.database import now, reading, uuid7, writing
from webapp.listings import Listing
from webapp.matching import any_wave_due, wave_due, waves
from webapp.people import Person
from webapp.worker import match, set_right


def told() -> list[uuid.UUID]:
    with reading() as session:
        rows = session.scalars(select(Alert).where(Alert.kind == MATCH).order_by(Alert.id)).unique()
        return [alert.person_id for alert in rows]


def wave(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    """Whatever is due so many minutes from now."""
    later = now() + timedelta(minutes=minutes)
    monkeypatch.setattr(waves, "now", lambda: later)
    while any_wave_due(later):
        with writing():
            wave_due(later, messages.has_room)


@pytest.fixture
def families(cast: Cast) -> list[uuid.UUID]:
    """Eighteen families whom an offer fits, the best first, and the offer."""
    families = [cast.somebody(f"Family {n}", GRESHAM) for n in range(18)]
    for family in families:
        family.publish(request())
    match()
    cast.donor.publish(offer())
    match()
    return [family.person_id for family in families]


def test_a_clock_that_was_a_week_ahead_keeps_nobody_waiting(
    families: list[uuid.UUID], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = cast.somebody("Late", GRESHAM)
    late.publish(request())
    with writing() as session:
        for listing in session.scalars(select(Listing)).unique():
            if listing.match_due_at or listing.wave_due_at:
                ahead = now() + timedelta(days=7)
                due = "match_due_at" if listing.match_due_at else "wave_due_at"
                setattr(listing, due, ahead)
    assert not match()
    set_right()
    assert match()
    wave(monkeypatch, 19)
    assert len(told()) == 9
    wave(monkeypatch, 21)
    assert {*told()} == {*families[:16], late.person_id}


def test_eight_more_are_told_each_twenty_minutes_best_first(
    families: list[uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {*told()} == {*families[:8]}
    wave(monkeypatch, 19)
    assert len(told()) == 8
    wave(monkeypatch, 21)
    assert {*told()} == {*families[:16]}
    wave(monkeypatch, 42)
    assert {*told()} == {*families}
    assert len(told()) == 18
    wave(monkeypatch, 90)
    assert len(told()) == 18


def test_nobody_more_is_told_while_five_letters_wait(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    families = [cast.somebody(f"Family {n}", GRESHAM) for n in range(9)]
    mine = [family.publish(request()) for family in families]
    match()
    row = cast.donor.publish(offer())
    match()
    pens = [Pen(family, row, asks) for family, asks in zip(families[:5], mine, strict=False)]
    for pen in pens:
        assert pen.write("Is it still there?")["outcome"] == "done"
    wave(monkeypatch, 21)
    assert len(told()) == 8
    Pen(cast.donor, mine[0], row, pens[0].phone).write("It is.")
    wave(monkeypatch, 42)
    assert len(told()) == 9


def test_what_is_withdrawn_tells_nobody_more(
    cast: Cast, families: list[uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading() as session:
        (row,) = session.scalars(select(Listing.id).where(Listing.kind == "offer"))
    cast.donor.do("listing.withdraw", row)
    wave(monkeypatch, 21)
    wave(monkeypatch, 60)
    assert len(told()) == 8


def test_who_wants_no_such_alerts_takes_nobodys_place(cast: Cast) -> None:
    families = [cast.somebody(f"Family {n}", GRESHAM) for n in range(9)]
    for family in families:
        family.publish(request())
    with writing() as session:
        session.get_one(Person, families[0].person_id).tell_match = "off"
    match()
    cast.donor.publish(offer())
    match()
    assert {*told()} == {family.person_id for family in families[1:]}


def test_who_asked_and_watches_is_told_of_an_offer_once(cast: Cast) -> None:
    cast.recipient.publish(request())
    watch = {"reach_km": "50", "least_ml": "100"}
    assert cast.recipient.do("watch.keep", uuid7(), watch)["outcome"] == "done"
    match()
    cast.donor.publish(offer())
    match()
    with writing() as session:
        for asks in session.scalars(select(Listing).where(Listing.kind == "request")):
            asks.match_due_at = now()
    match()
    assert told() == [cast.recipient.person_id]
