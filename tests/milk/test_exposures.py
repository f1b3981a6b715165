"""What a calendar says of milk: days that meet, days off a diet, and nothing that wasn't noted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matching.building import AT, TODAY, a_batch, ago, logged
from webapp.milk import Batch, Exposure, exposures, kept_since, mark

DAYS = st.integers(0, 400)


def marked(batch: Batch, *calendar: Exposure) -> list[str]:
    mark(batch, calendar)
    return batch.exposed


@pytest.mark.parametrize(
    ("entry", "meets"),
    [
        (logged("medicine", 61, 61), False),
        (logged("medicine", 70, 60), True),
        (logged("medicine", 30, 20), True),
        (logged("medicine", 3, 3), True),
        (logged("medicine", 2, 1), False),
        (logged("medicine", 90), True),
        (logged("medicine", 2), False),
    ],
)
def test_an_entry_marks_milk_of_its_days_and_no_other(entry: Exposure, meets: bool) -> None:
    assert marked(a_batch(60, 3), entry) == (["medicine"] if meets else [])


def test_milk_whose_days_she_would_have_to_look_up_may_be_of_any_day_that_still_keeps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exposures, "now", lambda: AT)
    frozen = a_batch(look=True)
    assert marked(frozen, logged("vaccine", 300, 299)) == ["vaccine"]
    assert marked(frozen, logged("vaccine", 500, 400)) == []
    assert marked(a_batch(look=True, state="refrigerated"), logged("vaccine", 30, 29)) == []


def test_taking_an_entry_away_takes_its_marks_away() -> None:
    batch = a_batch()
    assert mark(batch, [logged("illness", 10, 8)]) is True
    assert mark(batch, [logged("illness", 10, 8)]) is False
    assert mark(batch, []) is True
    assert batch.exposed == []


def test_a_day_off_a_diet_is_no_exposure_and_counts_for_what_is_pumped_after_it() -> None:
    off = logged("off_diet", 80, 78, diet="dairy_free")
    batch = a_batch(60, 3)
    assert marked(batch, off) == []
    assert batch.off_diet == {"dairy_free": ago(78).isoformat()}
    before = a_batch(100, 90)
    mark(before, [off])
    assert before.off_diet == {}


def test_a_day_off_within_the_milk_counts_to_the_end_of_what_meets_it() -> None:
    batch = a_batch(60, 30)
    mark(batch, [logged("off_diet", 40, 20, diet="soy_free")])
    assert batch.off_diet == {"soy_free": ago(30).isoformat()}
    mark(batch, [logged("off_diet", 40, diet="soy_free")])
    assert batch.off_diet == {"soy_free": ago(30).isoformat()}


@given(begins=DAYS, length=st.integers(0, 60), entry=DAYS, lasts=st.integers(0, 60))
def test_an_entry_meets_milk_exactly_where_they_have_a_day_in_common(
    begins: int, length: int, entry: int, lasts: int
) -> None:
    batch, exposure = a_batch(begins + length, begins), logged("alcohol", entry + lasts, entry)
    milk = {ago(begins + n) for n in range(length + 1)}
    days = {ago(entry + n) for n in range(lasts + 1)}
    assert exposure.meets(batch) == bool(milk & days)


@given(since=DAYS, off=DAYS)
def test_a_diet_begins_anew_the_day_after_the_last_day_off(since: int, off: int) -> None:
    kept = kept_since({"egg_free": ago(since).isoformat()}, {"egg_free": ago(off).isoformat()})
    again = max(ago(since), ago(off) + timedelta(days=1))
    assert kept == {"egg_free": again.isoformat()}


def test_who_had_dairy_was_not_vegan_and_who_had_meat_was_still_without_dairy() -> None:
    vegan = {"vegan": date(2020, 1, 1).isoformat(), "dairy_free": date(2019, 1, 1).isoformat()}
    day, after = TODAY.isoformat(), (TODAY + timedelta(days=1)).isoformat()
    assert kept_since(vegan, {"dairy_free": day})["vegan"] == after
    assert kept_since(vegan, {"vegan": day}) == {
        "vegan": after,
        "dairy_free": "2019-01-01",
        "egg_free": after,
    }
