"""Whether an offer suits a request, and why or why not. Pure: reads two listings, changes nothing.

What an owner has not shared counts as not said, so asking often reveals nothing.
"""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from webapp import geo
from webapp.listings import OPEN, Listing, shown_diet
from webapp.milk import implied_diet

FITS, UNKNOWN, NO = "fits", "unknown", "no"
WHOLE = "whole"

MONTH = timedelta(days=30.44)


@dataclass(frozen=True)
class Line:
    """One reason: what it is about, its verdict, and the figures that its sentence needs."""

    what: str
    verdict: str
    since: str | None = None
    weeks: int | None = None
    months: int | None = None
    volume_ml: int | None = None
    distance_km: int | None = None

    def as_row(self) -> dict[str, Any]:
        """The line for the wire, without what it doesn't say."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True)
class Fit:
    """The verdict on a pair ("whole", "unknown" or "no") and the lines it stands on."""

    lines: tuple[Line, ...]

    @property
    def verdict(self) -> str:
        """One "no" decides; else one unknown; else it fits wholly."""
        verdicts = {line.verdict for line in self.lines}
        return NO if NO in verdicts else UNKNOWN if UNKNOWN in verdicts else WHOLE


def suits(offer: Listing, request: Listing, distance_km: float, blocked: bool, today: date) -> Fit:
    """Whether the offer fits what the request asks, line by line.

    `distance_km` lies between the centres of both cells; `blocked` says that one of the two
    people blocks the other. Kinds, standing, reach, blocks and amount come first, then each
    diet that the milk must have, each exposure to avoid, and the age of the milk.
    """
    lines = [
        _line("kind", offer.kind == "offer" and request.kind == "request"),
        _line("open", offer.status == OPEN and request.status == OPEN),
        _line("people", offer.person_id != request.person_id and not blocked),
        _reach(offer, request, distance_km),
        _amount(offer, request),
    ]
    if any(line.verdict == NO for line in lines):
        return Fit(tuple(lines))
    said = implied_diet(shown_diet(offer))
    pumped_from = oldest_day(offer.batches)
    lines += [_diet(code, weeks, said, pumped_from) for code, weeks in request.diet.items()]
    lines += [_exposure(code, offer.exposures) for code in request.avoid]
    if request.milk_age_months:
        lines.append(_age(request.milk_age_months, pumped_from, today))
    return Fit(tuple(lines))


def rank(fit: Fit, offer: Listing, request: Listing, distance_km: float, today: date) -> int:
    """Where the pair stands among others, smaller first.

    What fits wholly before what has unknowns; then the need that ends soonest (an emergency is
    tonight's); then who is nearer; then how much of the need the offer covers.
    """
    days = 0 if request.need == "emergency" else 30
    if request.by_on and days:
        days = max(0, min(30, (request.by_on - today).days))
    missing = 9 - 9 * min(offer.volume_ml, request.volume_ml) // request.volume_ml
    certainty = 0 if fit.verdict == WHOLE else 1
    return ((certainty * 31 + days) * 1000 + round(distance_km)) * 10 + missing


def oldest_day(batches: list[Any]) -> date | None:
    """When the oldest milk was pumped; None where one batch's days are not known."""
    days = [None if batch.look else batch.pumped_from for batch in batches]
    return None if not days or None in days else min(day for day in days if day)


def _reach(offer: Listing, request: Listing, distance_km: float) -> Line:
    near = geo.within_reach(distance_km, offer.reach_km, request.reach_km)
    return Line("reach", FITS if near else NO, distance_km=round(distance_km))


def _amount(offer: Listing, request: Listing) -> Line:
    covered = min(offer.volume_ml, request.volume_ml)
    return Line("amount", FITS if covered > 0 else NO, volume_ml=covered)


def _diet(code: str, weeks: int, said: dict[str, str | None], pumped_from: date | None) -> Line:
    since = said.get(code)
    if code not in said or (weeks and not (since and pumped_from)):
        return Line(code, UNKNOWN, since=since, weeks=weeks)
    if since and pumped_from:
        begins = date.fromisoformat(since) + timedelta(weeks=weeks)
        return Line(code, FITS if pumped_from >= begins else NO, since=since, weeks=weeks)
    return Line(code, FITS if not since else UNKNOWN, since=since, weeks=weeks)


def _exposure(code: str, exposures: dict[str, str]) -> Line:
    # "Some" is hers to tell: to everybody else it reads like silence.
    return Line(code, FITS if exposures.get(code) == "none" else UNKNOWN)


def _age(months: int, pumped_from: date | None, today: date) -> Line:
    if pumped_from is None:
        return Line("milk_age", UNKNOWN, months=months)
    young = today - pumped_from <= months * MONTH
    return Line("milk_age", FITS if young else NO, months=months)


def _line(what: str, holds: bool) -> Line:
    return Line(what, FITS if holds else NO)
