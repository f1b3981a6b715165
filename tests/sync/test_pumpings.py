"""Her freezer over the wire: what she logs goes in once, and nobody else ever hears of it."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.cast import SAME_ORIGIN, Cast, Phone, offer, operation
from webapp.database import uuid7, writing
from webapp.people import Person

Fields = dict[str, Any]


def moment(hours_ago: float = 1) -> str:
    """An instant as phones write it."""
    at = datetime.now(UTC) - timedelta(hours=hours_ago)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def pumping(**changed: Any) -> Fields:
    """4 oz, pumped an hour ago, in the fridge."""
    fields: Fields = {
        "pumped_at": moment(),
        "volume_ml": "118",
        "state": "refrigerated",
        "storage": "fridge",
    }
    return {name: value for name, value in (fields | changed).items() if value is not None}


def logged(phone: Phone, **changed: Any) -> str:
    pumping_id = str(uuid7())
    result = phone.do("pumping.log", pumping_id, pumping(**changed))
    assert result["outcome"] == "done", result
    return pumping_id


def fields_there(phone: Phone) -> Fields:
    (row,) = phone.held("me", "pumping")
    fields: Fields = row["fields"]
    return fields


def test_a_pumping_is_logged_once_and_answered_as_it_was_written(cast: Cast) -> None:
    said = pumping(container="bag", portions="2", labelled="both", moved_at=moment(0.5))
    made = operation("pumping.log", uuid7(), said)
    first, second = cast.donor.sync(made), cast.donor.sync(made)
    assert first == second
    (row,) = first[0]["rows"]["pumping"]
    assert row == {"id": made["row"], "fields": said}
    assert cast.donor.held("me", "pumping") == [row]


@pytest.mark.parametrize(
    ("changed", "name", "words"),
    [
        ({"volume_ml": None}, "volume_ml", "This one needs an answer."),
        ({"volume_ml": "0"}, "volume_ml", "Write a number from 1 to 3000."),
        ({"volume_ml": "3001"}, "volume_ml", "Write a number from 1 to 3000."),
        ({"volume_ml": "1.000,5"}, "volume_ml", "Write a whole number."),
        ({"pumped_at": None}, "pumped_at", "This one needs an answer."),
        ({"pumped_at": "yesterday"}, "pumped_at", "Write the day and the time."),
        ({"pumped_at": "2026-11-02"}, "pumped_at", "Write the day and the time."),
        ({"pumped_at": "2026-11-02T03:10"}, "pumped_at", "Write the day and the time."),
        ({"pumped_at": "2026-02-30T03:10:00Z"}, "pumped_at", "There is no such day."),
        ({"pumped_at": "0001-01-01T00:00:00+14:00"}, "pumped_at", "There is no such day."),
        ({"pumped_at": "1926-11-02T03:10:00Z"}, "pumped_at", "That is too long ago."),
        ({"pumped_at": moment(-15)}, "pumped_at", "That is still to come."),
        ({"moved_at": moment(3)}, "moved_at", "That is before it was pumped."),
        ({"state": None, "storage": None}, "state", "This one needs an answer."),
        ({"state": "cooked", "storage": None}, "state", "That is not one of the answers."),
        (
            {"storage": "deep_freezer"},
            "storage",
            "That is not where milk is when it is kept like this.",
        ),
        ({"portions": "51"}, "portions", "Write a number from 1 to 50."),
        ({"thawed": "perhaps"}, "thawed", "That is not one of the answers."),
        ({"price": "20"}, "price", "Milkwell does not ask this."),
    ],
)
def test_a_bad_answer_is_refused_in_words_at_its_own_name(
    cast: Cast, changed: Fields, name: str, words: str
) -> None:
    result = cast.donor.do("pumping.log", uuid7(), pumping(**changed))
    assert result["outcome"] == "rejected"
    assert result["errors"] == {name: [words]}
    assert cast.donor.held("me", "pumping") == []


def test_a_phone_whose_zone_is_wrong_may_be_hours_ahead(cast: Cast) -> None:
    logged(cast.donor, pumped_at=moment(-13))


def test_an_edit_changes_what_it_names_and_two_phones_merge(cast: Cast) -> None:
    pumping_id = logged(cast.donor)
    second = cast.phone(cast.donor.person_id)
    second.sync()
    assert fields_there(second)["volume_ml"] == "118"
    cast.donor.do("pumping.edit", pumping_id, {"volume_ml": "150"}, was={"volume_ml": "118"})
    second.do("pumping.edit", pumping_id, {"container": "glass"}, was={"container": ""})
    there = fields_there(second)
    assert (there["volume_ml"], there["container"]) == ("150", "glass")
    both = second.do("pumping.edit", pumping_id, {"volume_ml": "90"}, was={"volume_ml": "118"})
    assert both["outcome"] == "conflict"
    assert both["conflicts"] == {"volume_ml": {"yours": "90", "theirs": "150"}}


def test_moved_to_the_freezer_it_is_there_since_the_phone_moved_it(cast: Cast) -> None:
    pumping_id = logged(cast.donor, pumped_at=moment(30))
    moved = operation("pumping.move", pumping_id, {"state": "frozen", "storage": "deep_freezer"})
    moved["made_at"] = (datetime.now(UTC) - timedelta(hours=2)).isoformat()
    assert cast.donor.sync(moved)[0]["outcome"] == "done"
    there = fields_there(cast.donor)
    assert (there["state"], there["storage"]) == ("frozen", "deep_freezer")
    since = datetime.now(UTC) - datetime.fromisoformat(there["moved_at"])
    assert timedelta(hours=1, minutes=59) < since < timedelta(hours=2, minutes=1)
    assert "thawed" not in there


def test_from_one_freezer_to_another_it_stays_frozen_since_it_froze(cast: Cast) -> None:
    froze = moment(20)
    pumping_id = logged(
        cast.donor,
        pumped_at=moment(30),
        state="frozen",
        storage="fridge_freezer",
        moved_at=froze,
    )
    cast.donor.do("pumping.move", pumping_id, {"state": "frozen", "storage": "deep_freezer"})
    assert fields_there(cast.donor)["moved_at"] == froze


def test_out_of_the_freezer_it_is_thawed_and_never_frozen_again(cast: Cast) -> None:
    pumping_id = logged(cast.donor, state="frozen", storage=None)
    cast.donor.do("pumping.move", pumping_id, {"state": "refrigerated", "storage": "fridge"})
    assert fields_there(cast.donor)["thawed"] == "yes"
    result = cast.donor.do("pumping.move", pumping_id, {"state": "frozen"})
    assert result["errors"] == {"state": ["Thawed milk is never frozen again (CDC)."]}
    assert fields_there(cast.donor)["state"] == "refrigerated"


@pytest.mark.parametrize(("verb", "gone"), [("used", "used"), ("discard", "discarded")])
def test_what_is_gone_says_so_and_can_be_put_back(cast: Cast, verb: str, gone: str) -> None:
    pumping_id = logged(cast.donor)
    cast.donor.do(f"pumping.{verb}", pumping_id)
    (row,) = cast.donor.held("me", "pumping")
    assert row["gone"] == gone
    assert row["gone_at"]
    moved = cast.donor.do("pumping.move", pumping_id, {"state": "frozen"})
    assert moved["errors"] == {"": ["This milk is gone. Put it back first."]}
    cast.donor.do("pumping.restore", pumping_id)
    (row,) = cast.donor.held("me", "pumping")
    assert not {"gone", "gone_at"} & set(row)


def test_what_was_logged_by_mistake_is_as_if_it_had_never_been(cast: Cast) -> None:
    pumping_id = logged(cast.donor)
    removed = operation("pumping.remove", pumping_id)
    first, second = cast.donor.sync(removed), cast.donor.sync(removed)
    assert first == second
    assert first[0]["outcome"] == "done"
    assert cast.donor.held("me", "pumping") == []


def test_a_new_phone_is_told_of_what_is_there_and_not_of_what_went_long_ago(cast: Cast) -> None:
    from webapp.milk import Pumping

    there, lately, long_ago = (logged(cast.donor) for _ in range(3))
    for each in (lately, long_ago):
        cast.donor.do("pumping.used", each)
    with writing() as session:
        old = session.get_one(Pumping, uuid.UUID(long_ago))
        old.gone_at = datetime.now(UTC) - timedelta(days=500)
    second = cast.phone(cast.donor.person_id)
    second.sync()
    assert {row["id"] for row in second.held("me", "pumping")} == {there, lately}


VERBS: list[tuple[str, Fields]] = [
    ("pumping.edit", {"volume_ml": "150"}),
    ("pumping.move", {"state": "frozen"}),
    ("pumping.used", {}),
    ("pumping.discard", {}),
    ("pumping.restore", {}),
    ("pumping.remove", {}),
]


@pytest.mark.parametrize(("kind", "fields"), VERBS)
def test_an_outsider_can_do_nothing_with_it_and_learns_nothing(
    cast: Cast, kind: str, fields: Fields
) -> None:
    pumping_id = logged(cast.donor)
    hers = cast.outsider.do(kind, pumping_id, fields)
    nobodys = cast.outsider.do(kind, uuid7(), fields)
    assert hers["outcome"] == "rejected"
    assert hers["errors"] == nobodys["errors"]
    cast.donor.sync()
    assert fields_there(cast.donor)["volume_ml"] == "118"


def test_another_can_not_take_its_id(cast: Cast) -> None:
    pumping_id = logged(cast.donor)
    taken = cast.outsider.do("pumping.log", pumping_id, pumping())
    assert taken["outcome"] == "rejected"
    assert cast.outsider.held("me", "pumping") == []


def test_no_other_phone_ever_hears_of_it(cast: Cast) -> None:
    recipient, outsider = cast.recipient, cast.outsider
    pumping_id = logged(cast.donor)
    for phone in (recipient, outsider):
        phone.sync()
        assert pumping_id not in json.dumps([[*rows] for rows in phone.rows.values()])
        assert phone.held("me", "pumping") == phone.held("near", "pumping") == []


def test_signed_out_nothing_is_done_or_told(cast: Cast) -> None:
    body = {
        "protocol": 1,
        "device": str(uuid7()),
        "sent_at": datetime.now(UTC).isoformat(),
        "operations": [operation("pumping.log", uuid7(), pumping())],
        "cursors": {"me": ""},
    }
    response = cast.stranger.post("/api/sync", json=body, headers=SAME_ORIGIN)
    assert response.status_code == 401
    assert "results" not in response.json


def test_who_has_not_finished_signing_up_logs_nothing(cast: Cast) -> None:
    donor_id = cast.donor.person_id
    with writing() as session:
        donor = session.get_one(Person, donor_id)
        donor.consents.clear()
    result = cast.donor.do("pumping.log", uuid7(), pumping())
    assert result["errors"] == {"": ["Finish signing up first: two questions are still open."]}


def offered(*pumping_ids: str, **more: Any) -> Fields:
    """An offer of 400 oz whose batch was made from these."""
    return offer(batches__0__pumpings=[*pumping_ids], batches__0__volume_ml="11830", **more)


def test_what_stands_in_an_offer_says_so_and_leaves_with_what_was_given(cast: Cast) -> None:
    older, younger = (
        logged(cast.donor, state="frozen", storage=None, pumped_at=moment(age)) for age in (900, 90)
    )
    fields = offered(older, younger)
    listing_id = cast.donor.publish(fields)
    batch = fields["batches-0-id"]
    assert {row["batch"] for row in cast.donor.held("me", "pumping")} == {batch}
    (own,) = cast.donor.held("me", "listing")
    assert sorted(own["fields"]["batches-0-pumpings"]) == sorted([older, younger])
    assert cast.donor.do("pumping.remove", older)["errors"] == {
        "": ["This milk stands in an offer of yours. Take it out there first."]
    }
    cast.donor.do("listing.gave", listing_id, {"volume_ml": "150"})
    there = sorted(
        (int(row["fields"]["volume_ml"]), row.get("gone", ""))
        for row in cast.donor.held("me", "pumping")
    )
    assert there == [(32, "given"), (86, ""), (118, "given")]
    cast.donor.do("listing.withdraw", listing_id)
    free = {row["id"]: row.get("batch") for row in cast.donor.held("me", "pumping")}
    assert (free[older], free[younger]) == (batch, None)


def test_milk_that_is_not_hers_is_offered_by_nobody_else(cast: Cast) -> None:
    others = logged(cast.donor, state="frozen", storage=None)
    result = cast.recipient.do("listing.publish", uuid7(), offered(others))
    assert result["errors"] == {"batches-0-pumpings": ["Some of this milk is not in your freezer."]}
    cast.donor.sync()
    (row,) = cast.donor.held("me", "pumping")
    assert "batch" not in row


def test_no_card_tells_of_a_freezer(cast: Cast) -> None:
    pumping_id = logged(cast.donor, state="frozen", storage=None)
    cast.donor.publish(offered(pumping_id))
    cast.recipient.sync()
    (card,) = cast.recipient.held("near", "listing")
    assert pumping_id not in json.dumps(card)
