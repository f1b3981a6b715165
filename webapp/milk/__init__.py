"""What milk is made of: diets, exposures, and how long it keeps."""

from datetime import UTC, date, datetime, time, timedelta

from flask_babel import lazy_gettext as _l

from webapp.milk import handling as handling

DIETS = (
    ("dairy_free", _l("Dairy-free")),
    ("soy_free", _l("Soy-free")),
    ("egg_free", _l("Egg-free")),
    ("nut_free", _l("Nut-free")),
    ("gluten_free", _l("Gluten-free")),
    ("corn_free", _l("Corn-free")),
    ("vegan", _l("Vegan")),
    ("vegetarian", _l("Vegetarian")),
    ("halal", _l("Halal")),
    ("kosher", _l("Kosher")),
    ("organic", _l("Organic")),
)

BELIEFS = frozenset({"halal", "kosher"})
"""Diets that tell of a belief: others see them only where she chose so."""

EXPOSURES = (
    ("medicine", _l("Medicines")),
    ("alcohol", _l("Alcohol")),
    ("caffeine", _l("Caffeine")),
    ("nicotine", _l("Nicotine")),
    ("cannabis", _l("Cannabis")),
    ("illness", _l("Illness")),
)

ANSWERS = (
    ("none", _l("None")),
    ("some", _l("Some")),
    ("talk", _l("I'd rather talk")),
)

STATES = (
    ("frozen", _l("Frozen")),
    ("refrigerated", _l("In the fridge")),
    ("fresh", _l("Fresh")),
)

AGE_BANDS = (
    ("newborn_4w", _l("Under 4 weeks")),
    ("1_3m", _l("1 to 3 months")),
    ("3_6m", _l("3 to 6 months")),
    ("6_12m", _l("6 to 12 months")),
    ("12_24m", _l("1 to 2 years")),
    ("over_24m", _l("Over 2 years")),
)

KEEPS = {
    "frozen": timedelta(days=365),
    "refrigerated": timedelta(days=4),
    "fresh": timedelta(hours=4),
}
"""How long milk keeps after it was pumped: freezer at -18 C 12 months acceptable, refrigerator
at 4 C 4 days, room up to 25 C 4 hours (CDC, as read for the guide in 2026)."""


def implied_diet(diet: dict[str, str | None]) -> dict[str, str | None]:
    """The diet with what it implies: vegan is dairy-free and egg-free from the same date.

    Takes and gives {code: ISO since-date or None where she gave no date}. What she said
    herself of an implied code stays where it reaches further back.
    """
    if "vegan" not in diet:
        return diet
    since = diet["vegan"]
    implied = {code: _earlier(diet.get(code, since), since) for code in ("dairy_free", "egg_free")}
    return diet | implied


def keeps_until(state: str, pumped_from: date) -> datetime:
    """When the oldest milk's time is over, counted from the end of the day it was pumped (UTC)."""
    return datetime.combine(pumped_from, time.max, UTC) + KEEPS[state]


def _earlier(one: str | None, other: str | None) -> str | None:
    return min(one, other) if one and other else one or other
