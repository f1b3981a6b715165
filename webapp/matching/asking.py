"""What a pair is judged on: milk as one person sees it, and a need. Plain values, no tables."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from webapp.listings import Listing, shown_diet, shown_exposure
from webapp.milk import EXPOSURES, Batch, Since, kept_since, must_diets

NONE, SOME = "none", "some"


@dataclass(frozen=True)
class Bag:
    """A batch as one person sees it. What isn't known to her is None or isn't there."""

    volume_ml: int | None
    """None where nobody said: such batches share what the others leave."""
    days: tuple[date, date] | None
    keeps_until: datetime | None
    diet: Since
    """{diet: since when it was kept before this milk, None where there is no date}"""
    exposures: Mapping[str, str]
    """{exposure: "none" or "some"} of what she may know; nothing else is there."""
    one_of: Mapping[str, str]
    """{dimension: code} of what milk has one of: treatment, state, lipase."""


@dataclass(frozen=True)
class Milk:
    """An offer as one person sees it."""

    person_id: uuid.UUID
    volume_ml: int
    reach_km: int
    is_open: bool
    bags: tuple[Bag, ...]


@dataclass(frozen=True)
class Need:
    """What a request or a watch asks for."""

    person_id: uuid.UUID
    wanted_ml: int | None
    """None for a watch: it takes any amount from `least_ml` on."""
    reach_km: int
    is_open: bool
    diet: Mapping[str, int] = field(default_factory=dict)
    """{diet: weeks before pumping}, wishes too."""
    must: frozenset[str] = frozenset()
    nice: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    milk_age_months: int | None = None
    least_ml: int = 1
    ends_on: date | None = None
    """When it runs out, or by when it is needed; None where nothing was said."""
    is_emergency: bool = False
    daily_ml: int | None = None
    donor_travels: bool = True
    """Whether the donor's reach is added; a watch counts from home alone."""


def milk_of(offer: Listing, opened: bool = False) -> Milk:
    """The offer as anybody near sees it, or as one person to whom her answers were opened."""
    return Milk(
        person_id=offer.person_id,
        volume_ml=offer.volume_ml,
        reach_km=offer.reach_km,
        is_open=offer.status == "open",
        bags=tuple(_bag(offer, batch, opened) for batch in offer.batches),
    )


def need_of(request: Listing, at: datetime) -> Need:
    """What a request asks for at this moment."""
    return Need(
        person_id=request.person_id,
        wanted_ml=request.volume_ml,
        reach_km=request.reach_km,
        is_open=request.status == "open",
        ends_on=ends_on(request),
        is_emergency=request.is_emergency(at),
        daily_ml=request.daily_ml,
        **asked_of(request),
    )


def asked_of(row: Any) -> dict[str, Any]:
    """What a request's or a watch's row asks of the milk, as members of a Need."""
    return {
        "diet": row.diet,
        "must": frozenset({*must_diets(row), *row.must}),
        "nice": frozenset(row.nice),
        "avoid": frozenset(row.avoid),
        "milk_age_months": row.milk_age_months,
    }


def ends_on(request: Listing) -> date | None:
    """The day a need runs out: by when she asked for it, or when what she has in hand ends."""
    days = [request.by_on] if request.by_on else []
    if request.in_hand_days is not None:
        days.append(request.fresh_at.date() + timedelta(days=request.in_hand_days))
    return min(days) if days else None


def _bag(offer: Listing, batch: Batch, opened: bool) -> Bag:
    one_of = {"treatment": batch.treatment, "state": batch.state, "lipase": offer.lipase}
    codes = (code for code, _label in EXPOSURES)
    return Bag(
        volume_ml=batch.volume_ml,
        days=batch.days,
        keeps_until=batch.keeps_until,
        diet=kept_since(shown_diet(offer), batch.off_diet),
        exposures=_told(offer, batch, codes) if opened else _shown(offer, codes),
        one_of={name: code for name, code in one_of.items() if code},
    )


def _shown(offer: Listing, codes: Iterable[str]) -> dict[str, str]:
    # What isn't "none" on the card is unknown, of each batch alike: asking often reveals nothing.
    return {code: NONE for code in codes if shown_exposure(offer, code) == NONE}


def _told(offer: Listing, batch: Batch, codes: Iterable[str]) -> dict[str, str]:
    told = {code: _answer(offer.exposures.get(code, ""), code, batch) for code in codes}
    return {code: answer for code, answer in told.items() if answer}


def _answer(said: str, code: str, batch: Batch) -> str:
    """ "none", "some" or "" where it can't be known of this batch."""
    if code in batch.exposed:
        return SOME if batch.days else ""
    return {"none": NONE, "dated": NONE, "some": SOME}.get(said, "")
