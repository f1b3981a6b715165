"""A million listings where people live: the gazetteer's towns, by how many live there."""

import math
import random
import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import h3
import pysqlite3

from tests.places import built_places
from webapp import geo
from webapp.listings.traits import AGE, AGE_SAID, FREE_OF, KEPT, NOT_KEPT, STATE, Wanted

LISTINGS, IN_CITY = 1_000_000, 200_000
AT = datetime(2026, 11, 1, tzinfo=UTC)
LASTS = timedelta(days=60)
SEED = 20261101
KM_PER_DEGREE = 111.2
CITY, CITY_SPREAD_KM = (19.42847, -99.12766), 12.0
"""Mexico City's, by the gazetteer."""
QUIET = (-23.69748, 133.88362)
"""Alice Springs: the next town of its size is 1,300 km away."""


class Row(NamedTuple):
    """A listing, in what a search looks at."""

    id: uuid.UUID
    person_id: uuid.UUID
    kind: str
    status: str
    cell: str
    feed_cell: str
    published_at: datetime
    traits: int
    volume_ml: int


def world() -> Iterator[Row]:
    """Every listing, always the same: 200,000 of one city, the others by where people live."""
    chance = random.Random(SEED)
    homes = _homes(chance)
    for _ in range(LISTINGS):
        cell = next(homes)
        at = AT - LASTS * chance.random()
        yield Row(
            _id(at, chance),
            uuid.UUID(int=chance.getrandbits(128), version=4),
            "offer" if chance.random() < 0.6 else "request",
            "open" if chance.random() < 0.9 else "withdrawn",
            cell,
            geo.feed_cell(cell),
            at,
            _traits(chance),
            chance.choice((150, 300, 600, 1500, 3000, 6000)),
        )


def _homes(chance: random.Random) -> Iterator[str]:
    with pysqlite3.connect(built_places()) as index:
        towns = index.execute("SELECT latitude, longitude, population FROM town").fetchall()
        around = dict(index.execute("SELECT cell, sum(population) FROM town GROUP BY cell"))
    cells = {h3.int_to_str(cell): people for cell, people in around.items()}
    summed = [*accumulate(population for _lat, _lng, population in towns)]
    chosen = chance.choices(towns, cum_weights=summed, k=LISTINGS - IN_CITY)
    spots = [(lat, lng, 1.0 + (people / 1e5) ** 0.5) for lat, lng, people in chosen]
    spots += [(*CITY, CITY_SPREAD_KM)] * IN_CITY
    chance.shuffle(spots)
    people_of = cache(lambda cell: cells.get(cell, 0))
    for latitude, longitude, spread_km in spots:
        north = latitude + chance.gauss(0, spread_km) / KM_PER_DEGREE
        shrunk = KM_PER_DEGREE * math.cos(math.radians(latitude))
        yield geo.home_cell(north, longitude + chance.gauss(0, spread_km) / shrunk, people_of)


def _id(at: datetime, chance: random.Random) -> uuid.UUID:
    milliseconds = int(at.timestamp() * 1000)
    return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | chance.getrandbits(76))


def _traits(chance: random.Random) -> int:
    bits = 1 << chance.choice((STATE["frozen"], STATE["frozen"], STATE["refrigerated"]))
    for code, bit in KEPT.items():
        said = chance.random()
        if said < (0.3 if code == "dairy_free" else 0.08):
            bits |= 1 << bit
        elif said > 0.95:
            bits |= 1 << bit + NOT_KEPT
    bits |= sum(1 << bit for bit in FREE_OF.values() if chance.random() < 0.5)
    if chance.random() < 0.7:
        bits |= 1 << AGE_SAID | 1 << chance.choice([*AGE.values()])
    return bits


def _age(row: Row) -> tuple[float, int]:
    """The newest first."""
    return -row.published_at.timestamp(), -row.id.int


class BruteForce:
    """Every open listing, looked at one cell after the other: no index, no rings."""

    def __init__(self, rows: list[Row]) -> None:
        self.newest = sorted(
            (row for row in rows if row.status == "open"),
            key=_age,
        )
        self.by_cell: dict[str, list[Row]] = defaultdict(list)
        for row in self.newest:
            self.by_cell[row.cell].append(row)
        self.centres = {cell: geo.centre(cell) for cell in self.by_cell}
        self.known: dict[tuple[str, float], dict[str, float]] = {}

    def page(
        self, home: str, reach_km: float, wanted: Wanted, newest: bool, at_most: int
    ) -> list[uuid.UUID]:
        """Ids of the first page, as a search has to answer it."""
        found = self._within(home, reach_km)
        if newest:
            rows = (row for row in self.newest if row.cell in found)
        else:
            by_km: dict[float, list[Row]] = defaultdict(list)
            for cell, km in found.items():
                by_km[km] += self.by_cell[cell]
            rows = (row for km in sorted(by_km) for row in sorted(by_km[km], key=_age))
        page = []
        for row in rows:
            if wanted.takes(row.kind, row.traits, row.volume_ml):
                page.append(row.id)
                if len(page) == at_most:
                    break
        return page

    def _within(self, home: str, reach_km: float) -> dict[str, float]:
        """{cell: km} of every cell of listings within reach."""
        if (home, reach_km) not in self.known:
            here, found = geo.centre(home), {}
            for cell, there in self.centres.items():
                km = h3.great_circle_distance(here, there, unit="km")
                # H3's radius is 2 m smaller than geopy's, which counts everywhere.
                if km <= reach_km + 1:
                    exact = round(geo.great_circle_km(here, there), 6)
                    if exact <= reach_km:
                        found[cell] = exact
            self.known[home, reach_km] = found
        return self.known[home, reach_km]
