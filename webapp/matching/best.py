"""The best of what was judged: whole fits, then parts, then unknowns, each in its place."""

import heapq
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any

from webapp.matching.asking import Need
from webapp.matching.reaching import Near, native, raw
from webapp.matching.suits import NO, PART, UNKNOWN, WHOLE, Fit

MOST_FOUND = 60
"""Of one listing: what a phone keeps of it, and ten to take the place of what leaves."""
AT_ONCE = 60

Ids = set[uuid.UUID]
Opened = Callable[[uuid.UUID | None, uuid.UUID | None], set[tuple[uuid.UUID, uuid.UUID]]]
"""(offer id, person id) wherever an offer's owner opened what she said of herself to a person:
asked with the offer's id alone, or with the person's alone."""


@dataclass(frozen=True)
class Found:
    """A pair that stands: how well it fits, and its place. Less comes first."""

    rank: int
    offer_id: uuid.UUID
    asks_id: uuid.UUID
    donor_id: uuid.UUID
    distance_km: float
    need: Need
    fit: Fit

    @property
    def is_watch(self) -> bool:
        """Whether it is a watch that asks: it takes any amount."""
        return self.need.wanted_ml is None

    @property
    def order(self) -> tuple[int, uuid.UUID, uuid.UUID]:
        """Its place among all; ids decide between equals."""
        return self.rank, self.offer_id, self.asks_id


@dataclass(frozen=True, slots=True)
class Judged:
    """One of many that were judged: a light row, and how well it fits."""

    distance_km: float
    row: Any
    fit: Fit


class Best:
    """What was judged so far by its verdict, and which of it has a match already."""

    def __init__(self, known: Ids) -> None:
        self.unread = set(known)
        self.judged: dict[str, list[Judged]] = {WHOLE: [], PART: [], UNKNOWN: []}
        self._known = raw(known)
        self.begin()

    def add(self, distance_km: float, row: Any, fit: Fit, verdict: str) -> None:
        """One more that was judged."""
        if row.id in self._known:
            self.unread.discard(native(row.id))
        if verdict != NO:
            self.judged[verdict].append(Judged(distance_km, row, fit))

    def begin(self, verdict: str = WHOLE) -> None:
        """What comes now fits so well at the best, ranks behind the whole fits that there are, and
        among itself by distance."""
        self._ahead = len(self.judged[WHOLE])
        self._coming = verdict
        self._from = self._ahead if verdict == WHOLE else 0

    def is_settled(self, distance_km: float = 0) -> bool:
        """Whether nothing that lies so far away or farther can be among the best."""
        came = self.judged[self._coming][self._from :]
        if self._ahead + len(came) < MOST_FOUND:
            return False
        km = round(distance_km)
        return self._ahead + sum(round(each.distance_km) < km for each in came) >= MOST_FOUND

    def take(self, near: Sequence[Near], judge: Callable[[Sequence[Near]], None]) -> int:
        """Have judged what lies nearest first, until nothing better can come; returns how many."""
        waiting, count = iter(sorted(near, key=itemgetter(0))), 0
        while some := [*islice(waiting, AT_ONCE)]:
            if self.is_settled(some[0][0]):
                break
            judge(some)
            count += len(some)
        return count

    @property
    def is_full(self) -> bool:
        """Whether there are as many whole fits as are kept."""
        return len(self.judged[WHOLE]) >= MOST_FOUND

    def pick(self, place: Callable[[Judged], Found]) -> list[Found]:
        """The best of all and what has a match already, best first."""
        best: dict[Any, Found] = {}
        for judged in self.judged.values():
            left = MOST_FOUND - len(best)
            known = [each for each in judged if each.row.id in self._known]
            if left > 0:
                placed = [(place(each), each.row.id) for each in judged]
                first = heapq.nsmallest(left, placed, key=lambda pair: pair[0].order)
                best |= {row_id: found for found, row_id in first}
            best |= {each.row.id: place(each) for each in known if each.row.id not in best}
        return sorted(best.values(), key=lambda found: found.order)
