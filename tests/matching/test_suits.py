"""Whether an offer suits a request, line by line."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from webapp.listings import Batch, Listing
from webapp.matching import Fit, rank, suits

TODAY = date(2026, 11, 21)


def an_offer(**changed: Any) -> Listing:
    batch = Batch(
        state="frozen",
        look=changed.pop("look", False),
        pumped_from=changed.pop("pumped_from", TODAY - timedelta(days=60)),
        pumped_to=TODAY,
    )
    made: dict[str, Any] = {
        "kind": "offer",
        "status": "open",
        "person_id": uuid.UUID(int=1),
        "volume_ml": 3000,
        "reach_km": 16,
        "diet": {},
        "exposures": {},
        "show_belief": False,
        "batches": [batch],
    }
    return Listing(**made | changed)


def a_request(**changed: Any) -> Listing:
    made: dict[str, Any] = {
        "kind": "request",
        "status": "open",
        "person_id": uuid.UUID(int=2),
        "volume_ml": 600,
        "reach_km": 48,
        "diet": {},
        "avoid": [],
        "milk_age_months": None,
        "need": "short",
        "by_on": None,
    }
    return Listing(**made | changed)


def fit(offer: Listing, request: Listing, km: float = 10, blocked: bool = False) -> Fit:
    return suits(offer, request, km, blocked, TODAY)


def verdict_on(what: str, found: Fit) -> str:
    return next(line.verdict for line in found.lines if line.what == what)


def ago(weeks: int) -> str:
    return (TODAY - timedelta(days=60, weeks=weeks)).isoformat()


def test_a_plain_offer_fits_a_plain_request() -> None:
    assert fit(an_offer(), a_request()).verdict == "whole"


@pytest.mark.parametrize(
    ("offer", "request_", "km", "blocked", "why"),
    [
        (an_offer(kind="request"), a_request(), 1, False, "kind"),
        (an_offer(), a_request(kind="offer"), 1, False, "kind"),
        (an_offer(status="paused"), a_request(), 1, False, "open"),
        (an_offer(), a_request(status="closed"), 1, False, "open"),
        (an_offer(person_id=uuid.UUID(int=2)), a_request(), 1, False, "people"),
        (an_offer(), a_request(), 1, True, "people"),
        (an_offer(), a_request(), 64.1, False, "reach"),
        (an_offer(volume_ml=0), a_request(), 1, False, "amount"),
    ],
)
def test_what_stands_in_the_way_is_named(
    offer: Listing, request_: Listing, km: float, blocked: bool, why: str
) -> None:
    found = fit(offer, request_, km, blocked)
    assert found.verdict == "no"
    assert verdict_on(why, found) == "no"


def test_both_travel_so_their_reaches_add() -> None:
    assert fit(an_offer(reach_km=16), a_request(reach_km=48), km=64).verdict == "whole"


@pytest.mark.parametrize(
    ("diet", "weeks", "verdict"),
    [
        ({"dairy_free": ago(3)}, 3, "fits"),
        ({"dairy_free": ago(2)}, 3, "no"),
        ({"dairy_free": None}, 3, "unknown"),
        ({"dairy_free": None}, 0, "fits"),
        ({}, 3, "unknown"),
        ({"soy_free": ago(9)}, 3, "unknown"),
        ({"vegan": ago(3)}, 3, "fits"),
        ({"vegan": ago(1)}, 3, "no"),
        ({"vegan": ago(1), "dairy_free": ago(5)}, 3, "fits"),
        ({"vegan": ago(5), "dairy_free": None}, 3, "fits"),
    ],
)
def test_a_must_over_diet_has_a_length_before_pumping(
    diet: dict[str, str | None], weeks: int, verdict: str
) -> None:
    found = fit(an_offer(diet=diet), a_request(diet={"dairy_free": weeks}))
    assert verdict_on("dairy_free", found) == verdict


def test_a_diet_can_not_be_counted_where_pumping_days_are_not_known() -> None:
    found = fit(an_offer(diet={"dairy_free": ago(9)}, look=True), a_request(diet={"dairy_free": 3}))
    assert verdict_on("dairy_free", found) == "unknown"


@pytest.mark.parametrize("shown", [True, False])
def test_a_belief_counts_only_where_its_owner_shows_it(shown: bool) -> None:
    offer = an_offer(diet={"halal": ago(9)}, show_belief=shown)
    found = fit(offer, a_request(diet={"halal": 1}))
    assert verdict_on("halal", found) == ("fits" if shown else "unknown")


@pytest.mark.parametrize(
    ("answer", "verdict"), [("none", "fits"), ("some", "unknown"), ("talk", "unknown")]
)
def test_only_none_meets_what_is_avoided_and_the_rest_reads_like_silence(
    answer: str, verdict: str
) -> None:
    said = fit(an_offer(exposures={"medicine": answer}), a_request(avoid=["medicine"]))
    silent = fit(an_offer(), a_request(avoid=["medicine"]))
    assert verdict_on("medicine", said) == verdict
    assert verdict_on("medicine", silent) == "unknown"


@pytest.mark.parametrize(
    ("days", "months", "verdict"), [(30, 1, "fits"), (32, 1, "no"), (180, 6, "fits")]
)
def test_milk_may_be_too_old(days: int, months: int, verdict: str) -> None:
    offer = an_offer(pumped_from=TODAY - timedelta(days=days))
    assert verdict_on("milk_age", fit(offer, a_request(milk_age_months=months))) == verdict


def test_one_no_decides_and_one_unknown_keeps_it_from_fitting_wholly() -> None:
    request = a_request(avoid=["medicine"], diet={"dairy_free": 3})
    assert fit(an_offer(exposures={"medicine": "none"}), request).verdict == "unknown"
    assert fit(an_offer(diet={"dairy_free": ago(1)}), request).verdict == "no"


def test_what_fits_stands_before_unknowns_then_the_soonest_need_then_the_nearest() -> None:
    whole, unknown = an_offer(), an_offer()
    tonight = a_request(need="emergency")
    asks = a_request(avoid=["medicine"])
    order = [
        rank(fit(whole, tonight), whole, tonight, 30, TODAY),
        rank(fit(whole, a_request()), whole, a_request(), 5, TODAY),
        rank(fit(whole, a_request()), whole, a_request(), 6, TODAY),
        rank(fit(unknown, asks), unknown, asks, 1, TODAY),
    ]
    assert order == sorted(order)
    assert len({*order}) == 4


def test_of_two_as_near_the_one_that_covers_more_of_the_need_comes_first() -> None:
    little, plenty, request = an_offer(volume_ml=100), an_offer(volume_ml=600), a_request()
    ranks = [rank(fit(o, request), o, request, 5, TODAY) for o in (plenty, little)]
    assert ranks == sorted(ranks)
