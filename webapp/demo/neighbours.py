"""Who lives around: people of many origins in real towns, who can't sign in."""

import math
import random
from datetime import datetime, timedelta
from functools import cache

from webapp import geo
from webapp.database import db, uuid7
from webapp.demo.data.names import FATHERS, NAMES, SPANISH
from webapp.demo.data.towns import TOWNS, Town
from webapp.people import CONSENT_VERSION, Consent, Person
from webapp.units import km_from_mi

NO_PASSWORD = ""
"""No hash at all, so that no password ever fits."""
SPEAKS_SPANISH = 0.14
KM_PER_DEGREE = 111.2


def neighbour(chance: random.Random, number: int, kind: str, since: datetime) -> Person:
    """Somebody who offers or asks, with an account since that instant and no way to sign in."""
    spanish = chance.random() < SPEAKS_SPANISH
    role = "mother" if kind == "offer" else _role(chance)
    names = FATHERS if role == "father" else SPANISH if spanish else NAMES
    person = Person(
        id=uuid7(),
        name=chance.choice(names),
        email=f"neighbour{number}@example.org",
        password_hash=NO_PASSWORD,
        language="es" if spanish else "en",
        made_at=since,
    )
    db.session.add(person)
    settle(person, somewhere(chance), chance.choice((10, 10, 15, 20, 30, 40)), since)
    person.writes_as = role
    person.tell_asking = "on" if chance.random() < 0.85 else "off"
    if chance.random() < 0.06:
        person.units = "ml"
    return person


def settle(person: Person, town: Town, reach_mi: int, since: datetime) -> None:
    """Give a person a home, a reach and her consent, as the welcome page does."""
    move(person, town)
    person.country, person.units, person.time_zone = "US", "oz", "America/Los_Angeles"
    person.reach_km, person.welcomed_at, person.writes_as = km_from_mi(reach_mi), since, "mother"
    for what in ("adult", "may_keep"):
        person.consents.append(Consent(what=what, version=CONSENT_VERSION, given_at=since))


def move(person: Person, town: Town) -> None:
    """Give a person that town's cell, as coarse as few people live there."""
    name, latitude, longitude, _people = town
    person.cell = geo.home_cell(latitude, longitude, lambda cell: _people_in().get(cell, 0))
    person.place, person.place_name = f"cell:{person.cell}", name


def town_named(name: str) -> Town:
    """The town of that name."""
    return next(town for town in TOWNS if town[0] == name)


def somewhere(chance: random.Random) -> Town:
    """A town, the likelier the more people it has, and a spot in it or near its edge."""
    [(name, latitude, longitude, people)] = chance.choices(TOWNS, _weights())
    spread = (0.4 + math.sqrt(people) / 130) / KM_PER_DEGREE
    north = chance.gauss(0, spread)
    east = chance.gauss(0, spread) / math.cos(math.radians(latitude))
    return name, latitude + north, longitude + east, people


def earlier(chance: random.Random, at: datetime) -> datetime:
    """When somebody signed up who wrote at that instant: some minutes to some months before."""
    return at - timedelta(minutes=chance.choice((4, 7, 15, 40)), days=_days_before(chance))


def _days_before(chance: random.Random) -> int:
    return chance.choice((0, 0, 0, 1, 5, 20, 60, 120, 200))


def _role(chance: random.Random) -> str:
    roles = ("mother", "father", "parent", "guardian")
    return chance.choices(roles, (78, 8, 10, 4))[0]


@cache
def _weights() -> list[float]:
    return [people**0.85 for _name, _latitude, _longitude, people in TOWNS]


@cache
def _people_in() -> dict[str, int]:
    """How many people live in each resolution-5 cell, before there is a place index to ask."""
    found: dict[str, int] = {}
    for _name, latitude, longitude, people in TOWNS:
        cell = geo.home_cell(latitude, longitude, lambda _cell: 0)
        found[cell] = found.get(cell, 0) + people
    return found
