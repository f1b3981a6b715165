"""Offers, requests and their days, built in memory for what is judged without a database."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from webapp.listings import Listing
from webapp.matching import Fit, milk_of, need_of, suits
from webapp.milk import Batch, Exposure, mark

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = AT.date()
OZ = 29.5735


def oz(number: float) -> int:
    """Ounces as whole millilitres."""
    return round(number * OZ)


def ago(days: int = 0, weeks: int = 0) -> date:
    """The day so long before the day of these tests."""
    return TODAY - timedelta(days=days, weeks=weeks)


def a_batch(pumped_from: int = 60, pumped_to: int = 3, **said: Any) -> Batch:
    """Milk pumped from so many days ago until so many days ago, frozen, nothing else said."""
    days = {"pumped_from": ago(pumped_from), "pumped_to": ago(pumped_to)}
    made = {"id": uuid.uuid4(), "state": "frozen", "look": False, "treatment": ""}
    return Batch(**made | days | {"exposed": [], "off_diet": {}} | said)


def an_offer(*batches: Batch, calendar: tuple[Exposure, ...] = (), **said: Any) -> Listing:
    """An open offer of all that its batches hold, or of 100 oz; her calendar marks its milk."""
    held = [batch.volume_ml for batch in batches]
    made: dict[str, Any] = {
        "id": uuid.uuid4(),
        "kind": "offer",
        "status": "open",
        "person_id": uuid.UUID(int=1),
        "volume_ml": oz(100) if not held or None in held else sum(ml for ml in held if ml),
        "reach_km": 16,
        "diet": {},
        "exposures": {},
        "lipase": "",
        "show_belief": False,
        "batches": [*(batches or (a_batch(),))],
    }
    offer = Listing(**made | said)
    for batch in offer.batches:
        mark(batch, calendar)
    return offer


def a_request(**said: Any) -> Listing:
    """An open request for 20 oz that asks for nothing special."""
    made: dict[str, Any] = {
        "id": uuid.uuid4(),
        "kind": "request",
        "status": "open",
        "person_id": uuid.UUID(int=2),
        "volume_ml": oz(20),
        "reach_km": 48,
        "diet": {},
        "must": [],
        "nice": [],
        "avoid": [],
        "milk_age_months": None,
        "need": "short",
        "by_on": None,
        "in_hand_days": None,
        "daily_ml": None,
        "emergency_until": None,
        "fresh_at": AT,
    }
    return Listing(**made | said)


def logged(what: str, from_days: int, to_days: int | None = None, **said: Any) -> Exposure:
    """An entry of the calendar, from so many days ago until so many days ago; None goes on."""
    to_on = None if to_days is None else ago(to_days)
    return Exposure(what=what, from_on=ago(from_days), to_on=to_on, diet=said.get("diet", ""))


def fit(
    offer: Listing,
    request: Listing,
    km: float = 10,
    blocked: bool = False,
    opened: bool = False,
) -> Fit:
    """How the offer suits the request, to somebody to whom nothing or everything was opened."""
    return suits(milk_of(offer, opened), need_of(request, AT), km, blocked, AT)


def verdict_on(what: str, found: Fit) -> str:
    """The verdict of one line."""
    return next(line.verdict for line in found.lines if line.what == what)


def told(found: Fit) -> list[str]:
    """The lines beside those on reach and amount, as "what: verdict" with the ml that fit."""
    spoken = [
        line for line in found.lines if line.what not in ("open", "people", "reach", "amount")
    ]
    return [
        f"{line.what}: {line.verdict}{f' {line.ml}' if line.ml else ''}"
        f"{' (wish)' if line.nice else ''}"
        for line in spoken
    ]
