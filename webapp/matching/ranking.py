"""Which match stands first. One pure function; tests/matching/test_ranking.py is its table."""

from datetime import date

from webapp.matching.asking import Milk, Need
from webapp.matching.suits import PART, WHOLE, Fit

MOST_DAYS = 30
CLASSES = {WHOLE: 0, PART: 1}
UNKNOWNS = 2


def rank(fit: Fit, milk: Milk, need: Need, distance_km: float, today: date) -> int:
    """A match's place; less comes first.

    What fits wholly stands before what fits in part, that before unknowns. Then, digit by digit:
    the need that ends soonest (an emergency today, none said 30 days), the nearest in whole km,
    the amount against the need in tenths, and how many wishes are not met.
    """
    days = 0 if need.is_emergency else MOST_DAYS
    if need.ends_on and days:
        days = max(0, min(MOST_DAYS, (need.ends_on - today).days))
    usable = fit.fit_ml or fit.unknown_ml
    wanted = need.wanted_ml or need.least_ml
    missing = 9 - 9 * min(usable, wanted) // wanted
    place = CLASSES.get(fit.verdict, UNKNOWNS)
    for part, most in ((days, MOST_DAYS), (round(distance_km), 999), (missing, 9)):
        place = place * (most + 1) + min(part, most)
    return place * 10 + min(fit.wishes_unmet, 9)
