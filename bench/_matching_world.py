"""A million open requests and some offers, as rows of Milkwell's own tables, by a seed.

Most live like world cities, 10,000 in one region and 100,000 in one city, so that what is near can
stay the same while what exists grows.
"""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench import _cities
from webapp import geo
from webapp.geo.towns import Town
from webapp.milk import DIETS, EXPOSURES

SEED = 11
WORLD, REGION, CITY = 890_000, 10_000, 100_000
REGION_TOWN = "Portland"
OFFERS = {"world": 300, "region": 200, "city": 8}
ALONE_KM = 400
"""Nobody else lives so near the region: beyond any two reaches."""
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)

REACHES = (5, 10, 16, 24, 40, 48, 80, 150), (8, 14, 22, 20, 16, 12, 6, 2)

Row = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a listing stands, and which part of the world it belongs to."""

    cell: str
    part: str


def places(part: str, count: int, seed: int) -> Iterator[Place]:
    """So many homes in a part of the world."""
    chance = random.Random(seed)
    region = _town(REGION_TOWN)
    if part != "world":
        town = region if part == "region" else _cities.largest()
        for _ in range(count):
            yield Place(_cities.home_in(town, chance), part)
        return
    lonely = (region.latitude, region.longitude)
    for cell in _cities.homes(count, seed):
        if geo.great_circle_km(lonely, geo.centre(cell)) > ALONE_KM:
            yield Place(cell, part)


def requests(part: str, count: int) -> Iterator[tuple[Row, list[Row]]]:
    """Open requests as rows of `listing`, each with no batches."""
    chance = random.Random(f"{part} requests")
    for place in places(part, count, SEED):
        yield _request(place, chance), []


def offers(part: str, count: int) -> Iterator[tuple[Row, list[Row]]]:
    """Open offers as rows of `listing`, each with its rows of `batch`."""
    chance = random.Random(f"{part} offers")
    for place in places(part, count, SEED + 1):
        yield _offer(place, chance)


def person_of(listing: Row) -> Row:
    """The row of `person` that a listing belongs to."""
    person_id = listing["person_id"]
    return {
        "id": person_id,
        "email": f"{person_id}@example.org",
        "password_hash": "",
        "name": "Somebody",
        "writes_as": "parent",
        "language": "en",
        "time_zone": "UTC",
        "units": "ml",
        "place": "",
        "place_name": listing["note"],
        "country": "",
        "cell": listing["cell"],
        "reach_km": listing["reach_km"],
        "tell_match": "on",
        "tell_asking": "on",
        "tell_letter": "on",
        "tell_right": "on",
        "tell_free": "on",
        "matches_when": "now",
        "quiet_from": 22,
        "quiet_until": 7,
        "alerts_a_day": 12,
        "mail_me": 1,
        "alerts_detail": 0,
        "read_marks": 0,
        "near_epoch": 0,
        "made_at": _instant(AT),
    }


def _request(place: Place, chance: random.Random) -> Row:
    emergency = chance.random() < 0.01
    fresh = AT - timedelta(days=chance.uniform(0, 13))
    return _listing(place, chance, "request", fresh) | {
        "volume_ml": chance.choice((600, 1200, 3000, 6000, 12000)) + chance.randint(0, 90),
        "reach_km": chance.choices(*REACHES)[0],
        "need": "emergency" if emergency else chance.choice(("short", "ongoing", "stockpile")),
        "emergency_until": _instant(AT + timedelta(days=2)) if emergency else None,
        **_ends(chance, fresh, emergency),
        **_asks(chance),
    }


def _ends(chance: random.Random, fresh: datetime, emergency: bool) -> Row:
    """When the need ends: half of them say so, some by a date, some by what they have in hand."""
    said, in_hand_days = chance.random(), chance.randint(13, 34)
    by_on = (AT + timedelta(days=chance.randint(0, 30))).date() if said < 0.3 else None
    runs_out = (fresh + timedelta(days=in_hand_days)).date() if 0.2 < said < 0.5 else None
    ends = [day for day in (by_on, runs_out) if day]
    ends_on = AT.date() if emergency else min(ends, default=date.max)
    return {
        "by_on": by_on and by_on.isoformat(),
        "in_hand_days": in_hand_days if runs_out else None,
        "ends_on": ends_on.isoformat(),
    }


def _asks(chance: random.Random) -> Row:
    weeks = {code: chance.choice((0, 2, 3, 4)) for code in _some(chance, DIETS, (60, 30, 8, 2))}
    avoid = _some(chance, EXPOSURES, (35, 30, 15, 12, 8))
    must = chance.choices(([], ["raw"], ["frozen"], ["no_change"]), (80, 6, 10, 4))[0]
    nice = [code for code in weeks if chance.random() < 0.3]
    return {
        "diet": json.dumps(weeks),
        "must": json.dumps(must),
        "nice": json.dumps(nice),
        "avoid": json.dumps(avoid),
        "milk_age_months": chance.choices((None, 3, 6, 12), (80, 5, 10, 5))[0],
    }


def _offer(place: Place, chance: random.Random) -> tuple[Row, list[Row]]:
    diet = {
        code: (AT - timedelta(days=chance.randint(60, 500))).date().isoformat()
        for code in _some(chance, DIETS, (30, 40, 20, 10))
    }
    exposures = {
        code: chance.choices(("none", "some", "talk"), (70, 20, 10))[0]
        for code, _label in EXPOSURES
        if chance.random() < 0.7
    }
    many = chance.randint(1, 3)
    each_ml = chance.choice((500, 1500, 3000))
    listing = _listing(place, chance, "offer", AT) | {
        "volume_ml": each_ml * many + chance.choice((0, 0, 400)),
        "reach_km": chance.choice((5, 16, 16, 40)),
        "diet": json.dumps(diet),
        "exposures": json.dumps(exposures),
        "lipase": chance.choices(("", "no_change", "not_tested"), (6, 3, 1))[0],
    }
    return listing, [_batch(listing["id"], each_ml, chance) for _ in range(many)]


def _batch(listing_id: str, volume_ml: int, chance: random.Random) -> Row:
    begins = AT - timedelta(days=chance.randint(10, 200))
    look = chance.random() < 0.1
    row: Row = dict.fromkeys(
        ("container", "storage", "frozen_within", "stage", "pooled", "thawed", "power_loss"), ""
    )
    return row | {
        "id": _id(chance),
        "listing_id": listing_id,
        "state": "frozen",
        "pumped_from": None if look else begins.date().isoformat(),
        "pumped_to": None if look else (begins + timedelta(days=7)).date().isoformat(),
        "look": int(look),
        "volume_ml": None if chance.random() < 0.2 else volume_ml,
        "portions": None,
        "treatment": chance.choice(("", "raw", "raw", "scalded")),
        "labelled": "",
        "exposed": "[]",
        "off_diet": "{}",
    }


def _listing(place: Place, chance: random.Random, kind: str, fresh: datetime) -> Row:
    empty = {"diet": "{}", "exposures": "{}", "details": "{}"}
    lists = dict.fromkeys(("handover", "must", "nice", "avoid"), "[]")
    words = dict.fromkeys(("place", "age_band", "lipase", "need", "fragile"), "")
    flags = dict.fromkeys(("bereaved", "show_belief", "clinician_read", "told", "traits"), 0)
    unsaid = dict.fromkeys(
        (
            "by_on",
            "daily_ml",
            "in_hand_days",
            "milk_age_months",
            "emergency_until",
            "match_due_at",
        )
    )
    return (
        empty
        | lists
        | words
        | flags
        | unsaid
        | {
            "id": _id(chance),
            "person_id": _id(chance),
            "kind": kind,
            "status": "open",
            "ends_on": date.max.isoformat(),
            "total_ml": 0,
            "cell": place.cell,
            "feed_cell": geo.feed_cell(place.cell),
            "note": place.part,
            "open_days": 14,
            "published_at": _instant(fresh),
            "fresh_at": _instant(fresh),
            "expires_at": _instant(AT + timedelta(days=14)),
        }
    )


def _some(chance: random.Random, choices: Iterable[Any], weights: tuple[int, ...]) -> list[str]:
    many = chance.choices(range(len(weights)), weights)[0]
    return sorted(chance.sample([code for code, _label in choices], many))


def _id(chance: random.Random) -> str:
    return f"{chance.getrandbits(128):032x}"


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def _town(name: str) -> Town:
    return next(town for town in _cities.towns() if town.name == name)
