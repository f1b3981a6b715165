"""A town to look around in: fifty plausible listings around Gresham, and two accounts."""

import random
import uuid
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from webapp import geo
from webapp.database import db, now, uuid7
from webapp.fields import Fields, read_form
from webapp.listings import FORMS, publish
from webapp.people import CONSENT_VERSION, Consent, Person, sign_up
from webapp.units import km_from_mi, ml_from_oz

ACCOUNTS = ("donor@example.org", "recipient@example.org")
PASSWORD = "milkwell-demo"
LISTINGS = 50

TOWNS = (
    ("Gresham", 45.4982, -122.4315, 114_000),
    ("Portland", 45.5234, -122.6762, 640_000),
    ("Vancouver", 45.6387, -122.6615, 190_000),
    ("Beaverton", 45.4871, -122.8037, 97_000),
    ("Hillsboro", 45.5229, -122.9898, 106_000),
    ("Troutdale", 45.5393, -122.3873, 16_000),
    ("Sandy", 45.3973, -122.2615, 12_000),
    ("Oregon City", 45.3573, -122.6068, 37_000),
    ("Camas", 45.5871, -122.3995, 26_000),
    ("Estacada", 45.2896, -122.3337, 5_000),
)
"""Around one town: name, latitude, longitude, people (GeoNames, rounded)."""

Town = tuple[str, float, float, int]


def fill() -> None:
    """Make the two accounts and the listings around them, once. The caller commits."""
    if db.session.scalar(select(Person.id).where(Person.email == ACCOUNTS[0])):
        return
    chance = random.Random(20)
    donor = _account("Rosa", ACCOUNTS[0], TOWNS[0])
    recipient = _account("June", ACCOUNTS[1], TOWNS[1])
    _publish(donor, _offer(chance, volume_oz=400, kept="frozen", months=3, dairy_free=True))
    _publish(recipient, _request(chance, volume_oz=120, need="short", dairy_free_weeks=3))
    for number in range(LISTINGS - 2):
        town = chance.choice(TOWNS)
        person = _account(f"Neighbour {number + 1}", f"neighbour{number + 1}@example.org", town)
        _publish(person, _offer(chance) if number % 3 else _request(chance))


def _account(name: str, email: str, town: Town) -> Person:
    person = sign_up(name, email, PASSWORD, "en")
    if person is None:
        raise ValueError(f"{email} has an account already")
    name_of_town, latitude, longitude, people_there = town
    person.cell = geo.home_cell(latitude, longitude, lambda _cell: people_there)
    person.place, person.place_name = f"cell:{person.cell}", name_of_town
    person.country, person.units, person.time_zone = "US", "oz", "America/Los_Angeles"
    person.reach_km, person.welcomed_at, person.writes_as = km_from_mi(30), now(), "mother"
    for what in ("adult", "may_keep"):
        person.consents.append(Consent(what=what, version=CONSENT_VERSION))
    return person


def _publish(person: Person, fields: Fields) -> None:
    form = read_form(FORMS[str(fields["kind"])], fields)
    errors = form.flat_errors() if not form.validate() else publish(person, uuid7(), form)
    if errors:
        raise ValueError(f"the demo's own listing is refused: {errors}")


def _common(chance: random.Random, kind: str, volume_oz: int, miles: int) -> dict[str, Any]:
    return {
        "kind": kind,
        "volume_ml": str(ml_from_oz(volume_oz)),
        "reach_km": str(km_from_mi(miles)),
        "handover": ["public_place"],
        "open_days": str(chance.randint(12, 30)),
    }


def _offer(
    chance: random.Random,
    volume_oz: int | None = None,
    kept: str | None = None,
    months: int | None = None,
    dairy_free: bool | None = None,
) -> Fields:
    volume = volume_oz or chance.choice((20, 40, 60, 100, 150, 200, 300, 400, 650, 1500))
    state = kept or chance.choices(("frozen", "refrigerated"), (9, 1))[0]
    fields = _common(chance, "offer", volume, chance.choice((5, 10, 10, 20)))
    ends = now().date() - timedelta(days=chance.randint(0, 2))
    begins = ends - timedelta(days=30 * (months or chance.randint(1, 7)))
    fields |= {
        "batches-0-id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "batches-0-state": state,
        "batches-0-pumped_from": (begins if state == "frozen" else ends).isoformat(),
        "batches-0-pumped_to": ends.isoformat(),
        "age_band": chance.choice(("1_3m", "3_6m", "6_12m", "")),
        **{
            code: "none"
            for code in ("medicine", "alcohol", "nicotine", "cannabis")
            if chance.random() < 0.7
        },
        **({"caffeine": chance.choice(("none", "some"))} if chance.random() < 0.6 else {}),
    }
    return fields | _diet(chance, begins, dairy_free)


def _diet(chance: random.Random, begins: date, dairy_free: bool | None) -> dict[str, Any]:
    codes = ["dairy_free"] if dairy_free else []
    if dairy_free is None and chance.random() < 0.5:
        codes = chance.sample(("dairy_free", "soy_free", "gluten_free", "vegan", "organic"), 1)
    since = (begins - timedelta(days=chance.randint(30, 200))).isoformat()
    return {"diet": codes, **{f"since-{code}": since for code in codes}}


def _request(
    chance: random.Random,
    volume_oz: int | None = None,
    need: str | None = None,
    dairy_free_weeks: int | None = None,
) -> Fields:
    volume = volume_oz or chance.choice((20, 60, 100, 200, 400))
    fields = _common(chance, "request", volume, chance.choice((20, 30, 40)))
    fields |= {
        "need": need or chance.choice(("emergency", "short", "bridge_supply", "ongoing")),
        "daily_ml": str(chance.choice((150, 300, 500, 740))),
        "age_band": chance.choice(("newborn_4w", "1_3m", "3_6m", "")),
        "fragile": "no",
    }
    if dairy_free_weeks or chance.random() < 0.3:
        fields |= {"must": ["dairy_free"], "weeks-dairy_free": str(dairy_free_weeks or 2)}
    if chance.random() < 0.4:
        fields["avoid"] = ["nicotine"]
    return fields
