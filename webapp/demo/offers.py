"""What donors offer: amounts, milk, diets and answers, in the shares that studies found."""

import random
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from webapp.database import now
from webapp.demo.data import offer_notes
from webapp.demo.moments import Moments
from webapp.fields import Fields
from webapp.milk import BELIEFS
from webapp.units import km_from_mi, ml_from_oz


@dataclass(frozen=True)
class Pattern:
    """How milk comes to be left over: amounts in oz, and how long ago pumping began and ended."""

    share: int
    amounts_oz: tuple[int, ...]
    began_days: tuple[int, int]
    ended_days: tuple[int, int]
    bands: tuple[str, ...]


PATTERNS = {
    "one_off": Pattern(
        31, (12, 20, 30, 40, 50, 60, 75, 80, 100, 150, 200), (15, 150), (1, 40), ("1_3m", "3_6m")
    ),
    "ongoing": Pattern(
        28, (30, 40, 50, 60, 75, 100, 150, 200, 300), (7, 90), (0, 3), ("1_3m", "3_6m", "6_12m")
    ),
    "travel_surplus": Pattern(8, (20, 30, 45, 60, 90, 120), (4, 25), (0, 2), ("3_6m", "6_12m")),
    "weaning_clear_out": Pattern(
        22, (60, 80, 150, 200, 250, 300, 400, 650, 1500), (120, 320), (5, 60), ("6_12m", "12_24m")
    ),
    "bereaved": Pattern(5, (30, 60, 90, 150, 250, 400), (20, 110), (6, 20), ("",)),
    "surrogate": Pattern(6, (60, 120, 200, 350, 900), (15, 70), (1, 15), ("newborn_4w", "1_3m")),
}
BIG_OZ = 100
LETS_FALL = 0.12

DIETS = {
    "dairy_free": 17,
    "soy_free": 6,
    "egg_free": 4,
    "nut_free": 4,
    "gluten_free": 7,
    "corn_free": 2,
    "vegan": 6,
    "vegetarian": 8,
    "halal": 6,
    "kosher": 2,
    "organic": 11,
}
ANSWERS = {
    "medicine": (52, 13, 6),
    "alcohol": (50, 12, 3),
    "caffeine": (22, 44, 2),
    "nicotine": (68, 3, 2),
    "cannabis": (60, 2, 4),
    "illness": (44, 9, 5),
    "supplement": (30, 34, 1),
    "vaccine": (30, 8, 1),
    "other_drug": (66, 0, 1),
    "contrast": (40, 2, 1),
}
"""Of a hundred who answer at all: how many say none, some, and "I'd rather talk"."""


def offer(chance: random.Random, moments: Moments, spanish: bool) -> Fields:
    """The fields of one plausible offer, as its form names them."""
    shares = [pattern.share for pattern in PATTERNS.values()]
    name = chance.choices([*PATTERNS], shares)[0]
    pattern = PATTERNS[name]
    fields: dict[str, Any] = {
        "kind": "offer",
        "volume_ml": str(ml_from_oz(chance.choice(pattern.amounts_oz))),
        "reach_km": str(km_from_mi(chance.choice((5, 10, 10, 10, 15, 20, 30)))),
        "handover": _handover(chance),
        "open_days": str(_open_days(chance, moments)),
        "age_band": chance.choice((*pattern.bands, "")),
        "bereaved": "y" if name == "bereaved" else "",
    }
    fields |= batch(chance, moments, _state(chance, name, moments), pattern)
    fields |= bags(chance, fields) | _lipase(chance)
    begins = date.fromisoformat(fields.get("batches-0-pumped_from") or str(moments.published_on))
    fields |= diet(chance, begins) | exposures(chance)
    return fields | {"note": _note(chance, name, spanish)}


def batch(chance: random.Random, moments: Moments, state: str, pattern: Pattern) -> dict[str, Any]:
    """One batch: how it is kept and when it was pumped, or that she would have to look."""
    fields = {
        "batches-0-id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "batches-0-state": state,
    }
    if state == "frozen" and chance.random() < 0.08:
        return fields | {"batches-0-look": "y"}
    ends, begins = _pumped(chance, moments, state, pattern)
    return fields | {
        "batches-0-pumped_from": begins.isoformat(),
        "batches-0-pumped_to": ends.isoformat(),
    }


def bags(chance: random.Random, fields: dict[str, Any]) -> dict[str, Any]:
    """What some say of their milk beside its days: how it is packed, and by which days."""
    if fields["batches-0-state"] != "frozen" or chance.random() < 0.4:
        return {}
    said = {
        "container": chance.choice(("bag", "bag", "bag", "hard_plastic", "glass", "")),
        "storage": chance.choice(("deep_freezer", "separate_freezer", "fridge_freezer", "")),
        "frozen_within": chance.choice(("24h", "24h", "4d", "unknown", "")),
        "treatment": chance.choices(("raw", "", "scalded"), (60, 34, 6))[0],
        "labelled": chance.choice(("both", "both", "date", "")),
    }
    begins, ends = (fields.get(f"batches-0-pumped_{end}") for end in ("from", "to"))
    if not (begins and ends) or chance.random() < 0.5:
        return {f"batches-0-{name}": value for name, value in said.items()}
    return _halves(chance, fields, said, date.fromisoformat(begins), date.fromisoformat(ends))


def _halves(
    chance: random.Random, fields: dict[str, Any], said: dict[str, str], begins: date, ends: date
) -> dict[str, Any]:
    """Two batches of the same milk, the older and the newer, with their amounts."""
    middle = begins + (ends - begins) // 2
    older_ml = int(fields["volume_ml"]) * chance.choice((3, 4, 5, 6)) // 10
    newer_ml = int(fields["volume_ml"]) - older_ml
    newer_from = min(middle + timedelta(days=1), ends)
    return {
        **{f"batches-{n}-{name}": value for n in (0, 1) for name, value in said.items()},
        "batches-0-pumped_to": middle.isoformat(),
        "batches-0-volume_ml": str(older_ml),
        "batches-1-id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "batches-1-state": fields["batches-0-state"],
        "batches-1-pumped_from": newer_from.isoformat(),
        "batches-1-pumped_to": ends.isoformat(),
        "batches-1-volume_ml": str(newer_ml),
    }


def _lipase(chance: random.Random) -> dict[str, str]:
    shares = {"": 55, "no_change": 25, "changes_in_freezer": 8, "not_tested": 12}
    return {"lipase": chance.choices([*shares], [*shares.values()])[0]}


def diet(chance: random.Random, begins: date) -> dict[str, Any]:
    """What she keeps to, and since when: mostly long before this milk, at times only since."""
    if chance.random() < 0.45:
        return {}
    many = chance.choices((1, 2, 3), (70, 23, 7))[0]
    codes = sorted({*chance.choices([*DIETS], [*DIETS.values()], k=many)})
    fields: dict[str, Any] = {"diet": codes}
    for code in codes:
        if chance.random() < 0.88:
            before = chance.choice((-20, 10, 15, 22, 30, 60, 120, 400, 2000))
            since = min(begins - timedelta(days=before), now().date())
            fields[f"since-{code}"] = since.isoformat()
    if BELIEFS & {*codes} and chance.random() < 0.6:
        fields["show_belief"] = "y"
    return fields


def exposures(chance: random.Random) -> dict[str, str]:
    """Her answers; who says nothing at all is as common as who says everything."""
    if chance.random() < LETS_FALL:
        return {}
    fields: dict[str, str] = {}
    for code, (none, some, talk) in ANSWERS.items():
        answer = chance.choices(("none", "some", "talk", ""), (none, some, talk, 30))[0]
        if answer:
            fields[code] = answer
        if answer == "some" and offer_notes.DETAILS[code] and chance.random() < 0.6:
            fields[f"{code}_detail"] = chance.choice(offer_notes.DETAILS[code])
    return fields


def _state(chance: random.Random, name: str, moments: Moments) -> str:
    keeps = name in ("ongoing", "one_off", "travel_surplus")
    if keeps and moments.days == 0 and chance.random() < 0.25:
        same_day = moments.published_on == now().date()
        return "fresh" if same_day and chance.random() < 0.35 else "refrigerated"
    return "refrigerated" if keeps and moments.days < 2 and chance.random() < 0.4 else "frozen"


def _pumped(
    chance: random.Random, moments: Moments, state: str, pattern: Pattern
) -> tuple[date, date]:
    on = moments.fresh_at.date()
    if state == "fresh":
        return on, on
    if state == "refrigerated":
        return on, on - timedelta(days=chance.choice((0, 0, 1)))
    ends = min(on, moments.published_on) - timedelta(days=chance.randint(*pattern.ended_days))
    longest = (now().date() - ends).days
    days = min(chance.randint(*pattern.began_days), 325 - longest)
    return ends, ends - timedelta(days=max(1, days))


def _open_days(chance: random.Random, moments: Moments) -> int:
    chosen = chance.choices((30, 21, 14, 7), (70, 8, 14, 8))[0]
    return chosen if chosen > moments.days else 30


def _handover(chance: random.Random) -> list[str]:
    more = ["meet_halfway"] if chance.random() < 0.3 else []
    return ["public_place", *more, *(["clinic"] if chance.random() < 0.12 else [])]


def _note(chance: random.Random, name: str, spanish: bool) -> str:
    if chance.random() < 0.38:
        return ""
    beginnings = (offer_notes.SPANISH if spanish else offer_notes.ENGLISH)[name]
    tails = offer_notes.SPANISH_TAILS if spanish else offer_notes.TAILS
    many = 0 if name == "bereaved" else chance.choices((0, 1, 2), (25, 50, 25))[0]
    return " ".join([chance.choice(beginnings), *chance.sample(tails, many)])
