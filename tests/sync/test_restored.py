"""A server restored from a backup: phones send again what it lost, and nothing is doubled."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.cast import Cast, Phone, offer, operation, today
from webapp import sync
from webapp.alerts import Device
from webapp.database import reading, uuid7, writing
from webapp.listings import Listing
from webapp.sync import pulling
from webapp.sync.models import FeedCounter


@contextmanager
def lost() -> Iterator[None]:
    """What is done inside lies in a future that the backup doesn't know."""
    with writing() as session:
        backup = session.get_one(FeedCounter, 1).seq
    yield
    with writing() as session:
        session.get_one(FeedCounter, 1).seq = backup
        sync.begin_timeline()


def begins_anew(phone: Phone) -> bool:
    """Whether the server tells this phone to begin anew, and so to send again."""
    return bool(phone.send().json["scopes"]["me"].get("reset"))


def test_an_outcome_that_changed_no_row_of_hers_is_known_to_be_lost(cast: Cast) -> None:
    theirs = cast.donor.publish(offer())
    cast.recipient.sync()
    with lost():
        report = {"listing": theirs, "reason": "other", "note": ""}
        assert cast.recipient.do("report.make", uuid7(), report)["outcome"] == "done"
    assert begins_anew(cast.recipient)


def test_an_outcome_told_with_the_first_of_many_pages_is_known_to_be_lost(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulling, "PAGE", 2)
    other = cast.phone(cast.donor.person_id)
    other.sync()
    for _ in range(5):
        cast.donor.publish(offer())
    with lost():
        late = operation("listing.publish", uuid7(), offer())
        answer = other.send(late).json
        assert answer["results"][0]["outcome"] == "done"
        assert answer["scopes"]["me"]["more"]
        other._keep(answer)
    assert begins_anew(other)


def test_what_was_told_before_the_backup_is_not_asked_for_again(cast: Cast) -> None:
    cast.donor.publish(offer())
    with lost():
        pass
    assert "scopes" not in cast.donor.send().json


def test_what_is_about_something_that_is_lost_waits_for_it(cast: Cast) -> None:
    """It may be another phone's to send it again: a listing's edit, an answer to a letter."""
    edit = {"fields": {"note": "x"}, "was": {"note": ""}}
    early = [
        operation("message.send", uuid7(), {"conversation": str(uuid7()), "text": "Gladly."}),
        operation("listing.edit", uuid7(), **edit),
        operation("conversation.leave", uuid7()),
        operation("listing.block", uuid7()),
    ]
    outcomes = [
        result["outcome"] for result in cast.donor.send(*early, renewed=True).json["results"]
    ]
    assert outcomes == ["waiting"] * 4
    # Nothing is recorded: from a phone that knows of no restored server it is judged.
    assert [result["outcome"] for result in cast.donor.sync(*early)] == ["rejected"] * 4


def test_a_phone_that_comes_from_the_lost_future_is_met_with_patience(cast: Cast) -> None:
    other = cast.phone(cast.donor.person_id)
    with lost():
        cast.donor.publish(offer())
        other.sync()
    edit = operation("listing.edit", uuid7(), {"note": "x"}, was={"note": ""})
    assert other.send(edit).json["results"][0]["outcome"] == "waiting"


def test_what_is_wrong_in_itself_is_refused_of_a_renewed_phone_too(cast: Cast) -> None:
    wrong = operation("listing.publish", uuid7(), offer(volume_ml="-1"))
    assert cast.donor.send(wrong, renewed=True).json["results"][0]["outcome"] == "rejected"


def test_an_old_offer_sent_again_is_not_asked_about(cast: Cast) -> None:
    days_ago = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    again = operation("listing.publish", uuid7(), offer(), made_at=days_ago, again=True)
    assert cast.donor.sync(again)[0]["outcome"] == "done"


@pytest.mark.parametrize("verb", ["listing.withdraw", "listing.gave"])
def test_an_edit_of_what_is_over_asks_and_her_yes_opens_it_again(cast: Cast, verb: str) -> None:
    listing = cast.donor.publish(offer())
    cast.donor.do(verb, listing, {"volume_ml": "11830"} if verb == "listing.gave" else {})
    edit = {"fields": {"note": "After six", "volume_ml": "300"}, "was": {"volume_ml": "0"}}
    if verb == "listing.withdraw":
        edit = {"fields": {"note": "After six"}, "was": {}}
    asked = cast.donor.do("listing.edit", listing, **edit)
    assert asked["outcome"] == "confirm"
    assert "again, with this change" in asked["errors"]["status"][0]
    yes = {**edit, "fields": {**edit["fields"], "reopen": "y"}}
    done = cast.donor.do("listing.edit", listing, **yes)
    (row,) = done["rows"]["listing"]
    assert (row["status"], row["fields"]["note"]) == ("open", "After six")
    assert row["fresh_on"] == today()


def test_a_page_is_as_large_as_the_phone_asks_and_says_how_much_is_left(cast: Cast) -> None:
    for _ in range(7):
        cast.donor.publish(offer())
    near = cast.recipient.send(most=3).json["scopes"]["near"]
    assert len(near["put"]["listing"]) == 3
    assert near["left"] == 4
    cast.recipient._keep({"scopes": {"near": near}})
    last = cast.recipient.send(most=100).json["scopes"]["near"]
    assert len(last["put"]["listing"]) == 4
    assert "left" not in last


@pytest.mark.parametrize("most", [0, -1, 201, "3", 2.5, True, None])
def test_a_page_of_no_size_is_refused_in_words(cast: Cast, most: object) -> None:
    response = cast.donor.send(most=most)
    assert response.status_code == 400
    assert "200 rows" in response.json["message"]


def test_a_first_page_begins_with_herself_and_her_own(cast: Cast) -> None:
    for _ in range(3):
        cast.donor.publish(offer())
    put = cast.phone(cast.donor.person_id).send(most=2).json["scopes"]["me"]["put"]
    assert [*put] == ["person", "listing"]


def test_a_phone_that_holds_anothers_rows_is_known_by_them_alone(cast: Cast) -> None:
    """A server restored from a backup may have forgotten whose phone it is."""
    cast.donor.publish(offer())
    cast.donor.sync()
    with writing() as session:
        session.delete(session.get_one(Device, uuid.UUID(cast.donor.device)))
    cast.recipient.device, cast.recipient.cursors = cast.donor.device, cast.donor.cursors
    refused = cast.recipient.send(operation("listing.publish", uuid7(), offer()))
    assert (refused.status_code, refused.json["error"]) == (409, "other_device")
    with reading() as session:
        assert session.get(Device, uuid.UUID(cast.donor.device)) is None
        assert session.scalar(select(func.count()).select_from(Listing)) == 1
