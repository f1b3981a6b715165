"""The hexagons of the picture: all that may hold something, wherever on Earth a home is."""

import json
import math

import h3
import pytest

from webapp.geo import around, cells_within, centre, great_circle_km
from webapp.geo.outlines import STEP_KM, flat

HOMES = {
    "a town": (45.5, -122.43),
    "the north": (69.65, 18.96),
    "the date line": (-16.8, 179.99),
    "its other side": (51.9, -179.99),
    "the equator": (0.0, 0.0),
    "the North Pole": (90.0, 0.0),
    "the South Pole": (-90.0, 17.0),
}
REACHES = (1, 16, 48, 60, 61, 150)


def home(name: str, resolution: int = 7) -> str:
    return h3.latlng_to_cell(*HOMES[name], resolution)


def pairs(numbers: tuple[int, ...]) -> list[tuple[float, float]]:
    """East and north in kilometres."""
    steps = iter(numbers)
    return [(east * STEP_KM, north * STEP_KM) for east, north in zip(steps, steps, strict=True)]


@pytest.mark.parametrize("reach_km", REACHES)
@pytest.mark.parametrize("name", HOMES)
def test_every_place_within_reach_lies_in_a_hexagon_that_is_drawn(name: str, reach_km: int) -> None:
    cell = home(name)
    drawn = pairs(around(cell, reach_km)["cells"])
    corner_km = max(math.hypot(*corner) for corner in pairs(around(cell, reach_km)["shape"]))
    for each in cells_within(cell, reach_km):
        if great_circle_km(centre(cell), centre(each)) > reach_km:
            continue
        spot = flat(centre(cell), centre(each))
        assert min(math.dist(spot, middle) for middle in drawn) <= 1.15 * corner_km


@pytest.mark.parametrize("resolution", [5, 6, 7])
@pytest.mark.parametrize("name", HOMES)
def test_the_first_is_the_one_she_lives_in(name: str, resolution: int) -> None:
    cell = home(name, resolution)
    for reach_km in REACHES:
        drawn = pairs(around(cell, reach_km)["cells"])
        parent = h3.cell_to_parent(cell, 5 if reach_km <= 60 else 4)
        assert math.dist(drawn[0], flat(centre(cell), centre(parent))) < 2 * STEP_KM


@pytest.mark.parametrize("name", HOMES)
def test_none_lies_in_another_and_none_far_from_all(name: str) -> None:
    for reach_km in REACHES:
        shape, drawn = (pairs(around(home(name), reach_km)[part]) for part in ("shape", "cells"))
        across_km = 2 * min(math.hypot(*corner) for corner in shape)
        assert len(shape) == 6
        for number, one in enumerate(drawn):
            away = [math.dist(one, other) for other in drawn[:number] + drawn[number + 1 :]]
            if away:
                assert 0.6 * across_km < min(away) < 1.2 * across_km


@pytest.mark.parametrize("name", HOMES)
def test_the_plane_keeps_how_far_and_where_everything_is(name: str) -> None:
    origin = centre(home(name))
    for each in cells_within(home(name), 100):
        east, north = flat(origin, centre(each))
        assert math.hypot(east, north) == pytest.approx(
            great_circle_km(origin, centre(each)), abs=0.01
        )
    if abs(origin[0]) < 80:
        assert flat(origin, (origin[0] + 0.1, origin[1]))[1] == pytest.approx(11.12, abs=0.01)
        assert flat(origin, (origin[0], origin[1] + 0.1))[0] > 0


def test_the_farther_she_reaches_the_larger_the_hexagons() -> None:
    near, far = (around(home("a town"), reach_km)["shape"] for reach_km in (60, 61))
    assert math.hypot(*far[:2]) == pytest.approx(math.sqrt(7) * math.hypot(*near[:2]), rel=0.1)


def test_a_pentagon_is_drawn_as_its_neighbours_are() -> None:
    for cell in h3.get_pentagons(5):
        found = around(cell, 60)
        assert len(found["shape"]) == 12
        assert len(json.dumps(found, separators=(",", ":"))) <= 1_000


@pytest.mark.parametrize("name", HOMES)
def test_it_is_small_enough_to_be_sent_with_her_row(name: str) -> None:
    for reach_km in REACHES:
        assert len(json.dumps(around(home(name), reach_km), separators=(",", ":"))) <= 900
