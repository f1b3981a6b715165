"""What an offer finds: the best requests and watches of all within reach.

Requests are read by when the need ends, which comes first in their rank, and watches outward, until
nothing better can come. The same is asked for often, so the milk is judged once for each asking.
What that costs, and where it ends: docs/decisions/matching-in-a-dense-city.md.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from webapp import geo
from webapp.listings import OPEN, Listing
from webapp.matching import reaching
from webapp.matching.asking import Need, milk_of
from webapp.matching.best import Best, Found, Ids, Judged, Opened
from webapp.matching.ranking import rank
from webapp.matching.reaching import Asking, Near, native
from webapp.matching.suits import Fit, suits

MOST_READ = 30_000
"""Requests, from those whose need ends soonest on. Where most of the milk suits anybody, a city is
never read so far."""


class Needs:
    """Who asks for an offer. `without` are people whom it isn't matched with."""

    def __init__(self, offer: Listing, opened: Opened, without: Ids, at: datetime) -> None:
        self.offer, self.at = offer, at
        self.without = reaching.raw(without)
        self.people = {person_id for _offer_id, person_id in opened(offer.id, None)}
        self.milk = {shown: milk_of(offer, opened=shown) for shown in (False, True)}
        self._fits: dict[tuple[str, int, bool], tuple[Fit, str]] = {}

    def requests(self, known: Ids) -> list[Found]:
        """The best requests, and of those that have a match already what still suits."""
        best, left, requests = Best(known), MOST_READ, reaching.RequestsNear(self.offer)
        for span in reaching.spans(self.at.date()):
            best.begin()
            for later_km, near in requests.ending(span, left):
                left -= len(near)
                if reaching.is_one_day(span):
                    best.take(near, lambda some: self._judge(best, some))
                else:
                    self._judge(best, near)
                if left <= 0 or best.is_settled(later_km):
                    break
            if left <= 0 or best.is_full:
                break
        self._judge_known(best, reaching.THESE_REQUESTS, self.offer.reach_km)
        return self._exact(best.pick(self._found))

    def watches(self, known: Ids) -> list[Found]:
        """The best watches, and of those that have a match already what still suits."""
        best = Best(known)
        for later_km, near in reaching.watches_near(self.offer):
            best.take(near, lambda some: self._judge(best, some))
            if best.is_settled(later_km):
                break
        self._judge_known(best, reaching.THESE_WATCHES, 0)
        return self._exact(best.pick(self._found))

    def _judge(self, best: Best, near: Sequence[Near]) -> None:
        for distance_km, row in near:
            if row.person_id in self.without:
                continue
            key = row.text, row.least_ml, self._is_opened(row)
            if key not in self._fits:
                fit = suits(self.milk[key[-1]], self._need(row), distance_km, False, self.at)
                self._fits[key] = fit, fit.verdict
            best.add(distance_km, row, *self._fits[key])

    def _judge_known(self, best: Best, query: Any, own_km: int) -> None:
        known = reaching.these(query, best.unread, self.offer.cell)
        self._judge(
            best,
            [
                (km, row)
                for km, row in known
                if row.status == OPEN and geo.within_reach(km, own_km, row.reach_km)
            ],
        )

    def _found(self, judged: Judged) -> Found:
        row, distance_km = judged.row, judged.distance_km
        need, milk = self._need(row), self.milk[self._is_opened(row)]
        place = rank(judged.fit, milk, need, distance_km, self.at.date())
        ids = self.offer.id, native(row.id), self.offer.person_id
        return Found(place, *ids, distance_km, need, judged.fit)

    def _exact(self, found: list[Found]) -> list[Found]:
        """Each with its own distance and amount in its lines, and not those first judged so."""
        return [
            replace(
                each,
                fit=suits(
                    self.milk[each.need.person_id in self.people],
                    each.need,
                    each.distance_km,
                    False,
                    self.at,
                ),
            )
            for each in found
        ]

    def _need(self, row: Any) -> Need:
        return Asking(row, reaching.asked(row.text)).asks(self.at)

    def _is_opened(self, row: Any) -> bool:
        return bool(self.people) and native(row.person_id) in self.people
