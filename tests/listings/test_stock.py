"""What leaves an offer's bags when milk is given: what she names, else the oldest first."""

import uuid
from typing import Any

import pytest

from tests.cast import Cast, Fields, Phone, offer, today
from webapp.database import uuid7

# A phone reads bags in the order of their ids.
OLD, NEW = sorted(str(uuid.uuid4()) for _ in range(2))


def bags(*volumes: int | None, **changed: Any) -> Fields:
    """An offer of two batches, the older first, with these amounts in ml."""
    fields = offer(volume_ml="1000", **changed)
    days = ((-200, -100, OLD), (-90, -3, NEW))
    for number, (volume, (begins, ends, batch_id)) in enumerate(zip(volumes, days, strict=True)):
        fields |= {
            f"batches-{number}-id": batch_id,
            f"batches-{number}-state": "frozen",
            f"batches-{number}-pumped_from": today(begins),
            f"batches-{number}-pumped_to": today(ends),
        }
        if volume:
            fields[f"batches-{number}-volume_ml"] = str(volume)
    return fields


def left(phone: Phone) -> dict[str, str | None]:
    """{batch id: ml} of her one offer, as her phone has it."""
    (row,) = phone.held("me", "listing")
    fields = row["fields"]
    ids = [name for name in fields if name.startswith("batches-") and name.endswith("-id")]
    return {fields[name]: fields.get(name.removesuffix("id") + "volume_ml") for name in sorted(ids)}


def give(phone: Phone, row: str, volume_ml: int, batch: str = "") -> dict[str, Any]:
    return phone.do("listing.gave", row, {"volume_ml": str(volume_ml), "batch": batch})


@pytest.mark.parametrize(
    ("volumes", "given_ml", "batch", "then"),
    [
        ((400, 600), 300, "", {OLD: "100", NEW: "600"}),
        ((400, 600), 400, "", {NEW: "600"}),
        ((400, 600), 700, "", {NEW: "300"}),
        ((400, 600), 300, NEW, {OLD: "400", NEW: "300"}),
        ((400, 600), 600, NEW, {OLD: "400"}),
        ((400, None), 300, "", {OLD: "400", NEW: None}),
        ((400, None), 700, "", {OLD: "300", NEW: None}),
        ((None, None), 300, "", {OLD: None, NEW: None}),
    ],
)
def test_what_is_given_leaves_the_bag_she_names_else_the_oldest_first(
    cast: Cast,
    volumes: tuple[int | None, ...],
    given_ml: int,
    batch: str,
    then: dict[str, str | None],
) -> None:
    row = cast.donor.publish(bags(*volumes))
    assert give(cast.donor, row, given_ml, batch)["outcome"] == "done"
    assert left(cast.donor) == then
    (listing,) = cast.donor.held("me", "listing")
    assert listing["volume_ml"] == 1000 - given_ml


@pytest.mark.parametrize(
    ("given_ml", "batch", "name"),
    [(401, OLD, "volume_ml"), (1001, "", "volume_ml"), (10, str(uuid.uuid4()), "batch")],
)
def test_no_more_leaves_than_was_there(cast: Cast, given_ml: int, batch: str, name: str) -> None:
    row = cast.donor.publish(bags(400, 600))
    refused = give(cast.donor, row, given_ml, batch)
    assert refused["outcome"] == "rejected"
    assert [*refused["errors"]] == [name]
    assert left(cast.donor) == {OLD: "400", NEW: "600"}


def test_ounces_that_were_rounded_up_bag_by_bag_are_no_more_than_the_whole(cast: Cast) -> None:
    cast.donor.publish(bags(401, 600))
    (listing,) = cast.donor.held("me", "listing")
    assert listing["volume_ml"] == 1001


def test_a_batch_stands_in_an_offer_once(cast: Cast) -> None:
    twice = bags(400, 600) | {"batches-1-id": OLD}
    refused = cast.donor.do("listing.publish", uuid7(), twice)
    assert refused["errors"] == {"batches": ["The same milk is here twice."]}


def test_an_edit_of_one_bag_on_two_phones_conflicts_as_a_whole_and_of_two_merges(
    cast: Cast,
) -> None:
    row = cast.donor.publish(bags(400, 600))
    (listing,) = cast.donor.held("me", "listing")
    other = cast.phone(cast.donor.person_id)

    def unit(number: int, **changed: str) -> tuple[Fields, Fields]:
        was = {
            name.replace(f"batches-{number}-", "batches-0-"): value
            for name, value in listing["fields"].items()
            if name.startswith(f"batches-{number}-")
        }
        return was | {f"batches-0-{name}": value for name, value in changed.items()}, was

    mine, was = unit(0, storage="deep_freezer")
    theirs, was_theirs = unit(1, storage="fridge_freezer")
    clash, _was = unit(0, container="glass")
    assert cast.donor.do("listing.edit", row, mine, was=was)["outcome"] == "done"
    assert other.do("listing.edit", row, theirs, was=was_theirs)["outcome"] == "done"
    refused = other.do("listing.edit", row, clash, was=was)
    assert refused["outcome"] == "conflict"
    assert refused["conflicts"]["batches-0-container"] == {"yours": "glass", "theirs": ""}
    cast.donor.sync()
    (listing,) = cast.donor.held("me", "listing")
    kept = {value for name, value in listing["fields"].items() if name.endswith("storage")}
    assert kept == {"deep_freezer", "fridge_freezer"}


def logged(phone: Phone, volume_ml: int = 100) -> str:
    """A pumping in her freezer; its id."""
    pumping_id = str(uuid7())
    fields = {
        "pumped_at": f"{today(-20)}T10:00:00Z",
        "volume_ml": str(volume_ml),
        "state": "frozen",
        "storage": "deep_freezer",
    }
    assert phone.do("pumping.log", pumping_id, fields)["outcome"] == "done"
    return pumping_id


def standing(phone: Phone) -> dict[str, str | None]:
    """{pumping id: the batch it stands in} as her phone has it."""
    phone.sync()
    return {row["id"]: row.get("batch") for row in phone.held("me", "pumping")}


def test_a_bag_that_an_edit_takes_out_is_free_again_on_every_phone(cast: Cast) -> None:
    one, two = logged(cast.donor), logged(cast.donor)
    fields = bags(400, 600) | {"batches-0-pumpings": [one], "batches-1-pumpings": [two]}
    row = cast.donor.publish(fields)
    assert standing(cast.donor) == {one: OLD, two: NEW}
    (listing,) = cast.donor.held("me", "listing")
    was = {
        name: value for name, value in listing["fields"].items() if name.startswith("batches-1-")
    }
    gone = dict.fromkeys(was, "")
    assert cast.donor.do("listing.edit", row, gone, was=was)["outcome"] == "done"
    assert left(cast.donor) == {OLD: "400"}
    assert standing(cast.donor) == {one: OLD, two: None}


@pytest.mark.parametrize("verb", ["withdraw", "gave"])
def test_what_an_offer_that_is_over_did_not_give_is_free_again(cast: Cast, verb: str) -> None:
    one = logged(cast.donor, 300)
    row = cast.donor.publish(bags(400, 600) | {"batches-1-pumpings": [one]})
    fields = {"volume_ml": "1000"} if verb == "gave" else {}
    assert cast.donor.do(f"listing.{verb}", row, fields)["outcome"] == "done"
    cast.donor.sync()
    (pumping,) = cast.donor.held("me", "pumping")
    assert pumping.get("gone", "") == ("given" if verb == "gave" else "")
    assert (pumping.get("batch") is None) == (verb == "withdraw")
