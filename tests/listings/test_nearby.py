"""Who is near, and how far the nearest is where nobody is."""

import pytest

from tests.cast import GRESHAM, PORTLAND, Cast, Phone, offer, request
from webapp import listings, people
from webapp.database import db, writing
from webapp.listings.nearby import BEYOND_KM, bands_beyond
from webapp.people import Person

KM_PER_DEGREE = 111.2
KM_PER_MILE = 1.609344


def north_of_gresham(cast: Cast, km: float) -> Phone:
    latitude, longitude, around = GRESHAM
    return cast.somebody("Nora", (latitude + km / KM_PER_DEGREE, longitude, around))


def beyond(cast: Cast, reach_km: int, kind: str = "offer") -> tuple[int, int] | None:
    person_id = cast.donor.person_id
    her = db.session.get_one(Person, person_id)
    unseen = people.blocked_with(person_id) | {person_id}
    return listings.nearest_beyond(her.cell, reach_km, unseen, kind)


def test_the_nearest_beyond_reach_is_told_as_a_band(cast: Cast) -> None:
    north_of_gresham(cast, 80).publish(offer())
    assert beyond(cast, 16) == (50, 100)
    assert beyond(cast, 60) == (60, 100)


@pytest.mark.parametrize(("km", "band"), [(30, (16, 50)), (130, (100, 150)), (260, (200, 300))])
def test_each_distance_has_its_band(cast: Cast, km: float, band: tuple[int, int]) -> None:
    north_of_gresham(cast, km).publish(offer())
    assert beyond(cast, 16) == band


def test_who_has_something_within_reach_is_told_of_no_band(cast: Cast) -> None:
    cast.somebody("June", PORTLAND).publish(offer())
    north_of_gresham(cast, 80).publish(offer())
    assert beyond(cast, 40) is None


def test_beyond_300_km_nothing_is_told(cast: Cast) -> None:
    north_of_gresham(cast, 330).publish(offer())
    cast.outsider.publish(offer())
    assert beyond(cast, 150) is None


def test_the_nearest_of_another_kind_does_not_count(cast: Cast) -> None:
    north_of_gresham(cast, 80).publish(request())
    assert beyond(cast, 16) is None
    assert beyond(cast, 16, "request") == (50, 100)


def test_her_own_the_paused_and_the_blocked_do_not_count(cast: Cast) -> None:
    cast.donor.publish(offer())
    nora = north_of_gresham(cast, 80)
    listing_id = nora.publish(offer())
    with writing() as session:
        session.add(people.Block(person_id=nora.person_id, blocked_id=cast.donor.person_id))
    assert beyond(cast, 16) is None
    olive = north_of_gresham(cast, 130)
    assert olive.do("listing.pause", olive.publish(offer()))["outcome"] == "done"
    assert beyond(cast, 16) is None
    assert nora.do("listing.pause", listing_id)["outcome"] == "done"


@pytest.mark.parametrize("units", BEYOND_KM)
def test_no_band_is_so_narrow_that_it_tells_a_place(units: str) -> None:
    for reach_km in range(1, 151):
        bands = bands_beyond(reach_km, units)
        assert bands[0][0] == reach_km
        assert bands[-1][1] <= 300
        assert all(to_km - from_km >= 25 for from_km, to_km in bands)


def test_the_edges_of_bands_are_round_in_miles_too() -> None:
    miles = [edge / KM_PER_MILE for edge in BEYOND_KM["oz"]]
    assert [round(number) for number in miles] == [30, 60, 90, 120, 180]
