"""What the donor keeps for herself, calendar and freezer, and what a family watches."""

import random
from datetime import timedelta
from typing import Any

from webapp import matching, milk
from webapp.database import now, uuid7
from webapp.fields import Fields, WireForm, read_form
from webapp.matching import Watch, WatchForm
from webapp.milk import ExposureForm, PumpingForm
from webapp.people import Person
from webapp.units import km_from_mi, ml_from_oz

PUMPED_DAYS = 24
AMOUNTS_OZ = (3, 4, 4, 4, 5, 6, 8)


def keep_calendar(donor: Person) -> None:
    """A course of antibiotics before her offers' milk, and a vaccine among it."""
    day = now().date()
    entries: list[Fields] = [
        {
            "what": "medicine",
            "name": "Amoxicillin",
            "dose": "500 mg, three times a day",
            "from_on": (day - timedelta(days=131)).isoformat(),
            "to_on": (day - timedelta(days=124)).isoformat(),
        },
        {
            "what": "vaccine",
            "name": "Flu",
            "from_on": (day - timedelta(days=31)).isoformat(),
            "to_on": (day - timedelta(days=31)).isoformat(),
        },
    ]
    for fields in entries:
        _checked(milk.log_exposure(donor, uuid7(), _form(ExposureForm, fields)))


def fill_freezer(chance: random.Random, donor: Person) -> None:
    """A pumping most evenings and some nights; the last still in the fridge."""
    for days in range(PUMPED_DAYS, -1, -1):
        for hour in (6, 21):
            if chance.random() < 0.35:
                continue
            pumped_at = now() - timedelta(days=days, hours=max(0, 22 - hour))
            fields = _where(days) | {
                "pumped_at": pumped_at.isoformat(timespec="seconds"),
                "moved_at": (pumped_at + timedelta(minutes=5)).isoformat(timespec="seconds"),
                "volume_ml": str(ml_from_oz(chance.choice(AMOUNTS_OZ))),
                "portions": "1",
                "container": "bag",
            }
            _checked(milk.log_pumping(donor, uuid7(), _form(PumpingForm, fields)))


def keep_watch(recipient: Person) -> Watch:
    """Dairy-free milk within 30 miles, at least 100 oz."""
    fields: Fields = {
        "reach_km": str(km_from_mi(30)),
        "least_ml": str(ml_from_oz(100)),
        "must": ["dairy_free"],
        "weeks-dairy_free": "2",
    }
    watch_id = uuid7()
    _checked(matching.keep_watch(recipient, watch_id, _form(WatchForm, fields)))
    return next(watch for watch in matching.watches_of(recipient.id) if watch.id == watch_id)


def _where(days: int) -> Fields:
    if days < 2:
        return {"state": "refrigerated", "storage": "fridge"}
    return {"state": "frozen", "storage": "deep_freezer"}


def _form(form_class: type[WireForm], fields: Fields) -> Any:
    form = read_form(form_class, fields)
    _checked({} if form.validate() else form.flat_errors())
    return form


def _checked(errors: dict[str, list[str]]) -> None:
    if errors:
        raise ValueError(f"the demo's own diary is refused: {errors}")
