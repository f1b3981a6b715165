"""What a request or a watch finds: the best offers of all within reach.

Its rank is by distance once the fit is the same, so offers are read outward. Those whose own words
let them fit wholly are judged first; the others only where too few of them do.
"""

import heapq
from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from webapp import geo
from webapp.database import db
from webapp.listings import OPEN, Listing
from webapp.matching import reaching
from webapp.matching.asking import Need, milk_of, need_of
from webapp.matching.best import AT_ONCE, Best, Found, Ids, Judged, Opened
from webapp.matching.models import Watch
from webapp.matching.ranking import rank
from webapp.matching.reaching import Near, native
from webapp.matching.suits import PART, suits
from webapp.matching.watches import need_of_watch
from webapp.milk import EXPOSURES, LIPASES, implied_diet

MOST_JUDGED = 3_000
"""The nearest of those that may fit wholly, and as many of the others: a second's work."""

_EXPOSURES = frozenset(code for code, _label in EXPOSURES)
_LIPASES = frozenset(code for code, _label in LIPASES)


class Offers:
    """What is offered to one who asks. `without` are people whom it isn't matched with."""

    def __init__(self, asks: Listing | Watch, opened: Opened, without: Ids, at: datetime) -> None:
        self.asks, self.at = asks, at
        self.need = need_of_watch(asks, at) if isinstance(asks, Watch) else need_of(asks, at)
        self.opened = {offer_id for offer_id, _person_id in opened(None, asks.person_id)}
        self._without = reaching.raw(without)
        self._may_fit: dict[str, bool] = {}
        self._milk: dict[Any, Any] = {}

    def offers(self, known: Ids) -> list[Found]:
        """The best offers, and of those that have a match already what still suits."""
        best, left, others = Best(known), MOST_JUDGED, list[Near]()
        for later_km, near in reaching.offers_near(self.asks):
            seen = [each for each in near if each[1].person_id not in self._without]
            likely = heapq.nsmallest(left, filter(self._is_likely, seen), key=itemgetter(0))
            others += [each for each in seen if not self._is_likely(each)]
            left -= best.take(likely, lambda some: self._judge(best, some))
            if left <= 0 or best.is_settled(later_km):
                break
        best.begin(PART)
        others = heapq.nsmallest(MOST_JUDGED, others, key=itemgetter(0))
        best.take(others, lambda some: self._judge(best, some))
        self._judge_known(best)
        return best.pick(self._found)

    def _judge_known(self, best: Best) -> None:
        known = reaching.these(reaching.THESE_OFFERS, best.unread, self.asks.cell)
        both = isinstance(self.asks, Listing)
        near = [
            (km, row)
            for km, row in known
            if row.status == OPEN
            and row.person_id not in self._without
            and geo.within_reach(km, self.need.reach_km, row.reach_km if both else 0)
        ]
        for first in range(0, len(near), AT_ONCE):
            self._judge(best, near[first : first + AT_ONCE])

    def _judge(self, best: Best, near: Sequence[Near]) -> None:
        self._read([native(row.id) for _km, row in near])
        for distance_km, row in near:
            fit = suits(self._milk[native(row.id)], self.need, distance_km, False, self.at)
            best.add(distance_km, row, fit, fit.verdict)

    def _read(self, ids: list[Any]) -> None:
        query = select(Listing).where(Listing.id.in_(ids)).options(lazyload(Listing.person))
        for offer in db.session.scalars(query):
            self._milk[offer.id] = milk_of(offer, opened=offer.id in self.opened)

    def _found(self, judged: Judged) -> Found:
        offer_id = native(judged.row.id)
        milk = self._milk[offer_id]
        place = rank(judged.fit, milk, self.need, judged.distance_km, self.at.date())
        ids = offer_id, self.asks.id, milk.person_id
        return Found(place, *ids, judged.distance_km, self.need, judged.fit)

    def _is_likely(self, near: Near) -> bool:
        text = near[1].text
        if text not in self._may_fit:
            self._may_fit[text] = may_fit_wholly(self.need, *reaching.said(text))
        return self._may_fit[text]


def may_fit_wholly(
    need: Need, diet: dict[str, Any], exposures: dict[str, str], lipase: str
) -> bool:
    """Whether an offer that says this can fit a need wholly, whatever its batches are.

    It says of each must and of each thing to avoid what fits; what it doesn't say is unknown.
    """
    free = all(exposures.get(code) in ("none", "dated") for code in need.avoid & _EXPOSURES)
    kept = {*implied_diet(diet)}.issuperset(need.must & need.diet.keys())
    taken = (_LIPASES & need.must or _LIPASES) - need.avoid
    return free and kept and (taken == _LIPASES or lipase in taken)
