"""A new or changed listing is matched once a pair, and the best fits are told."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.cast import GRESHAM, Cast, offer, request, today
from webapp import alerts, people
from webapp.alerts import Alert
from webapp.database import reading, writing
from webapp.matching import Match, rows
from webapp.people import Person
from webapp.worker import match


def all_matches() -> list[tuple[str, bool]]:
    with reading() as session:
        return [(m.fit, m.holds) for m in session.scalars(select(Match).order_by(Match.id))]


def told() -> list[tuple[str, Any]]:
    with reading() as session:
        rows = session.scalars(select(Alert).order_by(Alert.id)).unique()
        return [(alert.kind, alert.person_id) for alert in rows]


def test_a_pair_matches_once_however_often_either_changes(cast: Cast) -> None:
    row = cast.donor.publish(offer())
    cast.recipient.publish(request())
    assert match() is True
    for volume in ("9000", "8000"):
        was = {"volume_ml": cast.donor.held("me", "listing")[0]["fields"]["volume_ml"]}
        cast.donor.do("listing.edit", row, {"volume_ml": volume}, was=was)
        match()
    assert all_matches() == [("whole", True)]
    assert told() == [("match", cast.recipient.person_id)]
    assert match() is False


def test_both_phones_hold_the_match_and_the_donor_reads_how_many_were_told(cast: Cast) -> None:
    listing_id = cast.donor.publish(offer())
    requested = cast.recipient.publish(request())
    match()
    cast.donor.sync()
    cast.recipient.sync()
    (hers,) = cast.recipient.held("me", "match")
    assert (hers["mine"], hers["other"], hers["fit"]) == (requested, listing_id, "whole")
    assert hers["card"]["id"] == listing_id
    assert cast.donor.held("me", "match")[0]["other"] == requested
    assert cast.donor.held("me", "listing")[0]["told"] == 1
    assert cast.recipient.held("me", "alert")[0]["listing"] == listing_id


def test_not_said_is_listed_after_what_fits_and_never_alerted(cast: Cast) -> None:
    cast.recipient.publish(request(avoid=["medicine"]))
    cast.donor.publish(offer())
    cast.somebody("Fay", GRESHAM).publish(offer(medicine="none"))
    match()
    cast.recipient.sync()
    fits = sorted(cast.recipient.held("me", "match"), key=lambda row: row["rank"])
    assert [row["fit"] for row in fits] == ["whole", "unknown"]
    assert len(told()) == 1


def test_some_and_silence_are_told_apart_by_nothing_the_recipient_sees(cast: Cast) -> None:
    cast.recipient.publish(request(avoid=["medicine"], must=["halal"], weeks__halal="2"))
    said = offer(medicine="some", diet=["halal"], since__halal=today(-400))
    silent = offer(medicine="talk", diet=[])
    for fields in (said, silent):
        cast.somebody("Eve", GRESHAM).publish(fields)
    match()
    cast.recipient.sync()
    one, two = cast.recipient.held("me", "match")
    assert one["lines"] == two["lines"]
    assert one["rank"] == two["rank"]
    assert {**one["card"], "id": ""} == {**two["card"], "id": ""}


def test_a_request_tells_the_donor_only_what_stands_on_its_card(cast: Cast) -> None:
    cast.donor.publish(offer(medicine="none"))
    cast.recipient.publish(
        request(avoid=["medicine"], milk_age_months="6", must=["dairy_free"], weeks__dairy_free="2")
    )
    match()
    cast.donor.sync()
    (row,) = cast.donor.held("me", "match")
    assert {line["what"] for line in row["lines"]} == {"reach", "amount", "dairy_free"}


def test_the_eight_best_fits_are_alerted_and_nobody_twice(cast: Cast) -> None:
    families = [cast.somebody(f"Family {n}", GRESHAM) for n in range(10)]
    for number, family in enumerate(families):
        family.publish(request(volume_ml=str(600 + number)))
        family.publish(request())
    match()
    cast.donor.publish(offer())
    match()
    people_told = [person for kind, person in told() if kind == "match"]
    assert len(people_told) == len(set(people_told)) == 8
    cast.donor.sync()
    assert cast.donor.held("me", "listing")[0]["told"] == 8


def test_a_change_tells_nobody_who_was_not_among_the_best(cast: Cast) -> None:
    for number in range(10):
        cast.somebody(f"Family {number}", GRESHAM).publish(request())
    match()
    row = cast.donor.publish(offer())
    match()
    cast.donor.do("listing.edit", row, {"note": "new"}, was={"note": ""})
    match()
    assert len(told()) == 8


def test_an_emergency_asks_the_donors_too_unless_one_turned_that_off(cast: Cast) -> None:
    quiet = cast.somebody("Quiet", GRESHAM, tell_asking="off")
    quiet.publish(offer())
    cast.donor.publish(offer())
    match()
    cast.recipient.publish(request(need="emergency"))
    match()
    asked = [person for kind, person in told() if kind == "asking"]
    assert asked == [cast.donor.person_id]


def test_nobody_is_asked_for_what_is_no_emergency(cast: Cast) -> None:
    cast.donor.publish(offer())
    match()
    cast.recipient.publish(request())
    match()
    assert [kind for kind, _person in told()] == ["match"]


def test_what_no_longer_suits_leaves_both_phones(cast: Cast) -> None:
    row = cast.donor.publish(offer())
    cast.recipient.publish(request(must=["dairy_free"], weeks__dairy_free="3"))
    match()
    cast.recipient.sync()
    assert cast.recipient.held("me", "match")
    was = {"diet": ["dairy_free"], "since-dairy_free": today(-200)}
    changed = {"since-dairy_free": today(-95)}
    assert cast.donor.do("listing.edit", row, changed, was=was)["outcome"] == "done"
    match()
    cast.recipient.sync()
    cast.donor.sync()
    assert cast.recipient.held("me", "match") == cast.donor.held("me", "match") == []
    assert [alert["listing"] for alert in cast.recipient.held("me", "alert")] == [row]


@pytest.mark.parametrize("verb", ["pause", "withdraw"])
def test_a_listing_taken_back_takes_its_matches_along_at_once(cast: Cast, verb: str) -> None:
    row = cast.donor.publish(offer())
    cast.recipient.publish(request())
    match()
    cast.recipient.sync()
    cast.donor.do(f"listing.{verb}", row)
    cast.recipient.sync()
    assert cast.recipient.held("me", "match") == []


def test_people_who_block_each_other_are_not_matched(cast: Cast) -> None:
    donor_id, recipient_id = cast.donor.person_id, cast.recipient.person_id
    with writing() as session:
        people.block(session.get_one(Person, donor_id), session.get_one(Person, recipient_id))
    cast.donor.publish(offer())
    cast.recipient.publish(request())
    match()
    assert all_matches() == []


@pytest.mark.parametrize(("km", "matches"), [("1", 0), ("40", 1)])
def test_two_people_match_when_their_reaches_meet(cast: Cast, km: str, matches: int) -> None:
    cast.donor.publish(offer(reach_km=km))
    cast.recipient.publish(request(reach_km="1"))
    match()
    assert len(all_matches()) == matches


def test_only_her_own_emergencys_match_comes_by_night(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        alerts,
        "tell",
        lambda _person, kind, urgent=False, **_about: asked.append((kind, urgent)) or True,
    )
    cast.donor.publish(offer())
    match()
    cast.recipient.publish(request(need="emergency"))
    match()
    cast.somebody("Calm", GRESHAM).publish(request())
    match()
    assert asked == [("match", True), ("asking", False), ("match", False)]


def test_a_phone_keeps_the_best_fifty_of_each_listing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST_KEPT", 2)
    cast.recipient.publish(request())
    sizes = [1000, 200, 590, 400]
    offered = {size: cast.donor.publish(offer(volume_ml=str(size))) for size in sizes}
    match()
    cast.recipient.sync()
    best = sorted(cast.recipient.held("me", "match"), key=lambda row: row["rank"])
    assert len(best) == 2
    assert offered[1000] in {row["other"] for row in best}
    cast.donor.do("listing.withdraw", offered[1000])
    again = cast.phone(cast.recipient.person_id)
    again.sync()
    assert len(again.held("me", "match")) == 2
    assert offered[1000] not in {row["other"] for row in again.held("me", "match")}
