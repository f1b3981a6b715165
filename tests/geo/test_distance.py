import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.geo import great_circle_km, within_reach

positions = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
kilometres = st.floats(0, 300)


def test_vienna_lies_some_355_km_from_munich():
    assert great_circle_km((48.20849, 16.37208), (48.13743, 11.57549)) == pytest.approx(355, abs=2)


@given(positions, positions)
def test_a_way_is_as_long_there_as_back_and_never_beyond_half_the_earth(a, b):
    assert great_circle_km(a, b) == pytest.approx(great_circle_km(b, a), abs=1e-6)
    assert 0 <= great_circle_km(a, b) <= 20_016


def test_the_antimeridian_is_no_border():
    assert great_circle_km((0, 179.9), (0, -179.9)) == pytest.approx(22.24, abs=0.1)


@given(kilometres, kilometres)
def test_two_people_meet_when_together_they_travel_far_enough(mine_km, theirs_km):
    assert within_reach(mine_km + theirs_km, mine_km, theirs_km)
    assert not within_reach(mine_km + theirs_km + 0.1, mine_km, theirs_km)


def test_a_position_that_is_no_number_has_no_distance():
    with pytest.raises(ValueError, match="finite"):
        great_circle_km((float("nan"), 0), (0, 0))


@pytest.mark.filterwarnings("ignore:Latitude normalization")
def test_a_position_past_a_pole_has_no_distance():
    with pytest.raises(ValueError, match="Latitude"):
        great_circle_km((91, 0), (0, 0))
