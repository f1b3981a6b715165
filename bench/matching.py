"""Offers matched a second against a million open requests, beside one SQL join over PostGIS."""

import json
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import mean

import psycopg
from sqlalchemy import delete, update

from bench import _matching_load as load
from bench import _matching_peer as peer
from bench import _matching_world as world
from bench import _postgres
from webapp import sync
from webapp.alerts import Alert
from webapp.database import db, writing
from webapp.listings import Listing
from webapp.matching import Match, match_one, verbs, waves
from webapp.matching.best import MOST_FOUND
from webapp.matching.finding_needs import Needs
from webapp.sync.models import Change

PARTS = {"world": 150, "region": 100, "city": 8}
"""How many offers of each part of the world are matched."""
PEER_S = 20.0
"""The join has so long for each part; the offers that it didn't come to are left out."""
ALLOWED_GROWTH = 1.5
POSTGIS = "one SQL join over PostGIS"


@dataclass(frozen=True)
class Timed:
    """What one offer's matching took, and what it found."""

    offer_id: uuid.UUID
    seconds: float
    pairs: list[peer.Pair]


def main() -> None:
    """Build what isn't there, run both sides, and print the figures."""
    # The clock is the world's: mypy holds names of a module for final.
    verbs.now = waves.now = lambda: world.AT  # type: ignore[attr-defined]
    with _postgres.running(load.CACHE / "matching-pg") as server:
        large = load.postgres_world(server, "large", load.LARGE)
        small = load.postgres_world(server, "small", load.SMALL)
        theirs = {part: joined(large, part) for part in PARTS}
        for part, timed in theirs.items():
            say_rate(f"postgis_{part}", timed, POSTGIS)
        for name, urls in {
            "": (load.sqlite_world("small", load.SMALL), load.sqlite_world("large", load.LARGE)),
            "_on_postgresql": (small, large),
        }.items():
            compare(name, *urls, theirs)


def compare(name: str, small: str, large: str, theirs: dict[str, list[Timed]]) -> None:
    """Ours on one kind of database, at 10,000 and at a million, against the join."""
    with matched(small) as measure:
        few = measure("region")
    with matched(large) as measure:
        many = {part: measure(part) for part in PARTS}
    with searched(large) as measure:
        found = {part: measure(part) for part in PARTS}
    for part in PARTS:
        say_rate(f"offers_{part}{name}", many[part], POSTGIS)
        say_speedup(f"speedup_{part}{name}", many[part], theirs[part])
        say_speedup(f"speedup_search_{part}{name}", found[part], theirs[part])
        say(f"mismatches_{part}{name}", mismatches(found[part], theirs[part]), "offers", POSTGIS)
    growth = mean(each.seconds for each in many["region"]) / mean(each.seconds for each in few)
    budget = f"{ALLOWED_GROWTH} times for the same number near"
    say(f"ratio_growth{name}", round(growth, 3), "ratio", budget)


@contextmanager
def matched(url: str) -> Iterator[Callable[[str], list[Timed]]]:
    """Offers matched whole: found, written, numbered for the feeds, told, and committed."""

    def one(offer_id: uuid.UUID) -> list[peer.Pair]:
        with writing() as session:
            match_one(session.get_one(Listing, offer_id))
        return []

    with load.opened(url):
        forget()
        with writing():
            # What changes is numbered in a timeline.
            sync.begin_timeline()
        yield lambda part: timed(part, one)
        forget()


@contextmanager
def searched(url: str) -> Iterator[Callable[[str], list[Timed]]]:
    """Offers for which the best requests are found, as the join does, and nothing is written."""

    def one(offer_id: uuid.UUID) -> list[peer.Pair]:
        offer = db.session.get_one(Listing, offer_id)
        found = Needs(offer, verbs.nobody, {offer.person_id}, world.AT).requests(set())
        return [(each.asks_id, each.fit.fit_ml, each.fit.unknown_ml) for each in found]

    with load.opened(url):
        yield lambda part: timed(part, one)


def joined(url: str, part: str) -> list[Timed]:
    """The join's answers, for as many offers as it has time for."""
    offer_ids = offers(part)
    done, began = [], time.monotonic()
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        peer.best(connection, offer_ids[0], world.AT.date(), MOST_FOUND)
        for offer_id in offer_ids:
            start = time.perf_counter()
            pairs = peer.best(connection, offer_id, world.AT.date(), MOST_FOUND)
            done.append(Timed(offer_id, time.perf_counter() - start, pairs))
            if time.monotonic() - began > PEER_S:
                break
    return done


def timed(part: str, one: Callable[[uuid.UUID], list[peer.Pair]]) -> list[Timed]:
    """Each offer of a part, after one that warms up."""
    offer_ids = offers(part)
    one(offer_ids[-1])
    done = []
    for offer_id in offer_ids:
        db.session.remove()
        start = time.perf_counter()
        pairs = one(offer_id)
        done.append(Timed(offer_id, time.perf_counter() - start, pairs))
    return done


def offers(part: str) -> list[uuid.UUID]:
    """The ids of a part's offers: the same everywhere."""
    made = world.offers(part, world.OFFERS[part])
    return [uuid.UUID(listing["id"]) for listing, _batches in made][: PARTS[part]]


def forget() -> None:
    """Take out what matching wrote, so that each run finds the same."""
    with writing() as session:
        for table in (Alert, Match, Change):
            session.execute(delete(table))
        session.execute(update(Listing).where(Listing.told > 0).values(told=0))
    db.session.remove()


def mismatches(ours: list[Timed], theirs: list[Timed]) -> int:
    """How many offers have other pairs, or other amounts, than the join gave."""
    found = {each.offer_id: each.pairs for each in ours}
    return sum(found[each.offer_id] != each.pairs for each in theirs)


def say_rate(figure: str, timed: list[Timed], against: str) -> None:
    """Offers a second."""
    say(figure, round(1 / mean(each.seconds for each in timed), 1), "offers/s", against)


def say_speedup(figure: str, ours: list[Timed], theirs: list[Timed]) -> None:
    """Our rate over theirs, of the offers that both had."""
    both = {each.offer_id for each in theirs}
    our_mean = mean(each.seconds for each in ours if each.offer_id in both)
    say(figure, round(mean(each.seconds for each in theirs) / our_mean, 2), "ratio", POSTGIS)


def say(figure: str, value: float, unit: str, against: str) -> None:
    """One line."""
    line = {"bench": "matching", "figure": figure, "value": value, "unit": unit, "peer": against}
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
