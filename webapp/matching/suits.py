"""How much of an offer's milk fits a need, and why the rest doesn't. Pure: plain values in and out.

Unknown is never treated as no, nor as yes. What an owner has not shared with a person is unknown in
the Milk that is judged for that person, so asking often reveals nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from webapp import geo
from webapp.matching.asking import Bag, Milk, Need
from webapp.milk import DIMENSIONS, EXPOSURES, MILK_AGE

FITS, PART, UNKNOWN, NO = "fits", "part", "unknown", "no"
WHOLE = "whole"

MONTH = timedelta(days=30.44)

Judge = Callable[[Bag], str]
_EXPOSURES = frozenset(code for code, _label in EXPOSURES)
_CODES = {name: frozenset(code for code, _label in of) for name, of in DIMENSIONS.items()}


@dataclass(frozen=True)
class Line:
    """One reason: what it is about, its verdict, and the figures that its sentence needs."""

    what: str
    verdict: str
    ml: int | None = None
    """How much fits, where part does."""
    since: str | None = None
    weeks: int | None = None
    months: int | None = None
    volume_ml: int | None = None
    distance_km: int | None = None
    asked: tuple[str, ...] | None = None
    nice: bool | None = None

    def as_row(self) -> dict[str, Any]:
        """The line for the wire, without what it doesn't say."""
        return {name: value for name, value in vars(self).items() if value is not None}


@dataclass(frozen=True)
class Fit:
    """How much fits, how much might, of how much; and the lines it stands on."""

    fit_ml: int
    unknown_ml: int
    of_ml: int
    lines: tuple[Line, ...]

    @property
    def verdict(self) -> str:
        """ "whole", "part", "unknown" or "no"."""
        if any(line.verdict == NO and not line.nice for line in self.lines):
            return NO
        if self.fit_ml:
            return WHOLE if self.fit_ml == self.of_ml else PART
        return UNKNOWN if self.unknown_ml else NO

    @property
    def wishes_unmet(self) -> int:
        """How many wishes it doesn't meet wholly."""
        return sum(1 for line in self.lines if line.nice and line.verdict != FITS)


@dataclass(frozen=True)
class _Want:
    """One thing that is asked: how each bag is judged by it, and what its line says."""

    what: str
    judge: Judge
    nice: bool
    says: dict[str, Any]


def suits(milk: Milk, need: Need, distance_km: float, blocked: bool, at: datetime) -> Fit:
    """How much of the milk fits what is needed, bag by bag.

    `distance_km` lies between the centres of both cells; `blocked` says that one of the two
    people blocks the other. Standing, people and reach come first; then each bag is judged by all
    that the need asks. The millilitres that fit, that might and that don't add up to all there is.
    """
    first = [
        _line("open", milk.is_open and need.is_open),
        _line("people", milk.person_id != need.person_id and not blocked),
        _reach(milk, need, distance_km),
    ]
    if any(line.verdict == NO for line in first) or milk.volume_ml <= 0:
        return Fit(0, 0, milk.volume_ml, (*first, _line("amount", milk.volume_ml > 0)))
    wants = [*_wants(need, at.date())]
    keeps = _Want("keeps", lambda bag: _keeps(bag, at), False, {})
    musts = [keeps, *(want for want in wants if not want.nice)]
    fit_ml, unknown_ml = _sums(milk, lambda bag: _worst(want.judge(bag) for want in musts))
    lines = [_said(want, milk) for want in (keeps, *wants)]
    amount = _amount(need, fit_ml, unknown_ml)
    told = [line for line in lines if (line.what, line.verdict) != ("keeps", FITS)]
    return Fit(fit_ml, unknown_ml, milk.volume_ml, (*first, amount, *told))


def _wants(need: Need, today: date) -> Iterable[_Want]:
    for code, weeks in need.diet.items():
        yield _Want(code, _kept(code, weeks), code not in need.must, {"weeks": weeks})
    for code in sorted(need.avoid | need.nice):
        if code in _EXPOSURES:
            yield _Want(code, _without(code), code not in need.avoid, {})
    for name in _CODES:
        yield from _choices(name, need)
    if need.milk_age_months is not None:
        oldest = today - need.milk_age_months * MONTH
        says = {"months": need.milk_age_months}
        yield _Want(MILK_AGE, lambda bag: _young(bag, oldest), MILK_AGE in need.nice, says)


def _choices(name: str, need: Need) -> Iterable[_Want]:
    """What milk has one of: it is any of what must be, and none of what is avoided."""
    codes = _CODES[name]
    allowed = (codes & need.must or codes) - need.avoid
    if allowed != codes:
        yield _Want(name, _is_of(name, allowed), False, {"asked": tuple(sorted(allowed))})
    if wished := codes & need.nice:
        yield _Want(name, _is_of(name, wished), True, {"asked": tuple(sorted(wished))})


def _kept(code: str, weeks: int) -> Judge:
    def judge(bag: Bag) -> str:
        since = bag.diet.get(code)
        if code not in bag.diet or (weeks and not (since and bag.days)):
            return UNKNOWN
        if since and bag.days:
            begins = date.fromisoformat(since) + timedelta(weeks=weeks)
            return FITS if bag.days[0] >= begins else NO
        return UNKNOWN if since else FITS

    return judge


def _without(code: str) -> Judge:
    return lambda bag: {"none": FITS, "some": NO}.get(bag.exposures.get(code, ""), UNKNOWN)


def _is_of(name: str, allowed: frozenset[str]) -> Judge:
    def judge(bag: Bag) -> str:
        code = bag.one_of.get(name)
        return UNKNOWN if code is None else FITS if code in allowed else NO

    return judge


def _young(bag: Bag, oldest: date) -> str:
    return UNKNOWN if bag.days is None else FITS if bag.days[0] >= oldest else NO


def _keeps(bag: Bag, at: datetime) -> str:
    return NO if bag.keeps_until and bag.keeps_until <= at else FITS


def _worst(verdicts: Iterable[str]) -> str:
    said = {*verdicts}
    return NO if NO in said else UNKNOWN if UNKNOWN in said else FITS


def _sums(milk: Milk, judge: Judge) -> tuple[int, int]:
    """(ml that fit, ml that might) of all there is.

    Batches whose amount nobody said share what the others leave: it fits where all of them do,
    and doesn't where none does. What no batch accounts for is like one of which nothing is known.
    """
    sums = {FITS: 0, UNKNOWN: 0, NO: 0}
    loose: set[str] = set()
    left = milk.volume_ml
    for bag in milk.bags:
        verdict = judge(bag)
        if bag.volume_ml is None:
            loose.add(verdict)
            continue
        held = min(bag.volume_ml, left)
        sums[verdict] += held
        left -= held
    if left:
        rest = loose or {judge(UNDESCRIBED)}
        sums[rest.pop() if len(rest) == 1 else UNKNOWN] += left
    return sums[FITS], sums[UNKNOWN]


UNDESCRIBED = Bag(None, None, None, {}, {}, {})


def _said(want: _Want, milk: Milk) -> Line:
    fit_ml, unknown_ml = _sums(milk, want.judge)
    verdict = (
        FITS if fit_ml == milk.volume_ml else PART if fit_ml else UNKNOWN if unknown_ml else NO
    )
    says = dict(want.says)
    if "weeks" in says:
        dates = [since for bag in milk.bags if (since := bag.diet.get(want.what))]
        says["since"] = max(dates, default=None)
    ml = fit_ml if verdict == PART else None
    return Line(want.what, verdict, ml=ml, nice=want.nice or None, **says)


def _reach(milk: Milk, need: Need, distance_km: float) -> Line:
    travels = milk.reach_km if need.donor_travels else 0
    near = geo.within_reach(distance_km, travels, need.reach_km)
    return Line("reach", FITS if near else NO, distance_km=round(distance_km))


def _amount(need: Need, fit_ml: int, unknown_ml: int) -> Line:
    usable = fit_ml or unknown_ml
    covered = usable if need.wanted_ml is None else min(usable, need.wanted_ml)
    enough = (
        FITS if fit_ml >= need.least_ml else UNKNOWN if fit_ml + unknown_ml >= need.least_ml else NO
    )
    return Line("amount", enough, volume_ml=covered)


def _line(what: str, holds: bool) -> Line:
    return Line(what, FITS if holds else NO)
