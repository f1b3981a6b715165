"""H3 cells: the only form in which a position is stored."""

import math
from collections.abc import Callable, Iterator

import h3

FEED_RESOLUTION = 5
FINEST_RESOLUTION = 7

CITY_POPULATION = 100_000
TOWN_POPULATION = 20_000

POSITION_STEP_DEGREES = 0.02

# The farthest any corner of a resolution-5 cell lies from its centre is 10.84 km (measured on
# 19,612 cells, all around the twelve pentagons); the centres of finer cells lie within 9.67 km.
CELL_RADIUS_KM = 11.5


def round_position(latitude: float, longitude: float) -> tuple[float, float]:
    """A position in degrees rounded to 0.02 (about 2 km), as the phone does before it sends it.

    Raises ValueError for what is not a position on Earth.
    """
    _check(latitude, longitude)
    steps = round(1 / POSITION_STEP_DEGREES)
    return round(latitude * steps) / steps, round(longitude * steps) / steps


def home_cell(latitude: float, longitude: float, population_of_parent: Callable[[str], int]) -> str:
    """The one cell that is stored for a home: the coarser, the fewer people live around it.

    Resolution 7 where its resolution-5 parent holds 100,000 people, 6 where 20,000, else 5.
    `population_of_parent` answers for a resolution-5 cell, as `Places.population_of` does.
    The centre of a cell that was stored so is stored as that cell again.
    Raises ValueError for what is not a position on Earth.
    """
    _check(latitude, longitude)
    finest = h3.latlng_to_cell(latitude, longitude, FINEST_RESOLUTION)
    population = population_of_parent(feed_cell(finest))
    if population >= CITY_POPULATION:
        return finest
    return h3.cell_to_parent(finest, 6 if population >= TOWN_POPULATION else FEED_RESOLUTION)


def centre(cell: str) -> tuple[float, float]:
    """Latitude and longitude in degrees of a cell's centre."""
    latitude, longitude = h3.cell_to_latlng(cell)
    return latitude, longitude


def feed_cell(cell: str) -> str:
    """The resolution-5 cell that a cell belongs to, by which feeds and searches are kept."""
    return h3.cell_to_parent(cell, FEED_RESOLUTION)


def rings(cell: str) -> Iterator[tuple[float, list[str]]]:
    """Yield (bound_km, resolution-5 cells) ring by ring outward from a cell of resolution 5 to 7.

    No listing in this ring or in any later one is nearer to the cell's centre than `bound_km`:
    every way outward crosses the ring, so its nearest corner bounds all that lies behind it.
    Ends when the whole Earth has been given.
    """
    origin, home = centre(cell), feed_cell(cell)
    number = 0
    while ring := h3.grid_ring(home, number):
        nearest = min(_kilometres(origin, other) for other in ring)
        yield max(0.0, nearest - CELL_RADIUS_KM), ring
        number += 1


def cells_within(cell: str, radius_km: float) -> list[str]:
    """Every resolution-5 cell that can hold a listing within `radius_km` of the cell's centre.

    A superset: cells are taken whole, so distances are still to be checked. Sorted, without
    repeats. Raises ValueError for a radius that is negative or not finite.
    """
    if not (math.isfinite(radius_km) and radius_km >= 0):
        raise ValueError(f"not a radius: {radius_km}")
    origin, found = centre(cell), []
    for bound_km, ring in rings(cell):
        if bound_km > radius_km:
            break
        found += [c for c in ring if _kilometres(origin, c) <= radius_km + CELL_RADIUS_KM]
    return sorted(found)


def is_cell(text: object) -> bool:
    """Whether a text is an H3 cell of resolution 5 to 7, written the one canonical way."""
    if not (isinstance(text, str) and len(text) == 15 and text.isascii()):
        return False
    if not (text.isalnum() and text.islower() and h3.is_valid_cell(text)):
        return False
    return FEED_RESOLUTION <= h3.get_resolution(text) <= FINEST_RESOLUTION


def _check(latitude: float, longitude: float) -> None:
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError(f"not a position: {latitude}, {longitude}")


def _kilometres(origin: tuple[float, float], cell: str) -> float:
    return h3.great_circle_distance(origin, h3.cell_to_latlng(cell), unit="km")
