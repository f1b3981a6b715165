"""Finds the town that a postcode's locality means, in one country.

The two packages number states differently. Names that only one town of the country bears tell
which state of the one is which of the other; that settles most of the names that many bear.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from webapp.geo.folding import glued
from webapp.geo.towns import Town

CERTAIN_SHARE = 0.6
DOMINANT_FACTOR = 10
SHORTEST_CJK_NAME = 2
CJK = re.compile(r"[\u3400-\u9fff]")


class Localities:
    """The towns of one country by each of their names, most populous first."""

    def __init__(self, towns: list[Town], ranks: Iterable[int]) -> None:
        self.towns = towns
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.admin_of: dict[str, str] = {}
        for rank in ranks:
            for name in towns[rank].names.split():
                self.by_name[name].append(rank)
        self.found: dict[tuple[str, str], int | None] = {}

    def learn(self, named: Iterable[tuple[str, str]]) -> None:
        """Learn from (locality, state) pairs which admin code each state has."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for locality, state in named:
            bearers = self.by_name.get(glued(locality), ())
            if len(bearers) == 1:
                votes[state][self.towns[bearers[0]].admin] += 1
        for state, counter in votes.items():
            [(admin, count)] = counter.most_common(1)
            if count >= CERTAIN_SHARE * counter.total():
                self.admin_of[state] = admin

    def find(self, locality: str, state: str) -> int | None:
        """The rank of the town meant, None where no town or more than one could be."""
        if (locality, state) not in self.found:
            chosen = (self._choose(name, state) for name in _spellings(locality))
            first = next((rank for rank in chosen if rank is not None), None)
            self.found[locality, state] = first
        return self.found[locality, state]

    def _choose(self, name: str, state: str) -> int | None:
        bearers = self.by_name.get(name, [])
        if admin := self.admin_of.get(state):
            return next((rank for rank in bearers if self.towns[rank].admin == admin), None)
        people = [self.towns[rank].population for rank in bearers[:2]]
        if len(people) == 1 or (people and people[0] > DOMINANT_FACTOR * people[1]):
            return bearers[0]
        return None


def _spellings(locality: str) -> Iterator[str]:
    yield glued(locality)
    yield glued(locality.partition("(")[0])
    parts = [glued(part) for part in locality.split(",")]
    yield from reversed(parts)
    if CJK.search(locality):
        whole = parts[0]
        yield from (whole[:end] for end in range(len(whole) - 1, SHORTEST_CJK_NAME - 1, -1))
