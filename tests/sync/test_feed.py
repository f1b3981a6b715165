"""What changed comes out once to everybody it concerns, and to nobody else."""

import pytest

from tests.cast import GRESHAM, PORTLAND, Cast, offer, request
from webapp import people, sync
from webapp.database import now, writing
from webapp.people import Person
from webapp.sync import pulling
from webapp.sync.models import FeedCounter, Timeline
from webapp.worker import expire, match


def ids(rows: list[dict[str, object]]) -> set[object]:
    return {row["id"] for row in rows}


def test_a_neighbours_offer_comes_as_a_card_and_an_own_one_whole(cast: Cast) -> None:
    cast.recipient.sync()
    listing_id = cast.donor.publish(offer(note="by the library", medicine="some"))
    cast.recipient.sync()
    (card,) = cast.recipient.held("near", "listing")
    assert card["id"] == listing_id
    assert "fields" not in card
    assert "fields" in cast.donor.held("me", "listing")[0]
    assert not cast.donor.held("near", "listing")


def test_somebody_far_away_is_sent_nothing(cast: Cast) -> None:
    cast.donor.publish(offer())
    cast.outsider.sync()
    assert cast.outsider.held("near", "listing") == []
    assert ids(cast.outsider.held("me", "person")) == {str(cast.outsider.person_id)}


@pytest.mark.parametrize("kind", ["listing.pause", "listing.withdraw"])
def test_what_is_taken_back_leaves_the_neighbours_phone(cast: Cast, kind: str) -> None:
    listing_id = cast.donor.publish(offer())
    cast.recipient.sync()
    assert cast.recipient.held("near", "listing")
    cast.donor.do(kind, listing_id)
    cast.recipient.sync()
    assert cast.recipient.held("near", "listing") == []


def test_a_listing_that_moves_leaves_one_cell_and_comes_into_the_other(cast: Cast) -> None:
    listing_id = cast.donor.publish(offer())
    cast.recipient.sync()
    cast.outsider.sync()
    moved = cast.donor.do("listing.edit", listing_id, {"place": "48.20,16.38"}, was={"place": ""})
    assert moved["outcome"] == "done", moved
    cast.recipient.sync()
    cast.outsider.sync()
    assert cast.recipient.held("near", "listing") == []
    assert ids(cast.outsider.held("near", "listing")) == {listing_id}


def test_a_scope_that_did_not_change_is_left_out(cast: Cast) -> None:
    cast.recipient.sync()
    body = cast.recipient.send().json
    assert "scopes" not in body
    assert "results" not in body


def test_a_scope_that_was_not_asked_for_is_not_sent(cast: Cast) -> None:
    cast.donor.cursors = {}
    assert "scopes" not in cast.donor.send().json


@pytest.mark.parametrize("cursor", ["", "x", "a.b.c.d", "x.1.0.", "." * 300, "9" * 400, "é.1.0."])
def test_a_cursor_that_is_not_ours_begins_anew(cast: Cast, cursor: str) -> None:
    cast.donor.cursors = {"me": cursor}
    scope = cast.donor.send().json["scopes"]["me"]
    assert scope["reset"] is True
    assert ids(scope["put"]["person"]) == {str(cast.donor.person_id)}


def test_a_cursor_survives_a_restart_of_the_server(cast: Cast) -> None:
    cast.donor.publish(offer())
    with writing():
        sync.begin_timeline()
    assert "scopes" not in cast.donor.send().json
    cast.donor.publish(request())
    assert len(cast.donor.held("me", "listing")) == 2


def test_a_server_restored_from_a_backup_resets_phones_that_know_its_lost_future(
    cast: Cast,
) -> None:
    cast.donor.sync()
    with writing() as session:
        backup = session.get_one(FeedCounter, 1).seq
    cast.donor.publish(offer())
    with writing() as session:
        session.get_one(FeedCounter, 1).seq = backup
        sync.begin_timeline()
    assert cast.donor.send().json["scopes"]["me"]["reset"] is True


def test_a_timeline_that_the_backup_does_not_know_resets_too(cast: Cast) -> None:
    with writing():
        lost = sync.begin_timeline()
    cast.donor.sync()
    with writing() as session:
        session.delete(session.get_one(Timeline, lost))
    with writing():
        sync.begin_timeline()
    assert cast.donor.send().json["scopes"]["me"]["reset"] is True


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(pulling, "PAGE", 3)
    return 3


def test_a_first_sync_comes_in_pages_and_ends(cast: Cast, small_pages: int) -> None:
    published = {cast.donor.publish(offer()) for _ in range(8)}
    body = cast.recipient.send().json
    assert body["scopes"]["near"]["more"] is True
    assert len(body["scopes"]["near"]["put"]["listing"]) == small_pages
    cast.recipient.sync()
    assert ids(cast.recipient.held("near", "listing")) == published


def test_what_changes_between_two_pages_still_arrives(cast: Cast, small_pages: int) -> None:
    published = [cast.donor.publish(offer()) for _ in range(7)]
    first = cast.recipient.send().json["scopes"]
    cast.recipient._keep({"scopes": first})
    cast.donor.do("listing.withdraw", published[0])
    new = cast.donor.publish(offer())
    cast.recipient.sync()
    cast.recipient.sync()
    assert ids(cast.recipient.held("near", "listing")) == {*published[1:], new}


def test_changes_come_in_pages_too(cast: Cast, small_pages: int) -> None:
    cast.recipient.sync()
    published = {cast.donor.publish(offer()) for _ in range(8)}
    cast.recipient.sync()
    assert ids(cast.recipient.held("near", "listing")) == published


def test_a_new_reach_and_a_move_begin_anew(cast: Cast) -> None:
    near = cast.somebody("Ana", GRESHAM)
    cast.donor.publish(offer())
    near.sync()
    was = {"reach_km": "40"}
    near.do("person.edit", near.person_id, {"reach_km": "1"}, was=was)
    response = near.send()
    assert response.json.get("scopes", {}).get("near") is None
    assert ids(near.held("near", "listing"))
    moved = near.do(
        "person.edit",
        near.person_id,
        {"place": "48.20,16.38"},
        was={"place": near.held("me", "person")[0]["place"]["id"]},
    )
    assert moved["outcome"] == "done", moved
    assert near.held("near", "listing") == []


def test_people_who_block_each_other_see_nothing_of_each_other(cast: Cast) -> None:
    cast.donor.publish(offer())
    cast.recipient.publish(request())
    match()
    cast.donor.sync()
    cast.recipient.sync()
    assert cast.recipient.held("me", "match")
    assert cast.donor.held("near", "listing")
    with writing() as session:
        people.block(
            session.get_one(Person, cast.donor.person_id),
            session.get_one(Person, cast.recipient.person_id),
        )
    for phone in (cast.donor, cast.recipient):
        phone.sync()
        assert phone.held("near", "listing") == []


def test_a_listing_whose_time_is_over_leaves_by_itself(cast: Cast) -> None:
    cast.donor.publish(offer())
    cast.recipient.sync()
    with writing() as session:
        from webapp.listings import Listing

        for listing in session.query(Listing):
            listing.expires_at = now()
    assert expire() is True
    assert expire() is False
    cast.recipient.sync()
    cast.donor.sync()
    assert cast.recipient.held("near", "listing") == []
    assert cast.donor.held("me", "listing")[0]["status"] == "expired"


def test_a_moved_home_counts_three_times_in_thirty_days(cast: Cast) -> None:
    somebody = cast.somebody("Mia", PORTLAND)
    somebody.sync()
    outcomes = []
    for place in ("48.20,16.38", "45.50,-122.44", "40.72,-74.00", "34.06,-118.24"):
        here = somebody.held("me", "person")[0]["place"]["id"]
        result = somebody.do(
            "person.edit", somebody.person_id, {"place": place}, was={"place": here}
        )
        outcomes.append(result["outcome"])
    assert outcomes == ["done", "done", "done", "rejected"]


def test_a_first_sync_in_pages_leaves_nothing_out_whatever_the_order_of_nouns(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        cast.donor.publish(offer())
    monkeypatch.setattr(pulling, "PAGE", 2)
    new = cast.phone(cast.donor.person_id)
    new.sync()
    assert len(new.held("me", "listing")) == 3
    assert [row["id"] for row in new.held("me", "person")] == [str(cast.donor.person_id)]
