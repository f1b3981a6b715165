"""What stands between a pair at all, and what holds of every fit."""

import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matching.building import a_batch, a_request, ago, an_offer, fit, logged, verdict_on
from webapp.listings import Listing
from webapp.milk import DIETS, EXPOSURES, LIPASES, STATES, TREATMENTS, WEEKS

CODES = st.sampled_from


def codes(choices: Any) -> list[str]:
    return [code for code, _label in choices]


def test_a_plain_offer_fits_a_plain_request() -> None:
    assert fit(an_offer(), a_request()).verdict == "whole"


@pytest.mark.parametrize(
    ("offer", "request_", "km", "blocked", "why"),
    [
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
        ({"dairy_free": 3}, 3, "fits"),
        ({"dairy_free": 2}, 3, "no"),
        ({"dairy_free": None}, 3, "unknown"),
        ({"dairy_free": None}, 0, "fits"),
        ({}, 3, "unknown"),
        ({"soy_free": 9}, 3, "unknown"),
        ({"vegan": 3}, 3, "fits"),
        ({"vegan": 1}, 3, "no"),
        ({"vegan": 1, "dairy_free": 5}, 3, "fits"),
        ({"vegan": 5, "dairy_free": None}, 3, "fits"),
    ],
)
def test_a_must_over_diet_has_a_length_before_pumping(
    diet: dict[str, int | None], weeks: int, verdict: str
) -> None:
    since = {
        code: None if kept is None else ago(60, kept).isoformat() for code, kept in diet.items()
    }
    found = fit(an_offer(diet=since), a_request(diet={"dairy_free": weeks}))
    assert verdict_on("dairy_free", found) == verdict


def test_a_diet_can_not_be_counted_where_pumping_days_are_not_known() -> None:
    kept = {"dairy_free": ago(300).isoformat()}
    found = fit(an_offer(a_batch(look=True), diet=kept), a_request(diet={"dairy_free": 3}))
    assert verdict_on("dairy_free", found) == "unknown"


PRIVATE = [
    {"exposures": {code: answer}, "details": {code: name}}
    for code in codes(EXPOSURES)
    for answer, name in (("some", "sertraline"), ("talk", ""))
]


@pytest.mark.parametrize("kept", PRIVATE)
def test_whatever_she_keeps_to_herself_reads_like_silence(kept: dict[str, Any]) -> None:
    """Twenty requests that each avoid one thing get twenty identical answers."""
    for avoided in codes(EXPOSURES):
        request = a_request(avoid=[avoided])
        said, silent = fit(an_offer(**kept), request), fit(an_offer(), request)
        assert said == silent


BATCHES = st.lists(
    st.builds(
        lambda begins, length, volume_ml, look, **said: a_batch(
            begins + length, begins, volume_ml=volume_ml, look=look, **said
        ),
        begins=st.integers(0, 300),
        length=st.integers(0, 60),
        volume_ml=st.none() | st.integers(1, 3000),
        look=st.booleans(),
        state=CODES(codes(STATES)),
        treatment=CODES(["", *codes(TREATMENTS)]),
    ),
    min_size=1,
    max_size=5,
)
DAYS = st.none() | st.integers(0, 400).map(lambda days: ago(days).isoformat())
CALENDAR = st.lists(
    st.builds(
        lambda what, begins, length, diet: logged(
            what, begins + length, begins, diet=diet if what == "off_diet" else ""
        ),
        what=CODES([*codes(EXPOSURES), "off_diet"]),
        begins=st.integers(0, 300),
        length=st.integers(0, 30),
        diet=CODES(codes(DIETS)),
    ),
    max_size=3,
)
OFFERS = st.builds(
    lambda batches, calendar, **said: an_offer(*batches, calendar=tuple(calendar), **said),
    batches=BATCHES,
    calendar=CALENDAR,
    volume_ml=st.integers(1, 9000),
    diet=st.dictionaries(CODES(codes(DIETS)), DAYS, max_size=3),
    exposures=st.dictionaries(
        CODES(codes(EXPOSURES)), CODES(["none", "dated", "some", "talk"]), max_size=4
    ),
    lipase=CODES(["", *codes(LIPASES)]),
    show_belief=st.booleans(),
)
OF_MILK = [*codes(TREATMENTS), *codes(STATES), *codes(LIPASES)]
WANTS = st.fixed_dictionaries(
    {
        "diet": st.dictionaries(CODES(codes(DIETS)), CODES(WEEKS), max_size=2),
        "must": st.lists(CODES(OF_MILK), max_size=2, unique=True),
        "avoid": st.lists(CODES([*codes(EXPOSURES), *OF_MILK]), max_size=3, unique=True),
        "milk_age_months": st.none() | CODES([1, 3, 6, 12]),
    }
)


@given(offer=OFFERS, wants=WANTS, opened=st.booleans())
def test_what_fits_and_what_might_never_exceed_what_is_there(
    offer: Listing, wants: dict[str, Any], opened: bool
) -> None:
    found = fit(offer, a_request(**wants), opened=opened)
    assert min(found.fit_ml, found.unknown_ml) >= 0
    assert found.fit_ml + found.unknown_ml <= found.of_ml == offer.volume_ml


@given(offer=OFFERS, wants=WANTS, opened=st.booleans(), code=CODES(codes(EXPOSURES)))
def test_an_exposure_more_never_raises_the_fit_of_a_request_that_avoids_it(
    offer: Listing, wants: dict[str, Any], opened: bool, code: str
) -> None:
    request = a_request(**wants | {"avoid": [*{*wants["avoid"], code}]})
    before = fit(offer, request, opened=opened)
    for batch in offer.batches:
        batch.exposed = sorted({*batch.exposed, code})
    after = fit(offer, request, opened=opened)
    assert after.fit_ml <= before.fit_ml


@given(
    offer=OFFERS,
    wants=WANTS,
    opened=st.booleans(),
    more=st.one_of(
        st.tuples(st.just("diet"), CODES(codes(DIETS))),
        st.tuples(st.just("avoid"), CODES([*codes(EXPOSURES), *OF_MILK])),
        st.tuples(st.just("milk_age_months"), CODES([1, 3])),
    ),
)
def test_asking_for_more_never_raises_the_fit(
    offer: Listing, wants: dict[str, Any], opened: bool, more: tuple[str, Any]
) -> None:
    name, value = more
    narrower: dict[str, Any] = dict(wants)
    if name == "diet":
        narrower["diet"] = wants["diet"] | {value: max(WEEKS)}
    elif name == "avoid":
        narrower["avoid"] = [*{*wants["avoid"], value}]
    else:
        narrower[name] = min(value, wants[name] or value)
    before = fit(offer, a_request(**wants), opened=opened)
    after = fit(offer, a_request(**narrower), opened=opened)
    assert after.fit_ml <= before.fit_ml
    assert after.fit_ml + after.unknown_ml <= before.fit_ml + before.unknown_ml


@given(offer=OFFERS, wants=WANTS, opened=st.booleans(), chance=st.randoms(use_true_random=False))
def test_the_order_of_batches_does_not_matter(
    offer: Listing, wants: dict[str, Any], opened: bool, chance: Any
) -> None:
    before = fit(offer, a_request(**wants), opened=opened)
    shuffled = [*offer.batches]
    chance.shuffle(shuffled)
    held = sum(batch.volume_ml or 0 for batch in shuffled)
    offer.volume_ml = max(offer.volume_ml, held)
    before = fit(offer, a_request(**wants), opened=opened)
    offer.batches = shuffled
    assert fit(offer, a_request(**wants), opened=opened) == before


@given(offer=OFFERS, code=CODES(codes(EXPOSURES)), opened=st.booleans())
def test_unknown_never_counts_as_free_of(offer: Listing, code: str, opened: bool) -> None:
    offer.exposures = {name: said for name, said in offer.exposures.items() if name != code}
    found = fit(offer, a_request(avoid=[code]), opened=opened)
    assert found.fit_ml == 0
    assert verdict_on(code, found) in ("unknown", "no", "part") if opened else "unknown"


@given(offer=OFFERS, weeks=CODES(WEEKS), code=CODES(codes(DIETS)))
def test_a_diet_that_nobody_said_is_never_kept(offer: Listing, weeks: int, code: str) -> None:
    offer.diet = {name: since for name, since in offer.diet.items() if name not in (code, "vegan")}
    found = fit(offer, a_request(diet={code: weeks}))
    assert found.fit_ml == 0
    assert verdict_on(code, found) == "unknown"
