"""Millilitres and ounces, kilometres and miles."""

ML_PER_OZ = 29.5735
"""One US fluid ounce."""
KM_PER_MI = 1.609344

OUNCE_COUNTRIES = frozenset({"US", "LR", "MM"})
"""Where people think in ounces and miles; one tap changes it anywhere."""


def ml_from_oz(ounces: float) -> int:
    """Whole millilitres of so many US fluid ounces."""
    return round(ounces * ML_PER_OZ)


def amount(volume_ml: int, units: str) -> str:
    """A volume as people of these units say it: "400 oz" or "500 ml"."""
    return f"{round(volume_ml / ML_PER_OZ):,} oz" if units == "oz" else f"{volume_ml:,} ml"


def km_from_mi(miles: float) -> int:
    """Whole kilometres of so many miles."""
    return round(miles * KM_PER_MI)


def units_of(country: str) -> str:
    """ "oz" (with miles) or "ml" (with kilometres), by an ISO country code."""
    return "oz" if country in OUNCE_COUNTRIES else "ml"
