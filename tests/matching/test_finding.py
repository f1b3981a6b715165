"""What is found equals brute force over all pairs, and costs what is near and not what exists."""

import random
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from tests.matching.building import AT, a_request, ago, an_offer
from tests.matching.worlds import HOMES, KM_PER_DEGREE, Pair, World, a_listing
from webapp import geo
from webapp.database import db, writing
from webapp.listings import MOST_REACH_KM, Listing
from webapp.matching import Match, Watch, match_one, reaching, verbs
from webapp.matching import best as best_module
from webapp.people import Person


def row_of(match: Match) -> Pair:
    asks = match.request_id or match.watch_id
    return (
        match.rank,
        match.offer_id,
        asks,
        match.fit,
        match.fit_ml,
        match.unknown_ml,
        str(match.lines),
    )


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60
)
@given(chance=st.randoms(use_true_random=False), most=st.sampled_from((1, 2, 3, 60)))
def test_the_best_pairs_are_those_of_judging_everything(
    app: Flask, chance: random.Random, most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch, writing() as session:
        patch.setattr(best_module, "MOST_FOUND", most)
        patch.setattr(best_module, "AT_ONCE", 2)
        patch.setattr(verbs, "now", lambda: AT)
        world = World(chance)
        known: dict[uuid.UUID, set[uuid.UUID]] = {}
        everything: list[Listing | Watch] = [*world.offers, *world.requests, *world.watches]
        chance.shuffle(everything)
        for what in everything * 2:
            before = known.setdefault(what.id, set())
            is_open = isinstance(what, Watch) or what.status == "open"
            expected = world.expected(what, most, before) if is_open else []
            found = [row_of(match) for match in match_one(what, world.opened_of)]
            assert found == expected
            for _rank, offer_id, asks_id, *_fit in found:
                known.setdefault(offer_id, set()).add(asks_id)
                known.setdefault(asks_id, set()).add(offer_id)
        session.rollback()


@contextmanager
def counted() -> Iterator[dict[str, int]]:
    """How many statements run, and how many rows of others are read near an offer."""
    counts = {"statements": 0, "rows": 0}

    def ran(*_of: Any) -> None:
        counts["statements"] += 1

    def apart_km(cell: str, other: str) -> float:
        counts["rows"] += 1
        return geo.great_circle_km(geo.centre(cell), geo.centre(other))

    event.listen(db.engine, "after_cursor_execute", ran)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geo, "apart_km", apart_km)
        yield counts
    event.remove(db.engine, "after_cursor_execute", ran)


def crowd(count: int, km: float, first: int) -> None:
    """So many families who each look as far as any, so many km north of Portland."""
    latitude, longitude = HOMES[0]
    cell = geo.home_cell(latitude + km / KM_PER_DEGREE, longitude, lambda _cell: 1_000_000)
    for n in range(first, first + count):
        person_id = uuid.UUID(int=n + 100)
        db.session.add(Person(id=person_id, email=f"{n}@example.org", password_hash="", name=""))
        db.session.add(a_listing(a_request(reach_km=MOST_REACH_KM), person_id, cell))
    db.session.flush()


def test_matching_costs_what_is_near_and_not_what_exists(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs, "now", lambda: AT)
    costs = []
    with writing() as session:
        session.add(
            Person(id=uuid.UUID(int=1), email="donor@example.org", password_hash="", name="")
        )
        crowd(20, 3, first=0)
        for first, more in ((1_000, 20), (2_000, 4_980)):
            crowd(more, 1_000, first)
            cell = geo.home_cell(*HOMES[0], lambda _cell: 1_000_000)
            offer = a_listing(an_offer(), uuid.UUID(int=1), cell)
            session.add(offer)
            session.flush()
            with counted() as counts:
                found = match_one(offer)
            assert len(found) == 20
            costs.append(counts)
        session.rollback()
    assert costs[0] == costs[1]
    assert costs[0]["rows"] < 100


def test_what_ends_soonest_is_found_in_a_city_before_the_rest_is_read(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs, "now", lambda: AT)
    with writing() as session:
        session.add(
            Person(id=uuid.UUID(int=1), email="donor@example.org", password_hash="", name="")
        )
        crowd(1_500, 3, first=0)
        crowd(1, 30, first=5_000)
        urgent = session.query(Listing).filter_by(person_id=uuid.UUID(int=5_100)).one()
        urgent.by_on = urgent.ends_on = ago(-1)
        offer = a_listing(an_offer(), uuid.UUID(int=1), geo.home_cell(*HOMES[0], lambda _c: 10**6))
        session.add(offer)
        session.flush()
        first, *rest = match_one(offer)
        assert first.request_id == urgent.id
        assert len(rest) == best_module.MOST_FOUND - 1
        session.rollback()


def country() -> None:
    """In fifty places twenty people each who ask, offer and watch."""
    for km in range(0, 4_000, 80):
        crowd(20, km, first=km)
    for asked in db.session.query(Listing).all():
        person_id, cell = asked.person_id, asked.cell
        watch = Watch(id=uuid.uuid4(), person_id=person_id, reach_km=30, least_ml=1)
        watch.cell, watch.feed_cell = cell, asked.feed_cell
        db.session.add_all([a_listing(an_offer(), person_id, cell), watch])
    db.session.flush()


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("REQUESTS", "ix_listing_asking"),
        ("WATCHES", "ix_watch_feed_cell"),
        ("OFFERS", "ix_listing_open"),
    ],
)
def test_each_search_goes_by_place(app: Flask, query: str, index: str) -> None:
    values = {"area": "{}", "after": date.min, "until": date.max, "at_most": 10}
    asked = getattr(reaching, query).params(values)
    sql = asked.compile(db.engine, compile_kwargs={"literal_binds": True})
    with writing() as session:
        country()
        if db.engine.dialect.name == "postgresql":
            explain, by_place = "EXPLAIN", rf"Scan using {index} .*\n.*Index Cond: .*feed_cell"
            session.execute(text("ANALYZE listing, watch"))
            # What is as small as this is read whole otherwise.
            for way in ("seqscan", "hashjoin", "mergejoin"):
                session.execute(text(f"SET LOCAL enable_{way} = off"))
        else:
            explain, by_place = "EXPLAIN QUERY PLAN", rf"INDEX {index} \(feed_cell="
        rows = session.connection().exec_driver_sql(f"{explain} {sql}")
        plan = "\n".join(str(row) for row in rows)
        session.rollback()
    assert re.search(by_place, plan), plan
