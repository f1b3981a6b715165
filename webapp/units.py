"""Millilitres and ounces, kilometres and miles."""

from babel.units import format_unit
from flask_babel import get_locale

ML_PER_OZ = 29.5735
"""One US fluid ounce."""
KM_PER_MI = 1.609344

OUNCE_COUNTRIES = frozenset({"US", "LR", "MM"})
"""Where people think in ounces and miles; one tap changes it anywhere."""


def ml_from_oz(ounces: float) -> int:
    """Whole millilitres of so many US fluid ounces."""
    return round(ounces * ML_PER_OZ)


def amount(volume_ml: int, units: str) -> str:
    """A volume as people of these units and of the language in force say it: "400 oz", "500 ml"."""
    locale = get_locale() or "en"
    if units == "oz":
        return format_unit(round(volume_ml / ML_PER_OZ), "mass-ounce", "short", locale=locale)
    # Everybody here writes "ml", as the buttons do; some languages' data say "mL".
    said = format_unit(volume_ml, "volume-milliliter", "short", locale=locale)
    return said.replace("mL", "ml")


def km_from_mi(miles: float) -> int:
    """Whole kilometres of so many miles."""
    return round(miles * KM_PER_MI)


def units_of(country: str) -> str:
    """ "oz" (with miles) or "ml" (with kilometres), by an ISO country code."""
    return "oz" if country in OUNCE_COUNTRIES else "ml"
