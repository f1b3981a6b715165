"""How long milk keeps, and what one diet says of another."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.milk import DIETS, implied_diet, keeps_until

DAY = date(2026, 11, 1)
SINCE = st.one_of(st.none(), st.dates(date(2020, 1, 1), DAY).map(date.isoformat))
DIET = st.dictionaries(st.sampled_from([code for code, _label in DIETS]), SINCE)


@pytest.mark.parametrize(
    ("state", "until"),
    [
        ("frozen", datetime(2027, 11, 1, 23, 59, tzinfo=UTC)),
        ("refrigerated", datetime(2026, 11, 5, 23, 59, tzinfo=UTC)),
        ("fresh", datetime(2026, 11, 2, 3, 59, tzinfo=UTC)),
    ],
)
def test_milk_keeps_as_long_as_the_cdc_says_from_the_end_of_its_day(
    state: str, until: datetime
) -> None:
    assert keeps_until(state, DAY).replace(second=0, microsecond=0) == until


@given(diet=DIET)
def test_vegan_is_dairy_free_and_egg_free_from_the_same_date_or_an_earlier_one(
    diet: dict[str, str | None],
) -> None:
    implied = implied_diet(diet)
    assert diet.keys() <= implied.keys()
    if "vegan" not in diet:
        assert implied == diet
        return
    for code in ("dairy_free", "egg_free"):
        said = [since for since in (diet["vegan"], diet.get(code)) if since]
        assert implied[code] == (min(said) if said else None)


@given(diet=DIET)
def test_what_a_diet_implies_is_implied_once(diet: dict[str, str | None]) -> None:
    assert implied_diet(implied_diet(diet)) == implied_diet(diet)
