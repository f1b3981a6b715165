"""Watches over the wire: kept, matched and told of once; no donor learns that there are any."""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from tests.cast import SAME_ORIGIN, Cast, Fields, Phone, offer, operation, request, today
from webapp.alerts import MATCH, Alert, Delivery, Device
from webapp.database import reading, uuid7, writing
from webapp.matching import Match, Watch
from webapp.people import Person
from webapp.worker import match, render


def wanted(**changed: Any) -> Fields:
    """Dairy-free milk within 30 km, at least 100 oz."""
    fields: Fields = {
        "reach_km": "30",
        "least_ml": "2957",
        "must": ["dairy_free"],
        "weeks-dairy_free": "0",
    }
    return {
        name.replace("__", "-"): value
        for name, value in (fields | changed).items()
        if value is not None
    }


def kept(phone: Phone, **changed: Any) -> str:
    watch_id = str(uuid7())
    result = phone.do("watch.keep", watch_id, wanted(**changed))
    assert result["outcome"] == "done", result
    return watch_id


def watches(phone: Phone) -> list[Fields]:
    phone.sync()
    return [row["fields"] for row in phone.held("me", "watch")]


def matches(phone: Phone) -> list[tuple[str, str, str]]:
    """(hers, the other's, how it fits) of all matches on a phone, after matching what is due."""
    match()
    phone.sync()
    return [(row["mine"], row["other"], row["fit"]) for row in phone.held("me", "match")]


def told(phone: Phone) -> list[str]:
    query = select(Alert).where(Alert.person_id == phone.person_id).order_by(Alert.id)
    with reading() as session:
        return [alert.kind for alert in session.scalars(query).unique()]


def test_a_watch_is_kept_once_and_answered_as_it_was_written(cast: Cast) -> None:
    said = wanted(nice=["frozen", "alcohol"], avoid=["medicine", "raw"], milk_age_months="6")
    made = operation("watch.keep", uuid7(), said)
    first, second = cast.recipient.sync(made), cast.recipient.sync(made)
    assert first == second
    assert first[0]["rows"]["watch"] == [
        {"id": made["row"], "fields": {**said, "nice": ["alcohol", "frozen"]}}
    ]
    assert watches(cast.recipient) == [{**said, "nice": ["alcohol", "frozen"]}]


@pytest.mark.parametrize(
    ("changed", "name", "words"),
    [
        ({"reach_km": None}, "reach_km", "This one needs an answer."),
        ({"reach_km": "0"}, "reach_km", "Write a number from 1 to 150."),
        ({"least_ml": None}, "least_ml", "This one needs an answer."),
        ({"least_ml": "1.000,5"}, "least_ml", "Write a whole number."),
        ({"must": ["chocolate"]}, "must", "That is not one of the answers."),
        ({"weeks-dairy_free": None}, "must", "Say for how many weeks before pumping."),
        (
            {"must": ["raw"], "avoid": ["raw", "medicine"], "weeks-dairy_free": None},
            "must",
            "You ask for this and want to be without it: Not heated.",
        ),
        ({"milk_age_months": "5"}, "milk_age_months", "That is not one of the answers."),
        ({"price": "20"}, "price", "Milkwell does not ask this."),
    ],
)
def test_a_bad_answer_is_refused_in_words_at_its_own_name(
    cast: Cast, changed: Fields, name: str, words: str
) -> None:
    result = cast.recipient.do("watch.keep", uuid7(), wanted(**changed))
    assert (result["outcome"], result["errors"]) == ("rejected", {name: [words]})
    assert watches(cast.recipient) == []


def test_ten_are_kept_and_an_eleventh_is_refused_in_words(cast: Cast) -> None:
    first = kept(cast.recipient)
    for _ in range(9):
        kept(cast.recipient)
    result = cast.recipient.do("watch.keep", uuid7(), wanted())
    assert result["errors"] == {"": ["You keep 10 already. Remove one first."]}
    cast.recipient.do("watch.drop", first)
    kept(cast.recipient)
    assert len(watches(cast.recipient)) == 10


def test_two_phones_edit_one_watch_and_what_both_said_otherwise_is_asked(cast: Cast) -> None:
    watch_id = kept(cast.recipient)
    second = cast.phone(cast.recipient.person_id)
    assert watches(second) == [wanted()]
    cast.recipient.do("watch.edit", watch_id, {"least_ml": "500"}, was={"least_ml": "2957"})
    second.do("watch.edit", watch_id, {"avoid": ["medicine"]}, was={"avoid": []})
    assert watches(second) == [wanted(least_ml="500", avoid=["medicine"])]
    both = second.do("watch.edit", watch_id, {"least_ml": "900"}, was={"least_ml": "2957"})
    assert both["conflicts"] == {"least_ml": {"yours": "900", "theirs": "500"}}


def test_what_fits_it_comes_with_the_reasons_and_is_told_once(cast: Cast) -> None:
    family = cast.recipient
    watch_id = kept(family)
    listing_id = cast.donor.publish(offer())
    assert matches(family) == [(watch_id, listing_id, "whole")]
    (row,) = family.held("me", "match")
    assert {line["what"] for line in row["lines"]} == {"reach", "amount", "dairy_free"}
    assert row["card"]["id"] == listing_id
    assert told(family) == [MATCH]
    for note in ("new", "newer"):
        was = {"note": cast.donor.held("me", "listing")[0]["fields"].get("note", "")}
        cast.donor.do("listing.edit", listing_id, {"note": note}, was=was)
        assert len(matches(family)) == 1
    assert told(family) == [MATCH]


def test_an_alert_of_it_says_something_near_and_opens_the_offer(cast: Cast) -> None:
    family = cast.recipient
    family.sync()
    with writing() as session:
        session.get_one(Device, uuid.UUID(family.device)).endpoint = "https://push.example/w"
    watch_id = kept(family)
    listing_id = cast.donor.publish(offer())
    match()
    with reading() as session:
        (delivery,) = session.scalars(select(Delivery)).unique()
        shown = render(delivery.alert)
    assert shown is not None
    assert shown.address == f"/listings/{listing_id}"
    row = shown.rows["match"]
    assert row is not None
    assert row["mine"] == watch_id


def test_what_was_there_before_is_found_when_it_is_kept(cast: Cast) -> None:
    listing_id = cast.donor.publish(offer())
    match()
    watch_id = kept(cast.recipient)
    assert matches(cast.recipient) == [(watch_id, listing_id, "whole")]


@pytest.mark.parametrize(
    "changed",
    [
        {"least_ml": "12000"},
        {"reach_km": "5"},
        {"must": ["vegan"], "weeks-dairy_free": None, "weeks-vegan": "0"},
        {"must": ["refrigerated"], "weeks-dairy_free": None},
        {"weeks-dairy_free": "8", "milk_age_months": "1"},
    ],
)
def test_what_does_not_fit_is_neither_shown_as_fitting_nor_told(
    cast: Cast, changed: Fields
) -> None:
    kept(cast.recipient, **changed)
    cast.donor.publish(offer())
    assert all(fit == "unknown" for _mine, _other, fit in matches(cast.recipient))
    assert told(cast.recipient) == []


def test_what_nobody_said_might_fit_and_is_not_told(cast: Cast) -> None:
    watch_id = kept(cast.recipient, avoid=["medicine"])
    listing_id = cast.donor.publish(offer())
    assert matches(cast.recipient) == [(watch_id, listing_id, "unknown")]
    assert told(cast.recipient) == []


def test_an_edit_brings_what_it_found_up_to_date(cast: Cast) -> None:
    family = cast.recipient
    watch_id = kept(family)
    cast.donor.publish(offer())
    assert len(matches(family)) == 1
    family.do("watch.edit", watch_id, {"least_ml": "12000"}, was={"least_ml": "2957"})
    assert matches(family) == []
    family.do("watch.edit", watch_id, {"least_ml": "100"}, was={"least_ml": "12000"})
    assert len(matches(family)) == 1
    assert told(family) == [MATCH]


def test_dropped_it_takes_along_what_it_found(cast: Cast) -> None:
    family = cast.recipient
    watch_id = kept(family)
    cast.donor.publish(offer())
    assert len(matches(family)) == 1
    family.do("watch.drop", watch_id)
    assert (watches(family), matches(family)) == ([], [])
    with reading() as session:
        assert session.scalar(select(Match)) is None
        assert session.scalar(select(Alert)) is None


def test_she_moved_and_her_watches_look_around_her_new_home(cast: Cast) -> None:
    family = cast.outsider
    kept(family)
    cast.donor.publish(offer())
    assert matches(family) == []
    (row,) = family.held("me", "person")
    moved = family.do(
        "person.edit",
        family.person_id,
        {"place": "45.50,-122.44"},
        was={"place": row["place"]["id"]},
    )
    assert moved["outcome"] == "done", moved
    assert [fit for _mine, _other, fit in matches(family)] == ["whole"]
    assert told(family) == [MATCH]


def test_a_donor_never_learns_that_a_watch_exists(cast: Cast) -> None:
    donor, family = cast.donor, cast.recipient
    listing_id = donor.publish(offer())
    watch_id = kept(family, nice=["vegan"], weeks__vegan="4")
    match()
    donor.do("listing.edit", listing_id, {"note": "new"}, was={"note": ""})
    match()
    fresh = cast.phone(donor.person_id)
    for phone in (donor, fresh):
        phone.sync()
        answers = json.dumps([[noun, [*rows.values()]] for noun, rows in phone.rows.items()])
        assert watch_id not in answers
        assert str(family.person_id) not in answers
        assert phone.held("me", "match") == phone.held("me", "watch") == []
        assert phone.held("me", "alert") == []


def test_to_a_donor_her_listing_reads_as_if_nobody_watched(cast: Cast) -> None:
    """`told` counts the families who ask; a watch among them would give itself away."""
    alone = cast.donor.publish(offer())
    match()
    cast.donor.sync()
    before = cast.donor.held("me", "listing")[0]
    kept(cast.recipient)
    match()
    cast.donor.sync()
    assert told(cast.recipient) == [MATCH]
    assert cast.donor.held("me", "listing")[0] == before
    assert before["id"] == alone


VERBS: list[tuple[str, Fields]] = [("watch.edit", {"least_ml": "5"}), ("watch.drop", {})]


@pytest.mark.parametrize(("kind", "fields"), VERBS)
def test_an_outsider_can_do_nothing_with_it_and_learns_nothing(
    cast: Cast, kind: str, fields: Fields
) -> None:
    watch_id = kept(cast.recipient)
    hers, nobodys = (cast.outsider.do(kind, each, fields) for each in (watch_id, uuid7()))
    assert hers["outcome"] == "rejected"
    assert hers["errors"] == nobodys["errors"]
    taken = cast.outsider.do("watch.keep", watch_id, wanted())
    assert taken["outcome"] == "rejected"
    assert watches(cast.recipient) == [wanted()]
    for phone in (cast.outsider, cast.donor):
        phone.sync()
        assert watch_id not in json.dumps([[*rows] for rows in phone.rows.values()])


def test_somebody_blocked_is_not_found_by_it(cast: Cast) -> None:
    kept(cast.recipient)
    listing_id = cast.donor.publish(offer())
    assert len(matches(cast.recipient)) == 1
    cast.recipient.do("listing.block", listing_id)
    assert matches(cast.recipient) == []


def test_a_request_and_a_watch_that_one_offer_fits_are_told_once(cast: Cast) -> None:
    family = cast.recipient
    kept(family)
    family.publish(request())
    match()
    cast.donor.publish(offer())
    assert len(matches(family)) == 2
    assert told(family) == [MATCH]


def test_signed_out_nothing_is_done_or_told(cast: Cast) -> None:
    body = {
        "protocol": 1,
        "device": str(uuid7()),
        "sent_at": datetime.now(UTC).isoformat(),
        "operations": [operation("watch.keep", uuid7(), wanted())],
        "cursors": {"me": ""},
    }
    assert cast.stranger.post("/api/sync", json=body, headers=SAME_ORIGIN).status_code == 401
    with reading() as session:
        assert session.scalar(select(Watch)) is None


def test_who_has_not_finished_signing_up_keeps_none(cast: Cast) -> None:
    person_id = cast.recipient.person_id
    with writing() as session:
        person = session.get_one(Person, person_id)
        person.consents.clear()
    result = cast.recipient.do("watch.keep", uuid7(), wanted())
    assert result["errors"] == {"": ["Finish signing up first: two questions are still open."]}


def test_erased_with_her_they_are_gone(cast: Cast) -> None:
    from webapp import rights

    kept(cast.recipient)
    cast.donor.publish(offer(since__dairy_free=today(-300)))
    assert len(matches(cast.recipient)) == 1
    with writing() as session:
        rights.erase(session.get_one(Person, cast.recipient.person_id))
    with reading() as session:
        assert session.scalar(select(Watch)) is None
        assert session.scalar(select(Match)) is None
    match()
