import math

import h3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.geo import (
    cells_within,
    centre,
    feed_cell,
    great_circle_km,
    home_cell,
    is_cell,
    rings,
    round_position,
)

latitudes = st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, -89.99, 0.0, 89.99, 90.0]))
longitudes = st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, -179.99, 179.99, 180.0]))
pentagons = st.sampled_from([h3.cell_to_latlng(cell) for cell in h3.get_pentagons(5)])
positions = st.one_of(st.tuples(latitudes, longitudes), pentagons)
resolutions = st.integers(5, 7)


def cell_at(position: tuple[float, float], resolution: int) -> str:
    return h3.latlng_to_cell(*position, resolution)


def travelled(start: tuple[float, float], bearing: float, km: float) -> tuple[float, float]:
    """Where one arrives from `start`, on a sphere."""
    angle, turn = km / 6371.009, math.radians(bearing)
    lat, lng = map(math.radians, start)
    end = math.asin(
        max(
            -1,
            min(
                1,
                math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(turn),
            ),
        )
    )
    east = math.atan2(
        math.sin(turn) * math.sin(angle) * math.cos(lat),
        math.cos(angle) - math.sin(lat) * math.sin(end),
    )
    return math.degrees(end), (math.degrees(lng + east) + 540) % 360 - 180


@settings(max_examples=300, deadline=None)
@given(positions, resolutions, resolutions, st.floats(0, 360), st.floats(0, 1), st.floats(1, 300))
def test_everybody_within_the_radius_lies_in_one_of_the_cells(
    start, own, others, bearing, share, radius_km
):
    home = cell_at(start, own)
    other = cell_at(travelled(centre(home), bearing, share * radius_km), others)
    if great_circle_km(centre(home), centre(other)) <= radius_km:
        assert feed_cell(other) in cells_within(home, radius_km)


@settings(max_examples=60, deadline=None)
@given(positions, resolutions, st.floats(0, 300))
def test_no_cell_is_named_that_lies_far_outside(start, resolution, radius_km):
    home = cell_at(start, resolution)
    found = cells_within(home, radius_km)
    assert len(found) == len(set(found))
    assert feed_cell(home) in found
    assert all(great_circle_km(centre(home), centre(cell)) <= radius_km + 12 for cell in found)


@settings(max_examples=40, deadline=None)
@given(positions, resolutions, st.integers(1, 12))
def test_no_ring_holds_anybody_nearer_than_an_earlier_ring_promised(start, resolution, number):
    home = cell_at(start, resolution)
    seen: set[str] = set()
    bounds = []
    for (bound_km, ring), _ in zip(rings(home), range(number + 1), strict=False):
        assert not seen.intersection(ring)
        seen.update(ring)
        bounds.append(bound_km)
        for cell in (child for c in ring[:6] for child in (c, *h3.cell_to_children(c, 7))):
            distance_km = great_circle_km(centre(home), centre(cell))
            assert all(distance_km >= bound - 0.01 for bound in bounds)
    assert seen == set(h3.grid_disk(feed_cell(home), number))


def test_cells_reach_across_the_antimeridian():
    east, west = cell_at((-17.0, 179.95), 5), cell_at((-17.0, -179.95), 5)
    assert west in cells_within(east, 30)
    assert east in cells_within(west, 30)


@pytest.mark.parametrize("radius_km", [-1, math.nan, math.inf])
def test_a_radius_that_is_none_is_refused(radius_km):
    with pytest.raises(ValueError, match="radius"):
        cells_within(cell_at((45.5, -122.4), 5), radius_km)


@pytest.mark.parametrize(
    ("people", "resolution"),
    [(0, 5), (19_999, 5), (20_000, 6), (99_999, 6), (100_000, 7), (9_000_000, 7)],
)
def test_the_fewer_people_live_around_the_coarser_is_the_cell(people, resolution):
    home = home_cell(45.5, -122.4, lambda parent: people)
    assert h3.get_resolution(home) == resolution


@given(positions, st.sampled_from([0, 50_000, 500_000]))
def test_the_centre_of_a_stored_cell_is_stored_as_the_same_cell(position, people):
    asked = []

    def population(parent: str) -> int:
        asked.append(h3.get_resolution(parent))
        return people

    home = home_cell(*position, population)
    assert home_cell(*centre(home), population) == home
    assert is_cell(home)
    assert set(asked) == {5}


@pytest.mark.parametrize(
    "position", [(91, 0), (-90.1, 0), (0, 180.1), (math.nan, 0), (0, math.inf)]
)
def test_what_is_no_position_on_earth_is_refused(position):
    with pytest.raises(ValueError, match="position"):
        home_cell(*position, lambda parent: 0)
    with pytest.raises(ValueError, match="position"):
        round_position(*position)


@given(st.tuples(latitudes, longitudes))
def test_a_rounded_position_is_a_multiple_of_two_hundredths_nearby(position):
    rounded = round_position(*position)
    for before, after in zip(position, rounded, strict=True):
        assert abs(before - after) <= 0.01 + 1e-9
        assert after == round(after, 2)
        assert round(after * 100) % 2 == 0
    assert round_position(*rounded) == rounded


def test_only_cells_of_the_three_resolutions_count():
    assert all(is_cell(cell_at((45.5, -122.4), resolution)) for resolution in (5, 6, 7))
    assert not any(is_cell(cell_at((45.5, -122.4), resolution)) for resolution in (0, 4, 8, 15))


@given(st.one_of(st.text(), st.none(), st.integers(), st.from_regex(r"\A8[0-9a-f]{14}\Z")))
def test_whatever_is_accepted_as_a_cell_can_be_used_as_one(text):
    if is_cell(text):
        assert cell_at(centre(text), h3.get_resolution(text)) == text


@pytest.mark.parametrize(
    "bad",
    ["", "8528f003fffffff ", "8528F003FFFFFFF", "0x8528f003fffffff", "zzzz", "8" * 10_000, b"85"],
)
def test_a_cell_has_one_way_to_be_written(bad):
    assert not is_cell(bad)
