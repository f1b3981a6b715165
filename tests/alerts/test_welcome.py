"""Welcome hours: quiet by her own clock, so many an hour and a day, as one where she asked."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.alerts.models import ASKING, CHANGED, FREE, LETTER, MATCH, RIGHT, TEST
from webapp.alerts.welcome import COUNTED, MOST_AN_HOUR, makes_sound, wants, welcome_at
from webapp.people import Person

KINDS = (MATCH, ASKING, LETTER, CHANGED, RIGHT, FREE)
ZONES = ("UTC", "America/Los_Angeles", "Europe/Vienna", "Asia/Kolkata", "Pacific/Apia")
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def somebody(**chosen: object) -> Person:
    """A person as she is after signing up, but for what she chose."""
    usual: dict[str, object] = {
        **dict.fromkeys(
            ("tell_match", "tell_asking", "tell_letter", "tell_right", "tell_free"), "on"
        ),
        "time_zone": "UTC",
        "matches_when": "now",
        "quiet_from": 22,
        "quiet_until": 7,
        "alerts_a_day": 12,
    }
    return Person(**usual | chosen)


def heard_at(
    person: Person, kind: str, at: datetime, made_at: datetime | None = None, **more: Any
) -> datetime:
    return welcome_at(person, kind, at, made_at=made_at or at, **more)


@pytest.mark.parametrize(
    ("chosen", "at", "heard"),
    [
        ({}, "2026-11-18T12:00", "2026-11-18T12:00"),
        ({}, "2026-11-18T22:00", "2026-11-19T07:00"),
        ({}, "2026-11-19T06:59", "2026-11-19T07:00"),
        ({}, "2026-11-19T07:00", "2026-11-19T07:00"),
        ({"time_zone": "America/Los_Angeles"}, "2026-11-18T07:30", "2026-11-18T15:00"),
        ({"quiet_from": 1, "quiet_until": 6}, "2026-11-18T00:30", "2026-11-18T00:30"),
        ({"quiet_from": 1, "quiet_until": 6}, "2026-11-18T01:00", "2026-11-18T06:00"),
        ({"quiet_from": 7, "quiet_until": 7}, "2026-11-18T03:00", "2026-11-18T03:00"),
        # The night in which clocks go forward and the one in which they go back.
        ({"time_zone": "Europe/Vienna"}, "2026-03-28T23:00", "2026-03-29T05:00"),
        ({"time_zone": "Europe/Vienna"}, "2026-10-24T22:00", "2026-10-25T06:00"),
        ({"matches_when": "day"}, "2026-11-18T12:00", "2026-11-19T07:00"),
        ({"matches_when": "day"}, "2026-11-18T03:00", "2026-11-18T07:00"),
        ({"matches_when": "week"}, "2026-11-18T12:00", "2026-11-23T07:00"),
        (
            {"matches_when": "day", "quiet_from": 0, "quiet_until": 0},
            "2026-11-18T12:00",
            "2026-11-19T08:00",
        ),
        (
            {"muted_until": datetime(2026, 11, 18, 15, tzinfo=UTC)},
            "2026-11-18T12:00",
            "2026-11-18T15:00",
        ),
        (
            {"muted_until": datetime(2026, 11, 18, 23, tzinfo=UTC)},
            "2026-11-18T12:00",
            "2026-11-19T07:00",
        ),
    ],
)
def test_a_match_is_heard_of_at_a_welcome_hour(
    chosen: dict[str, object], at: str, heard: str
) -> None:
    instant = datetime.fromisoformat(at).replace(tzinfo=UTC)
    expected = datetime.fromisoformat(heard).replace(tzinfo=UTC)
    assert heard_at(somebody(**chosen), MATCH, instant) == expected


def test_her_own_emergency_waits_for_nothing() -> None:
    night = NOON.replace(hour=3)
    person = somebody(muted_until=night + timedelta(hours=5), matches_when="week", alerts_a_day=1)
    told = [night - timedelta(minutes=n) for n in range(9)]
    assert heard_at(person, MATCH, night, urgent=True, told=told) == night
    assert heard_at(person, TEST, night, told=told) == night


def test_so_many_an_hour_and_a_day_and_letters_are_not_counted() -> None:
    person = somebody(alerts_a_day=6, quiet_from=0, quiet_until=0)
    hour = [NOON - timedelta(minutes=n) for n in (5, 20, 35, 50)]
    assert heard_at(person, MATCH, NOON, told=hour[:3]) == NOON
    assert heard_at(person, MATCH, NOON, told=hour) == hour[-1] + timedelta(hours=1)
    assert heard_at(person, LETTER, NOON, told=hour) == NOON
    day = [NOON - timedelta(hours=n) for n in range(2, 14, 2)]
    assert heard_at(person, FREE, NOON, told=day) == day[-1] + timedelta(days=1)


@pytest.mark.parametrize(("chosen", "told", "loud"), [("on", 1, 1), ("quiet", 1, 0), ("off", 0, 0)])
def test_each_kind_is_on_quiet_or_off(chosen: str, told: bool, loud: bool) -> None:
    person = somebody(tell_letter=chosen)
    for kind in (LETTER, CHANGED):
        assert wants(person, kind) == bool(told)
        assert makes_sound(person, kind) == bool(loud)
    assert wants(person, MATCH)
    assert makes_sound(person, MATCH)
    assert wants(person, TEST)


people = st.builds(
    somebody,
    time_zone=st.sampled_from(ZONES),
    quiet_from=st.integers(0, 23),
    quiet_until=st.integers(0, 23),
    alerts_a_day=st.integers(1, 50),
    matches_when=st.sampled_from(("now", "day", "week")),
)
seconds = st.integers(0, 730 * 86_400)
instants = seconds.map(lambda after: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=after))


@given(people, st.sampled_from(KINDS), instants, st.lists(st.integers(0, 86_400), max_size=60))
def test_it_is_never_earlier_never_in_quiet_hours_and_settles(
    person: Person, kind: str, at: datetime, ago: list[int]
) -> None:
    told = [at - timedelta(seconds=n) for n in ago]
    heard = heard_at(person, kind, at, told=told)
    assert heard >= at
    assert heard_at(person, kind, heard, made_at=at, told=told) == heard
    hour = heard.astimezone(ZoneInfo(person.time_zone)).hour
    start, end = person.quiet_from, person.quiet_until
    quiet = start <= hour < end if start <= end else hour >= start or hour < end
    assert not quiet


@given(people, instants, st.lists(st.integers(0, 5_000), min_size=1, max_size=80))
def test_no_hour_and_no_day_holds_more_than_she_wants(
    person: Person, at: datetime, gaps: list[int]
) -> None:
    told: list[datetime] = []
    for gap in gaps:
        at += timedelta(seconds=gap)
        last = told[-1] if told else at
        told.append(heard_at(person, ASKING, max(at, last), told=told))
    assert ASKING in COUNTED
    for one in told:
        assert sum(one - timedelta(hours=1) < other <= one for other in told) <= MOST_AN_HOUR
        assert sum(one - timedelta(days=1) < other <= one for other in told) <= person.alerts_a_day
