"""What a card says, as the bits of one integer, so that filters are answered in the index.

A bit belongs to its code for good: rows keep it, and so does the migration that filled them.
Only what the card shows has a bit, so that no filter tells more than a card does. What the phone
filters by itself is static/js/views/nearby-filter.js; both mean the same.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from webapp.listings.card import card
from webapp.listings.models import Listing

# The diet was kept when the milk was pumped; of a request, it asks for it.
KEPT = {
    "dairy_free": 0,
    "soy_free": 1,
    "egg_free": 2,
    "nut_free": 3,
    "gluten_free": 4,
    "corn_free": 5,
    "vegan": 6,
    "vegetarian": 7,
    "halal": 8,
    "kosher": 9,
    "organic": 10,
}
# So many bits above: the diet began after pumping did, or a request doesn't ask for it.
NOT_KEPT = 16
# The card says "none".
FREE_OF = {
    "medicine": 32,
    "supplement": 33,
    "alcohol": 34,
    "caffeine": 35,
    "nicotine": 36,
    "cannabis": 37,
    "other_drug": 38,
    "illness": 39,
    "vaccine": 40,
    "contrast": 41,
}
STATE = {"frozen": 44, "refrigerated": 45, "fresh": 46}
AGE = {"newborn_4w": 48, "1_3m": 49, "3_6m": 50, "6_12m": 51, "12_24m": 52, "over_24m": 53}
AGE_SAID = 54

VEGAN_IS = frozenset({"dairy_free", "egg_free"})


@dataclass(frozen=True)
class Wanted:
    """A filter over cards. Bits that must all be there, that must not, and of which one must."""

    kind: str
    every: int = 0
    never: int = 0
    states: int = 0
    """0 where any will do."""
    least_ml: int = 0

    def takes(self, kind: str, bits: int, volume_ml: int) -> bool:
        """Whether a listing of a kind, with these traits and so much milk, is one."""
        return (
            kind == self.kind
            and bits & self.every == self.every
            and not bits & self.never
            and (not self.states or bits & self.states != 0)
            and volume_ml >= self.least_ml
        )


def traits(listing: Listing) -> int:
    """The bits of what a listing's card says: to be set wherever the card may have changed."""
    return traits_of(card(listing))


def traits_of(shown: Mapping[str, Any]) -> int:
    """The bits of a card."""
    bits = 0
    for code, place in KEPT.items():
        kept = _keeps(shown, code)
        if kept is not None:
            bits |= 1 << (place if kept else place + NOT_KEPT)
    bits |= _bits(FREE_OF, (code for code in FREE_OF if shown.get(code) == "none"))
    state = shown.get("state") or []
    bits |= _bits(STATE, [state] if isinstance(state, str) else state)
    if age := shown.get("age_band"):
        bits |= _bits(AGE, [age]) | 1 << AGE_SAID
    return bits


def wanted(
    kind: str,
    diet: Collection[str] = (),
    avoid: Collection[str] = (),
    state: Collection[str] = (),
    least_ml: int = 0,
    age_band: Collection[str] = (),
    unsaid: bool = False,
) -> Wanted:
    """A filter over cards of a kind: each diet kept, "none" of each to avoid, one of the states,
    so much milk, one of the ages. With `unsaid`, what a card doesn't say is not held against it.

    Codes that have no bit raise KeyError. Of requests only diet, amount and age are asked.
    """
    offers = kind == "offer"
    kept = _bits(KEPT, diet, strict=True)
    free = _bits(FREE_OF, avoid if offers else (), strict=True)
    ages = _bits(AGE, age_band, strict=True)
    said = 1 << AGE_SAID if ages else 0
    return Wanted(
        kind,
        every=0 if unsaid else kept | free | said,
        never=kept << NOT_KEPT | (_bits(AGE, AGE) & ~ages if ages else 0),
        states=_bits(STATE, state if offers else (), strict=True),
        least_ml=least_ml,
    )


def _keeps(shown: Mapping[str, Any], code: str) -> bool | None:
    """Whether a diet was kept when the milk was pumped; None where the card doesn't say."""
    diet = shown.get("diet", {})
    since = diet.get(code)
    if since is None and code in VEGAN_IS:
        since = diet.get("vegan")
    if shown["kind"] == "request":
        return since is not None
    if not since:
        # A diet without a date has always been kept.
        return None if since is None else True
    pumped = shown.get("pumped")
    return since[:7] <= pumped[0] if pumped else None


def _bits(places: Mapping[str, int], codes: Any, strict: bool = False) -> int:
    return sum(1 << places[code] for code in {*codes} if strict or code in places)
