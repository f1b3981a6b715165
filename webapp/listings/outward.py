"""The nearest first: outward from home, looking closer only where there is too much to read.

Around home lie groups of rings of resolution-5 cells, in them such cells, and in these the cells
that listings stand in. Each waits in a heap under a distance that nothing in it can undercut. The
nearest is opened: its listings are read where they are few, else its parts take its place.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice

from webapp import geo
from webapp.listings.candidates import Candidate, Candidates, Key, native

MANY = 120
"""More than a page, and what can be read in the time of two questions."""
RINGS = (2, 2, 3, 4, 5)
"""How many rings of resolution-5 cells are asked about at once."""
CELLS = 8
"""How many cells are asked about at once, where each holds few."""

Near = tuple[float, Candidate]


@dataclass
class _Bucket:
    """What lies at one distance: rows that were read, and cells too full to be read whole."""

    rows: list[Candidate] = field(default_factory=list)
    full: list[str] = field(default_factory=list)


def nearest(
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
        self.from_km, self.until = after or (0.0, None)
        self.buckets: dict[float, _Bucket] = defaultdict(_Bucket)
        self.heap: list[tuple[float, int, int, str, tuple[str, ...]]] = []
        self.number = count()
        self.rings = geo.rings(home)
        self.sizes = iter(RINGS)
        self.fills = True

    def run(self) -> Iterator[Near]:
        # Nothing is nearer than who shares her cell, and in a city that is a page.
        self._wait(0.0, "cells", (self.home,))
        self._next_rings()
        open_ = {"rings": self._rings, "feed": self._feed, "cells": self._cells}
        while self.heap and self.heap[0][0] <= self.reach_km:
            km, _order, _number, what, cells = heapq.heappop(self.heap)
            if what == "bucket":
                yield from ((km, row) for row in self._bucket(km))
            else:
                open_[what](km, cells)

    def _wait(self, km: float, what: str, cells: tuple[str, ...] = ()) -> None:
        # What is still to be opened goes before what lies at the same distance.
        order = int(what == "bucket")
        heapq.heappush(self.heap, (km, order, next(self.number), what, cells))

    def _next_rings(self) -> None:
        group = [*islice(self.rings, next(self.sizes, RINGS[-1]))]
        if group:
            self._wait(group[0][0], "rings", tuple(c for _km, cells in group for c in cells))

    def _rings(self, _km: float, cells: tuple[str, ...]) -> None:
        self._next_rings()
        near = [cell for cell in cells if self._bound(cell) <= self.reach_km]
        rows = self.look.in_feed_cells(near, MANY)
        if len(rows) < MANY:
            self._keep(rows)
        else:
            for cell in near:
                self._wait(self._bound(cell), "feed", (cell,))

    def _feed(self, _km: float, cells: tuple[str, ...]) -> None:
        rows = self.look.in_feed_cells(cells, MANY)
        if len(rows) < MANY:
            self._keep(rows)
            return
        for cell in geo.inside(cells[0]):
            km = geo.apart_km(self.home, cell)
            if cell != self.home and self.from_km <= km <= self.reach_km:
                self._wait(km, "cells", (cell,))

    def _cells(self, km: float, cells: tuple[str, ...]) -> None:
        if cells[0] == self.home or not self.fills:
            self._fill(km, cells[0])
            return
        together = [(km, cells[0])]
        while len(together) < CELLS and self.heap and self.heap[0][3] == "cells":
            further_km, _order, _number, _what, further = heapq.heappop(self.heap)
            together.append((further_km, further[0]))
        rows = self.look.in_cells([cell for _km, cell in together], MANY)
        self.fills = len(rows) < MANY
        if self.fills:
            self._keep(rows)
            return
        for each_km, cell in together:
            self._wait(each_km, "cells", (cell,))

    def _bound(self, feed_cell: str) -> float:
        return max(0.0, geo.apart_km(self.home, feed_cell) - geo.CELL_RADIUS_KM)

    def _keep(self, rows: list[Candidate]) -> None:
        for row in self.look.seen(rows):
            if row.cell != self.home:
                km = geo.apart_km(self.home, row.cell)
                if self.from_km <= km <= self.reach_km:
                    self._at(km).rows.append(row)

    def _fill(self, km: float, cell: str) -> None:
        if km >= self.from_km:
            self._at(km).full.append(cell)

    def _at(self, km: float) -> _Bucket:
        if km not in self.buckets:
            self._wait(km, "bucket")
        return self.buckets[km]

    def _bucket(self, km: float) -> Iterator[Candidate]:
        bucket = self.buckets.pop(km)
        until = self.until if km == self.from_km else None
        rows = sorted(bucket.rows, reverse=True)
        if until:
            rows = [row for row in rows if native(row) < until]
        streams = [self._stream(cell, until) for cell in bucket.full]
        yield from heapq.merge(rows, *streams, reverse=True) if streams else rows

    def _stream(self, cell: str, until: Key | None) -> Iterator[Candidate]:
        rows = [None] * MANY
        at_most = MANY // 2
        while rows:
            rows = self.look.newest_in_cell(cell, at_most, until)
            yield from self.look.seen(rows)
            if len(rows) < at_most:
                return
            until = native(rows[-1])
