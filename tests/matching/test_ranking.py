"""Which of two matches stands first: the table of ranking.py."""

from datetime import timedelta
from typing import Any

import pytest

from tests.matching.building import AT, TODAY, a_batch, a_request, an_offer, oz
from webapp.listings import Listing
from webapp.matching import milk_of, need_of, rank, suits

TONIGHT = {"need": "emergency", "emergency_until": AT + timedelta(hours=9)}
HALF = an_offer(
    a_batch(300, 200, volume_ml=oz(50)), a_batch(20, 3, volume_ml=oz(50)), volume_ml=oz(100)
)


def place(offer: Listing, km: float, **said: Any) -> int:
    milk, need = milk_of(offer), need_of(a_request(**said), AT)
    return rank(suits(milk, need, km, False, AT), milk, need, km, TODAY)


@pytest.mark.parametrize(
    ("why", "first", "second"),
    [
        (
            "what fits wholly stands before what fits in part, however far",
            place(an_offer(), 60),
            place(HALF, 1, milk_age_months=3),
        ),
        (
            "what fits in part stands before what nobody knows",
            place(HALF, 60, milk_age_months=3),
            place(an_offer(), 1, avoid=["medicine"]),
        ),
        (
            "even where the unknown one is needed tonight",
            place(HALF, 60, milk_age_months=3),
            place(an_offer(), 1, avoid=["medicine"], **TONIGHT),
        ),
        (
            "of two that fit, the need that is for tonight comes first",
            place(an_offer(), 60, **TONIGHT),
            place(an_offer(), 1, by_on=TODAY + timedelta(days=1)),
        ),
        (
            "then the day by which it is needed",
            place(an_offer(), 60, by_on=TODAY + timedelta(days=2)),
            place(an_offer(), 1, by_on=TODAY + timedelta(days=3)),
        ),
        (
            "what is in hand runs out like a day that was named",
            place(an_offer(), 60, in_hand_days=2),
            place(an_offer(), 1, by_on=TODAY + timedelta(days=3)),
        ),
        (
            "a need without a day stands after one with a day",
            place(an_offer(), 60, by_on=TODAY + timedelta(days=29)),
            place(an_offer(), 1),
        ),
        ("then the nearer", place(an_offer(), 5), place(an_offer(), 6)),
        (
            "then the one that covers more of the need",
            place(an_offer(volume_ml=oz(20)), 5),
            place(an_offer(volume_ml=oz(10)), 5),
        ),
        (
            "then the one that meets more wishes",
            place(an_offer(exposures={"alcohol": "none"}), 5, nice=["alcohol"]),
            place(an_offer(), 5, nice=["alcohol"]),
        ),
    ],
)
def test_of_two_matches(why: str, first: int, second: int) -> None:
    assert first < second, why
