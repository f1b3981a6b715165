"""The nearest first: outward from home, looking closer only where there is too much to read.

Around home lie groups of rings of resolution-5 cells, in them such cells, and in these the cells
that listings stand in. Each waits in a heap under a distance that nothing in it can undercut. The
nearest is opened: its listings are read where they are few, else its parts take its place.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice

from webapp import geo
from webapp.listings.candidates import Candidate, Candidates, Key, native

MANY = 120
"""More than a page, and what can be read in the time of two questions."""
RINGS = (2, 2, 3, 4, 5)
"""How many rings of resolution-5 cells are asked about at once."""
DENSE = 6
"""With so many in her own cell, the cells around are asked about without looking first."""
MOST_CELLS = 32
"""How many cells are asked about at once, where each holds few."""

Near = tuple[float, Candidate]


@dataclass
class _Bucket:
    """What lies at one distance: rows that were read, and cells too full to be read whole."""

    rows: list[Candidate] = field(default_factory=list)
    full: list[Iterator[Candidate]] = field(default_factory=list)


def nearest_first(
    home: str, reach_km: float, look: Candidates, after: tuple[float, Key] | None = None
) -> Iterator[Near]:
    """(km, row) of what there is within reach of a cell, nearest first, of one distance the newest.

    `after` continues behind a distance and a listing at it.
    """
    return _Outward(home, reach_km, look, after).run()


class _Outward:
    def __init__(
        self, home: str, reach_km: float, look: Candidates, after: tuple[float, Key] | None
    ) -> None:
        self.home, self.reach_km, self.look = home, reach_km, look
        self.from_km = after[0] if after else 0.0
        self.until = after[1] if after else None
        self.buckets: dict[float, _Bucket] = {}
        self.heap: list[tuple[float, int, int, str, tuple[str, ...]]] = []
        self.number = count()
        self.rings = geo.rings_around(home)
        self.bounds: dict[str, float] = {}
        self.sizes = iter(RINGS)
        self.dense = False
        self.together = MOST_CELLS

    def run(self) -> Iterator[Near]:
        # Nothing is nearer than who shares her cell, and in a city that is a page.
        if not self.from_km:
            self.dense = self._fill(0.0, self.home) >= DENSE
        self._next_rings()
        opened = {"rings": self._rings, "feed": self._feed, "cells": self._cells}
        while self.heap and self.heap[0][0] <= self.reach_km:
            km, _order, _number, what, cells = heapq.heappop(self.heap)
            if what == "bucket":
                yield from ((km, row) for row in self._bucket(km))
            else:
                opened[what](km, cells)

    def _wait(self, km: float, what: str, cells: tuple[str, ...] = ()) -> None:
        # What is still to be opened goes before what lies at the same distance.
        order = int(what == "bucket")
        heapq.heappush(self.heap, (km, order, next(self.number), what, cells))

    def _next_rings(self) -> None:
        group = [*islice(self.rings, next(self.sizes, RINGS[-1]))]
        if group:
            bounds = {cell: km for _bound, ring in group for cell, km in ring.items()}
            near = tuple(cell for cell, km in bounds.items() if km <= self.reach_km)
            self.bounds |= bounds
            self._wait(group[0][0], "rings", near)

    def _rings(self, _km: float, cells: tuple[str, ...]) -> None:
        self._next_rings()
        if self.dense or not self._few(self.look.in_feed_cells(cells, MANY)):
            for cell in cells:
                self._wait(self.bounds[cell], "feed", (cell,))

    def _feed(self, _km: float, cells: tuple[str, ...]) -> None:
        if not self.dense and self._few(self.look.in_feed_cells(cells, MANY)):
            return
        for cell in geo.inside(cells[0]):
            km = geo.apart_km(self.home, cell)
            if cell != self.home and self.from_km <= km <= self.reach_km:
                self._wait(km, "cells", (cell,))

    def _cells(self, km: float, cells: tuple[str, ...]) -> None:
        if self.together == 1:
            self._fill(km, cells[0])
            return
        waiting = [(km, cells)]
        while len(waiting) < self.together and self.heap and self.heap[0][3] == "cells":
            further_km, _order, _number, _what, further = heapq.heappop(self.heap)
            waiting.append((further_km, further))
        rows = self.look.in_cells([cell for _km, (cell,) in waiting], MANY)
        if len(rows) < MANY // 4:
            # Out of town: ask about more at once, and look again before looking closer.
            self.together, self.dense = min(MOST_CELLS, 4 * self.together), False
        if self._few(rows):
            return
        self.together = max(1, self.together // 4)
        for each_km, cell in waiting:
            self._wait(each_km, "cells", cell)

    def _few(self, rows: list[Candidate]) -> bool:
        """Keep what was read, where that is all there was to read."""
        if len(rows) >= MANY:
            return False
        for row in self.look.seen(rows):
            # Her own cell was read before.
            if row.cell != self.home:
                km = geo.apart_km(self.home, row.cell)
                if self.from_km <= km <= self.reach_km:
                    self._at(km).rows.append(row)
        return True

    def _fill(self, km: float, cell: str) -> int:
        """Read the newest of a cell, and the others when it comes to that; how many there were."""
        at_most = MANY // 2
        until = self.until if km == self.from_km else None
        first = self.look.newest_in_cell(cell, at_most, until)
        self.together = max(1, min(MOST_CELLS, MANY // 2 // (len(first) + 1)))
        if first:
            self._at(km).full.append(self._stream(cell, first, at_most))
        return len(first)

    def _at(self, km: float) -> _Bucket:
        if km not in self.buckets:
            self.buckets[km] = _Bucket()
            self._wait(km, "bucket")
        return self.buckets[km]

    def _bucket(self, km: float) -> Iterator[Candidate]:
        bucket = self.buckets.pop(km)
        rows = sorted(bucket.rows, reverse=True)
        if self.until and km == self.from_km:
            rows = [row for row in rows if native(row) < self.until]
        if bucket.full:
            yield from heapq.merge(rows, *bucket.full, reverse=True)
        else:
            yield from rows

    def _stream(self, cell: str, rows: list[Candidate], at_most: int) -> Iterator[Candidate]:
        while rows:
            yield from self.look.seen(rows)
            if len(rows) < at_most:
                return
            rows = self.look.newest_in_cell(cell, at_most, native(rows[-1]))
