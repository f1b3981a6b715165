"""How long milk keeps where it is, and whose number that is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.milk import KEEPS, keeping, keeps_until

PUMPED = datetime(2026, 11, 2, 3, 10, tzinfo=UTC)
LATER = PUMPED + timedelta(hours=30)
BARE = PUMPED.replace(tzinfo=None)
MOMENTS = st.datetimes(BARE - timedelta(days=900), BARE, timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("state", "until", "number"),
    [
        ("fresh", PUMPED + timedelta(hours=4), "4 hours"),
        ("refrigerated", PUMPED + timedelta(days=4), "4 days"),
        ("frozen", PUMPED + timedelta(days=365), "6 months is best, 12 months is acceptable"),
    ],
)
def test_milk_keeps_from_when_it_was_pumped_and_the_cdc_says_so(
    state: str, until: datetime, number: str
) -> None:
    kept = keeping.keeps(state, PUMPED, False, LATER)
    assert kept.until == until
    assert (str(kept.fact.number), str(kept.fact.authority)) == (number, "CDC")
    assert str(kept.fact.read) == "As read in November 2026."


def test_a_freezer_has_a_time_that_is_best_within_the_one_that_is_acceptable() -> None:
    kept = keeping.keeps("frozen", PUMPED, False, None)
    assert kept.best_until == PUMPED + timedelta(days=182, hours=12)
    assert keeping.keeps("refrigerated", PUMPED, False, None).best_until is None


@pytest.mark.parametrize(
    ("state", "hours", "number"),
    [("refrigerated", 24, "24 hours"), ("fresh", 2, "1 to 2 hours")],
)
def test_thawed_milk_keeps_from_when_it_thawed(state: str, hours: int, number: str) -> None:
    kept = keeping.keeps(state, PUMPED, True, LATER)
    assert kept.until == LATER + timedelta(hours=hours)
    assert str(kept.fact.number) == number
    assert "Thawed" in str(kept.fact.about)


def test_when_nobody_knows_when_it_thawed_nobody_says_how_long_it_keeps() -> None:
    assert keeping.keeps("refrigerated", PUMPED, True, None).until is None


def test_milk_frozen_again_keeps_for_no_time_that_anybody_names() -> None:
    kept = keeping.keeps("frozen", PUMPED, True, LATER)
    assert (kept.until, kept.best_until) == (None, None)
    assert str(kept.fact.number) == "Never freeze it again"


@given(moment=MOMENTS, state=st.sampled_from([*KEEPS]))
def test_a_pumping_never_keeps_longer_than_a_batch_of_its_day(moment: datetime, state: str) -> None:
    until = keeping.keeps(state, moment, False, None).until
    assert until is not None
    assert until <= keeps_until(state, date(moment.year, moment.month, moment.day))


def test_a_phone_is_told_the_same_numbers_in_seconds() -> None:
    assert keeping.numbers() == {
        "fresh": 4 * 3600,
        "refrigerated": 4 * 86400,
        "frozen": 365 * 86400,
        "best": 365 * 43200,
        "thawed-refrigerated": 24 * 3600,
        "thawed-fresh": 2 * 3600,
    }
