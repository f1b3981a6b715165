"""Search answers what looking at every listing would: wherever on Earth, in either order."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import h3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import PORTLAND, Cast, offer, request
from webapp import geo, people
from webapp.database import db, now, writing
from webapp.listings import Listing
from webapp.listings.nearby import Cursor, read_cursor, search
from webapp.listings.traits import FREE_OF, KEPT, Wanted, wanted
from webapp.people import Person

START = datetime(2026, 11, 1, tzinfo=UTC)
SEAMS = [
    (0.0, 180.0),
    (-16.9, 179.99),
    (52.0, -179.98),
    (90.0, 0.0),
    (89.9, 45.0),
    (-90.0, 0.0),
    *[h3.cell_to_latlng(cell) for cell in h3.get_pentagons(5)[:4]],
]
places = st.sampled_from(SEAMS) | st.tuples(st.floats(-90, 90), st.floats(-180, 180))
DAIRY_FREE, NO_MEDICINE = 1 << KEPT["dairy_free"], 1 << FREE_OF["medicine"]


@dataclass(frozen=True)
class Spot:
    """A listing around a place: km east and north, of which resolution, whose, and what."""

    east_km: float
    north_km: float
    resolution: int
    owner: int
    kind: str
    hours: int
    traits: int
    volume_ml: int
    is_open: bool


spots = st.builds(
    Spot,
    st.floats(-120, 120) | st.floats(-4, 4),
    st.floats(-120, 120) | st.floats(-4, 4),
    st.sampled_from([5, 6, 7]),
    st.integers(0, 2),
    st.sampled_from(["offer", "offer", "request"]),
    st.sampled_from([0, 1, 3, 40, 400, 4000]),
    st.sampled_from([0, DAIRY_FREE, NO_MEDICINE, DAIRY_FREE | NO_MEDICINE]),
    st.sampled_from([100, 900]),
    st.sampled_from([True, True, True, False]),
)
filters = st.sampled_from(
    [
        wanted("offer"),
        wanted("request"),
        wanted("offer", diet=["dairy_free"], avoid=["medicine"]),
        wanted("offer", avoid=["medicine"], unsaid=True, least_ml=500),
    ]
)


def cell_of(place: tuple[float, float], spot: Spot) -> str:
    """The cell so far from a place, by turning a step to the east and one to the north."""
    latitude, longitude = place
    north = max(-90.0, min(90.0, latitude + spot.north_km / 111.2))
    shrink = max(0.02, abs(h3.great_circle_distance((north, 0), (north, 1), unit="km") / 111.2))
    east = (longitude + spot.east_km / 111.2 / shrink + 540) % 360 - 180
    return h3.latlng_to_cell(north, east, spot.resolution)


numbers = count(1)


def listings_at(
    place: tuple[float, float], scattered: list[Spot], owners: list[uuid.UUID]
) -> list[dict[str, Any]]:
    rows = []
    for spot in scattered:
        cell = cell_of(place, spot)
        rows.append(
            {
                "id": uuid.UUID(int=next(numbers) << 64),
                "person_id": owners[spot.owner],
                "kind": spot.kind,
                "status": "open" if spot.is_open else "paused",
                "cell": cell,
                "feed_cell": geo.feed_cell(cell),
                "reach_km": 20,
                "open_days": 30,
                "published_at": START - timedelta(hours=spot.hours),
                "expires_at": START + timedelta(days=30),
                "traits": spot.traits,
                "volume_ml": spot.volume_ml,
            }
        )
    return rows


def brute_force(
    home: str, reach_km: float, want: Wanted, unseen: set[uuid.UUID], newest: bool
) -> list[uuid.UUID]:
    """Every open listing, by its distance from home or by its time, with no index at all."""
    here = geo.centre(home)
    found = []
    for row in db.session.query(Listing).filter(Listing.status == "open"):
        km = geo.great_circle_km(here, geo.centre(row.cell))
        taken = want.takes(row.kind, row.traits, row.volume_ml)
        if taken and km <= reach_km and row.person_id not in unseen:
            found.append((0 if newest else round(-km, 6), row.published_at, row.id))
    return [listing_id for *_order, listing_id in sorted(found, reverse=True)]


def pages(*asked: Any, at_most: int, **more: Any) -> list[uuid.UUID]:
    """All pages of a search, one after the other."""
    found: list[uuid.UUID] = []
    after = None
    while True:
        page, following = search(*asked, at_most=at_most, after=after, at=START, **more)
        found += page
        assert len(page) == at_most or following is None
        if following is None:
            return found
        after = read_cursor(str(following))
        assert after == following


@pytest.fixture
def owners(cast: Cast) -> list[uuid.UUID]:
    return [phone.person_id for phone in (cast.donor, cast.recipient, cast.outsider)]


@pytest.mark.parametrize("many", [2, 120])
def test_search_answers_what_looking_at_every_listing_would(
    owners: list[uuid.UUID], many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With 2 every feed cell counts as too full to be read whole.
    monkeypatch.setattr("webapp.listings.nearest.MANY", many)
    blocked = {owners[2]}

    @settings(
        max_examples=25 if many > 2 else 40,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(
        places,
        st.lists(spots, max_size=40),
        st.sampled_from([5, 6, 7]),
        st.sampled_from([1, 10, 48, 150]),
        filters,
        st.booleans(),
        st.sampled_from([1, 3, 50]),
    )
    def answers_alike(
        place: tuple[float, float],
        scattered: list[Spot],
        resolution: int,
        reach_km: int,
        want: Wanted,
        newest: bool,
        at_most: int,
    ) -> None:
        home = h3.latlng_to_cell(*place, resolution)
        with writing() as session:
            session.execute(Listing.__table__.delete())
            if scattered:
                session.execute(Listing.__table__.insert(), listings_at(place, scattered, owners))
        asked = (home, reach_km, want, blocked)
        everything = brute_force(*asked, newest)
        assert pages(*asked, at_most=at_most, newest=newest) == everything
        first, _following = search(*asked, newest=newest, at_most=5, at=START)
        assert first == everything[:5]

    answers_alike()


def test_a_page_goes_on_behind_its_last_whatever_came_meanwhile(cast: Cast) -> None:
    made = [uuid.UUID(cast.donor.publish(offer())) for _ in range(4)]
    her = db.session.get_one(Person, cast.recipient.person_id)
    asked = (her.cell, 48, wanted("offer"), {her.id})
    for newest in (True, False):
        page, following = search(*asked, newest=newest, at_most=2)
        assert page == made[:1:-1]
        late = uuid.UUID(cast.donor.publish(offer()))
        rest, end = search(*asked, newest=newest, at_most=2, after=following)
        assert rest == made[1::-1]
        assert end is None
        assert cast.donor.do("listing.withdraw", late)["outcome"] == "done"


def test_what_is_as_new_as_the_phones_own_is_left_out(cast: Cast) -> None:
    first, second = (uuid.UUID(cast.donor.publish(offer())) for _ in range(2))
    her = db.session.get_one(Person, cast.recipient.person_id)
    before = db.session.get_one(Listing, second).published_at
    for newest in (True, False):
        found, _following = search(
            her.cell, 48, wanted("offer"), {her.id}, newest=newest, before=before
        )
        assert found == [first]


def test_the_paused_the_blocked_and_the_others_kind_are_not_found(cast: Cast) -> None:
    cast.donor.publish(request())
    paused = cast.donor.publish(offer())
    assert cast.donor.do("listing.pause", paused)["outcome"] == "done"
    june, her_id = cast.somebody("June", PORTLAND), cast.recipient.person_id
    june.publish(offer())
    with writing() as session:
        session.add(people.Block(person_id=june.person_id, blocked_id=her_id))
    her = db.session.get_one(Person, her_id)
    unseen = people.blocked_with(her.id) | {her.id}
    for newest in (True, False):
        assert search(her.cell, 48, wanted("offer"), unseen, newest=newest) == ([], None)


@pytest.mark.parametrize(
    "text",
    ["", "x", "bmVhcmVzdA==", "bmVhcmVzdHwxfDJ8M3w0", "é", "A" * 300, "fHx8fA=="],
)
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_cursor(text)


def test_a_cursor_with_a_distance_that_is_none_is_refused() -> None:
    for km in (float("nan"), float("inf"), -1.0):
        with pytest.raises(ValueError):
            read_cursor(str(Cursor(km, now(), uuid.uuid4(), newest=False)))


@pytest.mark.parametrize("index", ["ix_listing_open", "ix_listing_open_cell"])
def test_every_question_is_answered_in_a_covering_index(cast: Cast, index: str) -> None:
    from webapp.listings import candidates

    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's plan depends on how much there is")
    asked = {
        "ix_listing_open": (candidates.SOME_IN_FEED, candidates.NEWEST_IN_FEED),
        "ix_listing_open_cell": (candidates.SOME_IN_CELLS, candidates.NEWEST_IN_CELL),
    }
    for query in asked[index]:
        text = str(query.compile(db.engine, compile_kwargs={"render_postcompile": True}))
        names = query.compile(db.engine).params
        rows = db.session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {text}", tuple("[]" for _ in range(text.count("?")))
        )
        plan = " ".join(row[3] for row in rows)
        assert f"USING COVERING INDEX {index}" in plan, (plan, names)
