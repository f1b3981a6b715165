"""Homes clustered like world cities: where the gazetteer says that people live, by a seed."""

import math
import random
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from tests.places import built_places
from webapp import geo
from webapp.geo import Places
from webapp.geo.towns import Town, read_towns

FEWEST_PEOPLE = 15_000
"""Towns smaller than this are left out: they hold few people, and there are 200,000 of them."""
KM_PER_DEGREE = 111.2


def homes(count: int, seed: int) -> Iterator[str]:
    """So many homes' cells, each town's share by its people, scattered as wide as its size."""
    chance = random.Random(seed)
    towns, weights = _weighed()
    for town in chance.choices(towns, cum_weights=weights, k=count):
        yield home_in(town, chance)


def home_in(town: Town, chance: random.Random) -> str:
    """The cell of one home in a town or around it."""
    spread_km = 1 + math.sqrt(town.population) / 300
    north_km, east_km = chance.gauss(0, spread_km), chance.gauss(0, spread_km)
    latitude = max(-89.9, min(89.9, town.latitude + north_km / KM_PER_DEGREE))
    around = KM_PER_DEGREE * math.cos(math.radians(latitude))
    longitude = (town.longitude + east_km / around + 180) % 360 - 180
    return geo.home_cell(latitude, longitude, _people_in)


def towns() -> list[Town]:
    """Every town that homes are scattered around, the most populous first."""
    return _weighed()[0]


def largest() -> Town:
    """The town with the most people."""
    return _weighed()[0][0]


@cache
def _weighed() -> tuple[list[Town], list[int]]:
    towns = [town for town in read_towns(lambda _done: None) if town.population >= FEWEST_PEOPLE]
    return towns, [*accumulate(town.population for town in towns)]


@cache
def _people_in(cell: str) -> int:
    return _index().population_of(cell)


@cache
def _index() -> Places:
    return Places(built_places())
