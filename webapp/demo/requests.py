"""What families ask for: needs, amounts, what they look for and why, as studies found."""

import random
from datetime import timedelta
from typing import Any

from webapp.database import now
from webapp.demo.data import request_notes as notes
from webapp.demo.moments import Moments
from webapp.fields import Fields
from webapp.units import km_from_mi, ml_from_oz

NEEDS = {
    "emergency": (6, (10, 20, 20, 30, 40)),
    "short": (30, (40, 60, 80, 100, 150)),
    "bridge_supply": (23, (40, 60, 100, 120, 200)),
    "ongoing": (29, (200, 300, 400, 600, 1000, 1500)),
    "stockpile": (12, (60, 100, 200, 400)),
}
"""Of a hundred families, how many have this need, and amounts in oz that they ask for."""
ENDS_AFTER_DAYS = 14
LABEL_LASTS = timedelta(hours=60)
"""Of the 72 hours of an emergency, so that none ends while somebody looks around."""
LACTATION_SHARE, CHILDS_HEALTH_SHARE = 0.694, 0.485
"""Why families asked, in a study that let them name more than one reason."""
MUSTS = {
    "dairy_free": 58,
    "soy_free": 12,
    "egg_free": 6,
    "gluten_free": 6,
    "nut_free": 4,
    "vegan": 5,
    "halal": 6,
    "kosher": 2,
    "organic": 3,
}
AVOIDS = {"nicotine": 36, "cannabis": 26, "alcohol": 15, "medicine": 12, "caffeine": 5}
FRAGILE = ("preterm", "preterm", "nicu", "under_1500g", "immunocompromised", "complex")


def request(chance: random.Random, moments: Moments, spanish: bool) -> Fields:
    """The fields of one plausible request, as its form names them."""
    need = _need(chance, moments)
    reasons = reasons_for(chance)
    fields: dict[str, Any] = {
        "kind": "request",
        "need": need,
        "volume_ml": str(ml_from_oz(chance.choice(NEEDS[need][1]))),
        "reach_km": str(km_from_mi(chance.choice((10, 20, 30, 30, 30, 40, 60)))),
        "handover": chance.choice((["public_place"], ["public_place", "meet_halfway"])),
        "open_days": "30" if need == "ongoing" else str(ENDS_AFTER_DAYS),
        "age_band": _age_band(chance, need),
        "daily_ml": chance.choice(("", "120", "240", "350", "500", "740")),
        "in_hand_days": chance.choice(("", "", "0", "2", "5", "9", "14")),
        "milk_age_months": chance.choice(("", "", "", "3", "6", "6", "12")),
    }
    fields |= _by_when(chance, need) | _asks(chance, reasons) | _fragile(chance, reasons)
    return fields | {"note": _note(chance, reasons, spanish)}


def reasons_for(chance: random.Random) -> list[str]:
    """Why a family asks: its own milk, the child's health, both, or something else."""
    reasons = []
    if chance.random() < LACTATION_SHARE:
        reasons.append(chance.choice(("low_supply",) * 6 + ("surgery", "medication", "multiples")))
    if chance.random() < CHILDS_HEALTH_SHARE:
        reasons.append(chance.choice(("allergy", "allergy", "child_health")))
    others = ("adoption", "separation", "death_of_parent", "adoption")
    return reasons or [chance.choice(others)]


def _need(chance: random.Random, moments: Moments) -> str:
    if moments.days >= ENDS_AFTER_DAYS:
        return "ongoing"
    need = chance.choices([*NEEDS], [share for share, _amounts in NEEDS.values()])[0]
    tonight = now() - moments.published_at < LABEL_LASTS
    if tonight and chance.random() < 0.2:
        return "emergency"
    return "short" if need == "emergency" and not tonight else need


def _by_when(chance: random.Random, need: str) -> dict[str, str]:
    if need != "emergency" and chance.random() < 0.55:
        return {}
    days = chance.randint(0, 2) if need == "emergency" else chance.randint(2, 14)
    return {"by_on": (now().date() + timedelta(days=days)).isoformat()}


def _age_band(chance: random.Random, need: str) -> str:
    if need == "emergency":
        return chance.choice(("newborn_4w", "newborn_4w", "1_3m", "3_6m"))
    bands = ("newborn_4w", "1_3m", "3_6m", "6_12m", "12_24m", "over_24m", "")
    return chance.choices(bands, (18, 28, 22, 14, 4, 1, 13))[0]


def _asks(chance: random.Random, reasons: list[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    allergic = "allergy" in reasons
    if allergic or chance.random() < 0.14:
        codes = {"dairy_free"} if allergic else set()
        codes |= {*chance.choices([*MUSTS], [*MUSTS.values()], k=chance.choice((0, 1)))}
        fields["must"] = sorted(codes)
        for code in codes:
            fields[f"weeks-{code}"] = str(chance.choice((0, 2, 2, 3, 3, 4)))
    if chance.random() < 0.42:
        many = chance.choice((1, 1, 2, 3))
        fields["avoid"] = sorted({*chance.choices([*AVOIDS], [*AVOIDS.values()], k=many)})
    if chance.random() < 0.1:
        fields["must"] = sorted({*fields.get("must", []), "raw"})
    if chance.random() < 0.15:
        fields["nice"] = sorted({chance.choice(("organic", "no_change", "caffeine")), "frozen"})
        fields |= {"weeks-organic": "0"} if "organic" in fields["nice"] else {}
    return fields


def _fragile(chance: random.Random, reasons: list[str]) -> dict[str, str]:
    if "child_health" in reasons or chance.random() < 0.04:
        return {"fragile": chance.choice(FRAGILE), "clinician_read": "y"}
    return {"fragile": "no"} if chance.random() < 0.8 else {}


def _note(chance: random.Random, reasons: list[str], spanish: bool) -> str:
    words = notes.SPANISH if spanish else notes.ENGLISH
    told = [chance.choice(words[reason]) for reason in reasons if reason in words]
    if chance.random() < 0.3 or not told:
        return ""
    tails = notes.SPANISH_TAILS if spanish else notes.TAILS
    return " ".join([*told, *chance.sample(tails, chance.choice((0, 1, 1, 2)))])
