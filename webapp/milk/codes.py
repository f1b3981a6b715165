"""The lists that milk is described by. Every code is unique across all of them.

What an offer and a request hold, as donors and families describe milk to each other;
docs/privacy.md says which of it others see.
"""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

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
    ("supplement", _l("Supplements and herbs")),
    ("alcohol", _l("Alcohol")),
    ("caffeine", _l("Caffeine")),
    ("nicotine", _l("Nicotine")),
    ("cannabis", _l("Cannabis")),
    ("other_drug", _l("Other drugs")),
    ("illness", _l("Illness")),
    ("vaccine", _l("Vaccines")),
    ("contrast", _l("Contrast or anaesthesia")),
)

OFF_DIET = "off_diet"
"""What her calendar calls days on which she did not keep to a diet."""

ANSWERS = (
    ("none", _l("None")),
    ("dated", _l("Only on days I noted")),
    ("some", _l("Some")),
    ("talk", _l("I'd rather talk")),
)

STATES = (
    ("frozen", _l("Frozen")),
    ("refrigerated", _l("In the fridge")),
    ("fresh", _l("Fresh")),
)

CONTAINERS = (
    ("bag", _l("Bags")),
    ("glass", _l("Glass")),
    ("hard_plastic", _l("Hard plastic")),
)

STORAGES = (
    ("fridge", _l("Fridge")),
    ("fridge_freezer", _l("Freezer of a fridge")),
    ("separate_freezer", _l("Separate freezer")),
    ("deep_freezer", _l("Deep freezer")),
)

FROZEN_WITHIN = (
    ("24h", _l("24 hours")),
    ("4d", _l("4 days")),
    ("longer", _l("Longer")),
    ("unknown", _l("I don't know")),
)

STAGES = (
    ("colostrum", _l("Colostrum")),
    ("transitional", _l("Transitional")),
    ("mature", _l("Mature")),
)

TREATMENTS = (
    ("raw", _l("Not heated")),
    ("scalded", _l("Scalded")),
    ("flash_heated", _l("Flash-heated")),
    ("holder", _l("Holder pasteurised")),
)

LIPASES = (
    ("no_change", _l("Taste stays")),
    ("changes_in_fridge", _l("Taste changes in the fridge")),
    ("changes_in_freezer", _l("Taste changes in the freezer")),
    ("scalded_before_freezing", _l("Scalded before freezing")),
    ("not_tested", _l("Not tested")),
)

LABELLED = (
    ("date", _l("Date")),
    ("volume", _l("Amount")),
    ("both", _l("Both")),
    ("neither", _l("Neither")),
)

YES_NO = (("yes", _l("Yes")), ("no", _l("No")))

AGE_BANDS = (
    ("newborn_4w", _l("Under 4 weeks")),
    ("1_3m", _l("1 to 3 months")),
    ("3_6m", _l("3 to 6 months")),
    ("6_12m", _l("6 to 12 months")),
    ("12_24m", _l("1 to 2 years")),
    ("over_24m", _l("Over 2 years")),
)

DIMENSIONS = {"treatment": TREATMENTS, "state": STATES, "lipase": LIPASES}
"""What milk has one of: a request names those it takes, or those it doesn't."""

KEEPS = {
    "frozen": timedelta(days=365),
    "refrigerated": timedelta(days=4),
    "fresh": timedelta(hours=4),
}
"""How long milk keeps after it was pumped: freezer at -18 C 12 months acceptable, refrigerator
at 4 C 4 days, room up to 25 C 4 hours (CDC, as read for the guide in 2026)."""
