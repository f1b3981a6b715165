"""Offers and requests as people tell them: how much fits, and why the rest doesn't.

Who they are comes from what donors and families told of themselves: see docs/matching.md.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.matching.building import a_batch, a_request, ago, an_offer, fit, logged, oz, told
from webapp.listings import Listing


def since(weeks: int, before_days: int = 60) -> str:
    """The ISO day so many weeks before milk that was begun so many days ago."""
    return ago(before_days, weeks).isoformat()


def asks(**said: Any) -> Listing:
    return a_request(**said)


DAIRY = {"diet": {"dairy_free": 3}}
FREEZER = (
    a_batch(300, 200, volume_ml=oz(188)),
    a_batch(100, 5, volume_ml=oz(212)),
)
STORIES: list[tuple[str, Listing, Listing, bool, int, int, list[str]]] = [
    (
        "A mother with 1,500 oz in her freezer gives to a family that asks for nothing special",
        an_offer(a_batch(300, 3, storage="deep_freezer"), volume_ml=oz(1500)),
        asks(volume_ml=oz(3000)),
        False,
        oz(1500),
        0,
        [],
    ),
    (
        "A family with a baby that can't have cow's milk takes what was pumped 3 weeks after dairy",
        an_offer(*FREEZER, diet={"dairy_free": since(3, 100)}),
        asks(**DAIRY),
        False,
        oz(212),
        0,
        [f"dairy_free: part {oz(212)}"],
    ),
    (
        "Nobody said since when she has been without dairy, so it may fit and may not",
        an_offer(diet={"dairy_free": None}),
        asks(**DAIRY),
        False,
        0,
        oz(100),
        ["dairy_free: unknown"],
    ),
    (
        "A donor who says nothing of her diet is never taken for one who has no diet",
        an_offer(),
        asks(**DAIRY),
        False,
        0,
        oz(100),
        ["dairy_free: unknown"],
    ),
    (
        "A vegan for years gives to a family that needs milk without dairy and egg",
        an_offer(diet={"vegan": since(200)}),
        asks(diet={"dairy_free": 4, "egg_free": 2}),
        False,
        oz(100),
        0,
        ["dairy_free: fits", "egg_free: fits"],
    ),
    (
        "A mother looks for a vegan's milk, and milk without dairy alone is not known to be that",
        an_offer(diet={"dairy_free": since(50)}),
        asks(diet={"vegan": 0}),
        False,
        0,
        oz(100),
        ["vegan: unknown"],
    ),
    (
        "She had cheese one evening: what was pumped in the three weeks after doesn't fit",
        an_offer(
            a_batch(120, 61, volume_ml=oz(40)),
            a_batch(55, 40, volume_ml=oz(30)),
            a_batch(20, 3, volume_ml=oz(30)),
            diet={"dairy_free": since(30, 120)},
            calendar=(logged("off_diet", 60, 60, diet="dairy_free"),),
        ),
        asks(**DAIRY),
        False,
        oz(70),
        0,
        [f"dairy_free: part {oz(70)}"],
    ),
    (
        "Somebody who had egg was not vegan that day, but without dairy all the same",
        an_offer(
            a_batch(30, 3),
            diet={"vegan": since(50), "dairy_free": since(50)},
            calendar=(logged("off_diet", 10, 10, diet="egg_free"),),
        ),
        asks(diet={"vegan": 0, "dairy_free": 2}),
        False,
        0,
        0,
        ["vegan: no", "dairy_free: fits"],
    ),
    (
        "A grieving mother took an allergy medicine; whoever avoids medicines is told to ask",
        an_offer(exposures={"medicine": "some"}, bereaved=True),
        asks(avoid=["medicine"]),
        False,
        0,
        oz(100),
        ["medicine: unknown"],
    ),
    (
        "Who avoids medicines learns no more from silence than from an answer kept to herself",
        an_offer(),
        asks(avoid=["medicine"]),
        False,
        0,
        oz(100),
        ["medicine: unknown"],
    ),
    (
        "The same mother opened what she took to this family: now it is known not to fit",
        an_offer(exposures={"medicine": "some"}),
        asks(avoid=["medicine"]),
        True,
        0,
        0,
        ["medicine: no"],
    ),
    (
        "Antibiotics for five days, opened: the bags of those days don't fit, the rest does",
        an_offer(
            a_batch(60, 31, volume_ml=oz(50)),
            a_batch(30, 20, volume_ml=oz(20)),
            a_batch(19, 3, volume_ml=oz(30)),
            exposures={"medicine": "dated"},
            calendar=(logged("medicine", 30, 25),),
        ),
        asks(avoid=["medicine"]),
        True,
        oz(80),
        0,
        [f"medicine: part {oz(80)}"],
    ),
    (
        "The same antibiotics to a family to whom nothing was opened: not one bag is told apart",
        an_offer(
            a_batch(60, 31, volume_ml=oz(50)),
            a_batch(30, 20, volume_ml=oz(20)),
            a_batch(19, 3, volume_ml=oz(30)),
            exposures={"medicine": "dated"},
            calendar=(logged("medicine", 30, 25),),
        ),
        asks(avoid=["medicine"]),
        False,
        0,
        oz(100),
        ["medicine: unknown"],
    ),
    (
        "Noted days that lie outside all of this milk leave it free of them for everybody",
        an_offer(
            a_batch(20, 3), exposures={"medicine": "dated"}, calendar=(logged("medicine", 40, 30),)
        ),
        asks(avoid=["medicine"]),
        False,
        oz(100),
        0,
        ["medicine: fits"],
    ),
    (
        "She answered none and later noted a vaccine: none doesn't stand any more",
        an_offer(exposures={"vaccine": "none"}, calendar=(logged("vaccine", 10, 10),)),
        asks(avoid=["vaccine"]),
        False,
        0,
        oz(100),
        ["vaccine: unknown"],
    ),
    (
        "A mother who doesn't drink, smoke or take anything fits a family that avoids all of it",
        an_offer(exposures=dict.fromkeys(("medicine", "alcohol", "nicotine", "cannabis"), "none")),
        asks(avoid=["medicine", "alcohol", "nicotine", "cannabis"]),
        False,
        oz(100),
        0,
        ["alcohol: fits", "cannabis: fits", "medicine: fits", "nicotine: fits"],
    ),
    (
        "A family would rather have milk without caffeine, and takes it all the same",
        an_offer(exposures={"caffeine": "some"}),
        asks(nice=["caffeine"]),
        False,
        oz(100),
        0,
        ["caffeine: unknown (wish)"],
    ),
    (
        "Clearing out after weaning: what was pumped more than six months ago is too old for them",
        an_offer(
            a_batch(300, 200, volume_ml=oz(250)),
            a_batch(170, 60, volume_ml=oz(150)),
        ),
        asks(milk_age_months=6),
        False,
        oz(150),
        0,
        [f"milk_age: part {oz(150)}"],
    ),
    (
        "She would have to look when it was pumped, so its age is nobody's to guess",
        an_offer(a_batch(look=True, pumped_from=0)),
        asks(milk_age_months=6),
        False,
        0,
        oz(100),
        ["milk_age: unknown"],
    ),
    (
        "A doctor wants heated milk: two bags are Holder pasteurised, of the third nobody said",
        an_offer(
            a_batch(volume_ml=oz(30), treatment="holder"),
            a_batch(volume_ml=oz(30), treatment="raw"),
            a_batch(volume_ml=oz(40)),
        ),
        asks(must=["holder", "flash_heated"]),
        False,
        oz(30),
        oz(40),
        [f"treatment: part {oz(30)}"],
    ),
    (
        "A family that doesn't want scalded milk takes the rest",
        an_offer(
            a_batch(volume_ml=oz(60), treatment="raw"),
            a_batch(volume_ml=oz(40), treatment="scalded"),
        ),
        asks(avoid=["scalded"]),
        False,
        oz(60),
        0,
        [f"treatment: part {oz(60)}"],
    ),
    (
        "Only frozen milk can travel an hour; a few bags are still in the fridge",
        an_offer(
            a_batch(volume_ml=oz(90)),
            a_batch(1, 0, volume_ml=oz(10), state="refrigerated"),
        ),
        asks(must=["frozen"]),
        False,
        oz(90),
        0,
        [f"state: part {oz(90)}"],
    ),
    (
        "A baby that refuses the taste of lipase needs milk that doesn't change",
        an_offer(lipase="changes_in_freezer"),
        asks(must=["no_change", "scalded_before_freezing"]),
        False,
        0,
        0,
        ["lipase: no"],
    ),
    (
        "Two batches share an amount that nobody split, and of the half that fits nobody knows",
        an_offer(a_batch(300, 200), a_batch(60, 3), diet={"dairy_free": since(4, 60)}),
        asks(**DAIRY),
        False,
        0,
        oz(100),
        ["dairy_free: unknown"],
    ),
    (
        "Milk that lay in a fridge for five days is nobody's any more",
        an_offer(a_batch(6, 6, state="refrigerated", volume_ml=oz(10)), a_batch(volume_ml=oz(90))),
        asks(),
        False,
        oz(90),
        0,
        [f"keeps: part {oz(90)}"],
    ),
    (
        "A family asks for organic milk as a wish; not a drop less fits without it",
        an_offer(),
        asks(diet={"organic": 0}, nice=["organic"]),
        False,
        oz(100),
        0,
        ["organic: unknown (wish)"],
    ),
    (
        "Her milk is halal and she keeps that to herself: to them it is not said",
        an_offer(diet={"halal": since(100)}),
        asks(diet={"halal": 0}),
        False,
        0,
        oz(100),
        ["halal: unknown"],
    ),
    (
        "She chose to show that it is halal",
        an_offer(diet={"halal": since(100)}, show_belief=True),
        asks(diet={"halal": 0}),
        False,
        oz(100),
        0,
        ["halal: fits"],
    ),
]


@pytest.mark.parametrize(
    ("story", "offer", "request_", "opened", "fit_ml", "unknown_ml", "why"),
    [pytest.param(*told, id=told[0]) for told in STORIES],
)
def test_a_story_is_told_with_its_amount_and_its_reasons(
    story: str,
    offer: Listing,
    request_: Listing,
    opened: bool,
    fit_ml: int,
    unknown_ml: int,
    why: list[str],
) -> None:
    found = fit(offer, request_, opened=opened)
    assert (found.fit_ml, found.unknown_ml) == (fit_ml, unknown_ml), story
    assert told(found) == why, story


def test_there_are_at_least_24_stories_and_each_is_told_once() -> None:
    assert len({story[0] for story in STORIES}) == len(STORIES) >= 24


def test_a_day_that_goes_on_marks_what_is_pumped_today() -> None:
    offer = an_offer(
        a_batch(2, 0), exposures={"medicine": "none"}, calendar=(logged("medicine", 1),)
    )
    assert fit(offer, asks(avoid=["medicine"])).fit_ml == 0


def test_what_is_asked_within_a_moment_of_its_end_still_keeps() -> None:
    batch = a_batch(0, 0, state="fresh")
    assert batch.keeps_until == datetime(2026, 11, 22, 3, 59, 59, 999999, tzinfo=UTC)
    assert fit(an_offer(batch), asks()).verdict == "whole"
