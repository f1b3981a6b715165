"""What lies around a home as a picture: hexagons, laid flat, which a phone only has to draw."""

import math
from collections.abc import Iterable
from functools import lru_cache

import h3

from webapp.geo.cells import FEED_RESOLUTION, cells_within, centre

EARTH_KM = 6371.0088
"""The mean radius that geopy's great circle uses, and the phone."""
FINE_UP_TO_KM = 60
"""Farther than this, cells of resolution 5 would be too many to draw, and too small to tap."""
STEP_KM = 0.1

Flat = tuple[float, float]


@lru_cache(maxsize=4096)
def around(cell: str, reach_km: int) -> dict[str, tuple[int, ...]]:
    """The cells that may hold something within reach of a home, and the outline of one of them.

    `cells` are centres and `shape` the six corners seen from a centre, each as east, north, east,
    north and so on, in tenths of a kilometre, the home's own cell first. The plane is the one that
    keeps the distance and direction of everything from the centre of `cell` (azimuthal
    equidistant), so that poles and the date line are places like any other. Cells are of
    resolution 5 up to a reach of 60 km, else 4.
    """
    origin, resolution = centre(cell), FEED_RESOLUTION - (reach_km > FINE_UP_TO_KM)
    home = h3.cell_to_parent(cell, resolution)
    found = {h3.cell_to_parent(each, resolution) for each in cells_within(cell, reach_km)}
    in_order = sorted(found, key=lambda each: (each != home, each))
    return {
        "cells": _steps(flat(origin, centre(each)) for each in in_order),
        "shape": _steps(_shape(home)),
    }


def flat(origin: Flat, point: Flat) -> Flat:
    """Kilometres east and north of an origin, as the crow sets out; both are in degrees."""
    south, north = math.radians(origin[0]), math.radians(point[0])
    turned = math.radians(point[1] - origin[1])
    east = math.sin(turned) * math.cos(north)
    up = math.cos(south) * math.sin(north) - math.sin(south) * math.cos(north) * math.cos(turned)
    along = math.sin(south) * math.sin(north) + math.cos(south) * math.cos(north) * math.cos(turned)
    away, across = math.atan2(math.hypot(east, up), along), math.hypot(east, up)
    scale = EARTH_KM * (away / across if across else 1)
    return east * scale, up * scale


def _shape(home: str) -> list[Flat]:
    # A pentagon, or a cell over an edge of the icosahedron, has not six corners; a neighbour has.
    near = (each for each in h3.grid_disk(home, 3) if len(h3.cell_to_boundary(each)) == 6)
    cell = next(near)
    return [flat(centre(cell), corner) for corner in h3.cell_to_boundary(cell)]


def _steps(points: Iterable[Flat]) -> tuple[int, ...]:
    return tuple(round(number / STEP_KM) for point in points for number in point)
