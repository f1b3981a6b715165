"""What is done with a listing, and when its time is over."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast, Phone, offer, request, today
from webapp.database import now, writing
from webapp.listings import Listing
from webapp.worker import expire


def mine(phone: Phone) -> dict[str, Any]:
    (row,) = phone.held("me", "listing")
    return row


def days_open(row: dict[str, Any]) -> float:
    return (datetime.fromisoformat(row["expires_at"]) - now()) / timedelta(days=1)


IN_THE_FRIDGE = offer(
    batches__0__state="refrigerated",
    batches__0__pumped_from=today(-2),
    batches__0__pumped_to=today(-1),
)


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        (offer(), 30),
        (offer(open_days="7"), 7),
        (offer(batches__0__pumped_from=today(-360)), 6),
        (IN_THE_FRIDGE, 3),
        (offer(batches__0__look="y", batches__0__pumped_from=None), 30),
        (request(open_days="30"), 14),
        (request(open_days="30", need="ongoing"), 30),
    ],
)
def test_a_listing_ends_by_its_kind_or_when_its_milk_does(
    cast: Cast, fields: dict[str, Any], days: int
) -> None:
    cast.donor.publish(fields)
    assert days - 1.1 < days_open(mine(cast.donor)) <= days


def test_an_emergencys_label_runs_out_by_itself(cast: Cast) -> None:
    cast.recipient.publish(request(need="emergency"))
    until = datetime.fromisoformat(mine(cast.recipient)["emergency_until"])
    assert timedelta(hours=71) < until - now() <= timedelta(hours=72)


def test_a_label_that_ran_out_leaves_an_ordinary_need_on_every_phone(cast: Cast) -> None:
    cast.recipient.publish(request(need="emergency"))
    cast.donor.sync()
    with writing() as session:
        for listing in session.query(Listing):
            listing.emergency_until = now()
    assert expire() is True
    assert expire() is False
    cast.donor.sync()
    cast.recipient.sync()
    assert cast.donor.held("near", "listing")[0]["need"] == "short"
    assert "emergency_until" not in mine(cast.recipient)


def test_giving_part_leaves_the_rest_and_giving_all_closes(cast: Cast) -> None:
    row = cast.donor.publish(offer(volume_ml="1000"))
    cast.donor.do("listing.gave", row, {"volume_ml": "400"})
    assert (mine(cast.donor)["volume_ml"], mine(cast.donor)["status"]) == (600, "open")
    refused = cast.donor.do("listing.gave", row, {"volume_ml": "601"})
    assert refused["errors"] == {"volume_ml": ["That is more than was left."]}
    cast.donor.do("listing.gave", row, {"volume_ml": "600"})
    assert (mine(cast.donor)["volume_ml"], mine(cast.donor)["status"]) == (0, "closed")


def test_enough_closes_a_request_and_not_an_offer(cast: Cast) -> None:
    assert cast.donor.do("listing.enough", cast.donor.publish(offer()))["outcome"] == "rejected"
    row = cast.recipient.publish(request())
    assert cast.recipient.do("listing.enough", row)["outcome"] == "done"
    assert mine(cast.recipient)["status"] == "closed"


def test_a_paused_listing_comes_back_and_a_withdrawn_one_does_not(cast: Cast) -> None:
    row = cast.donor.publish(offer())
    for verb, status in (("pause", "paused"), ("resume", "open"), ("withdraw", "withdrawn")):
        cast.donor.do(f"listing.{verb}", row)
        assert mine(cast.donor)["status"] == status
    for verb in ("pause", "resume", "renew"):
        assert cast.donor.do(f"listing.{verb}", row)["outcome"] == "rejected"


def test_renewing_makes_it_fresh_and_open_as_long_again(cast: Cast) -> None:
    row = cast.donor.publish(offer())
    with writing() as session:
        for listing in session.query(Listing):
            listing.expires_at = listing.fresh_at = now() - timedelta(days=1)
            listing.status = "expired"
    assert cast.donor.do("listing.renew", row)["outcome"] == "done"
    assert mine(cast.donor)["status"] == "open"
    assert days_open(mine(cast.donor)) > 29
    assert mine(cast.donor)["fresh_on"] == today()


def test_milk_whose_time_is_over_is_not_renewed(cast: Cast) -> None:
    row = cast.donor.publish(IN_THE_FRIDGE)
    with writing() as session:
        for listing in session.query(Listing):
            listing.batches[0].pumped_from -= timedelta(days=9)
    assert cast.donor.do("listing.renew", row)["outcome"] == "rejected"


def test_what_she_said_comes_back_as_she_said_it(cast: Cast) -> None:
    said = offer(
        note="a note\nof two lines",
        medicine="some",
        medicine_detail="sertraline 50 mg",
        caffeine="none",
        since__dairy_free=None,
    )
    cast.donor.publish(said)
    assert mine(cast.donor)["fields"] == said


def test_a_fragile_babys_family_reads_the_clinicians_page_first(cast: Cast) -> None:
    unread = cast.recipient.do("listing.publish", cast.donor.device, request(fragile="preterm"))
    assert "fragile" in unread["errors"]
    cast.recipient.publish(request(fragile="preterm", clinician_read="y"))


def test_a_listings_place_moves_five_times_a_day(cast: Cast) -> None:
    row = cast.donor.publish(offer())
    towns = ["48.20,16.38", "45.50,-122.44", "40.72,-74.00"]
    towns += ["34.06,-118.24", "51.50,-0.12", "48.86,2.36"]
    outcomes = []
    for town in towns:
        was = {"place": mine(cast.donor)["fields"].get("place", "")}
        outcomes.append(cast.donor.do("listing.edit", row, {"place": town}, was=was)["outcome"])
    assert outcomes == ["done"] * 5 + ["rejected"]


def test_what_was_given_still_counts_in_the_total(cast: Cast) -> None:
    row = cast.donor.publish(offer(volume_ml="1000"))
    cast.donor.do("listing.gave", row, {"volume_ml": "400"})
    held = cast.donor.held("me", "listing")[0]
    assert (held["volume_ml"], held["total_ml"]) == (600, 1000)
    cast.donor.do("listing.edit", row, {"volume_ml": "900"}, was={"volume_ml": "600"})
    held = cast.donor.held("me", "listing")[0]
    assert (held["volume_ml"], held["total_ml"]) == (900, 1300)
