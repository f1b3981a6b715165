"""Which town says best where something is: the trade of a town's size against its distance."""

from collections import defaultdict
from collections.abc import Iterable

import h3

from webapp.geo.towns import Town

# Disks of resolution-5 cells to look in, one after the other: some 15, 40, 80 and 250 km around.
SEARCH_DISKS = (1, 3, 6, 18)
HALVING_KM = 4.0


def telling(population: int, distance_km: float) -> float:
    """How well a town of so many people names a place so far away; more is better.

    At 4 km a town counts half, at 10 km a seventh.
    """
    return (population + 1) / (1 + (distance_km / HALVING_KM) ** 2)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance without geopy's checks, for the many candidates of one question."""
    return h3.great_circle_distance(a, b, unit="km")


def disk(latitude: float, longitude: float, rings: int) -> list[int]:
    """The resolution-5 cells around a position, as the integers that the place index stores."""
    home = h3.latlng_to_cell(latitude, longitude, 5)
    return [h3.str_to_int(cell) for cell in h3.grid_disk(home, rings)]


class TownGrid:
    """Towns by the resolution-5 cell they lie in, for one pass over many positions."""

    def __init__(self, towns: list[Town], ranks: Iterable[int]) -> None:
        self.towns = towns
        self.by_cell: dict[int, list[int]] = defaultdict(list)
        for rank in ranks:
            town = towns[rank]
            cell = h3.str_to_int(h3.latlng_to_cell(town.latitude, town.longitude, 5))
            self.by_cell[cell].append(rank)

    def most_telling(self, latitude: float, longitude: float) -> int | None:
        """The rank of the town that best names a position, None if it is too far away."""
        for rings in SEARCH_DISKS:
            cells = disk(latitude, longitude, rings)
            found = [rank for cell in cells for rank in self.by_cell.get(cell, ())]
            if found:
                return max(found, key=lambda rank: self._score(rank, latitude, longitude))
        return None

    def _score(self, rank: int, latitude: float, longitude: float) -> tuple[float, int]:
        town = self.towns[rank]
        away = kilometres((latitude, longitude), (town.latitude, town.longitude))
        return telling(town.population, away), -rank
