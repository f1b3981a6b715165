"""Small worlds of people with offers, requests and watches, and what brute force finds in them."""

import random
import uuid
from datetime import date, timedelta
from typing import Any

from tests.matching.building import AT, a_batch, a_request, ago, an_offer
from webapp import geo
from webapp.database import db
from webapp.listings import Listing
from webapp.matching import Watch, ends_on, milk_of, need_of, need_of_watch, rank, suits
from webapp.people import Block, Person

KM_PER_DEGREE = 111.2
FAR_AND_NEAR = (0, 0, 1, 4, 9, 20, 45, 80, 160, 400)
HOMES = ((45.52, -122.67), (-16.8, 179.98), (89.7, 20.0))
"""Portland, the antimeridian in Fiji, and beside the pole."""

Pair = tuple[Any, ...]
Opened = set[tuple[uuid.UUID, uuid.UUID]]


def a_cell(chance: random.Random, home: tuple[float, float]) -> str:
    km = chance.choice(FAR_AND_NEAR)
    latitude = max(-89.9, min(89.9, home[0] + chance.choice((-1, 1)) * km / KM_PER_DEGREE))
    people = chance.choice((1_000, 50_000, 1_000_000))
    return geo.home_cell(latitude, home[1], lambda _cell: people)


def wants(chance: random.Random) -> dict[str, Any]:
    diet = {
        code: chance.choice((0, 3))
        for code in chance.sample(["dairy_free", "vegan"], chance.randint(0, 2))
    }
    return {
        "diet": diet,
        "must": chance.choice(([], [], ["raw"], ["no_change"])),
        "nice": chance.choice(([], [*diet][:1], ["nicotine"], ["raw"])),
        "avoid": chance.choice(([], [], ["medicine"], ["medicine", "alcohol"], ["scalded"])),
        "milk_age_months": chance.choice((None, None, 3)),
    }


def a_listing(listing: Listing, person_id: uuid.UUID, cell: str) -> Listing:
    listing.person_id, listing.cell, listing.feed_cell = person_id, cell, geo.feed_cell(cell)
    listing.open_days, listing.expires_at = 14, AT + timedelta(days=14)
    listing.fresh_at = listing.published_at = AT - timedelta(days=1)
    listing.match_due_at = None
    return listing


def some_offer(chance: random.Random) -> Listing:
    batches = [
        a_batch(
            begins,
            begins - 5,
            look=chance.random() < 0.2,
            volume_ml=chance.choice((None, 500, 900)),
            treatment=chance.choice(("", "raw", "scalded")),
            exposed=chance.choice(([], [], ["medicine"])),
        )
        for begins in (chance.randint(10, 200) for _ in range(chance.randint(1, 3)))
    ]
    exposures = {
        code: chance.choice(("none", "dated", "some", "talk"))
        for code in ("medicine", "alcohol", "nicotine")
    }
    said = chance.sample([*exposures], chance.randint(0, 3))
    diet = {
        code: chance.choice((None, ago(300).isoformat(), ago(60).isoformat()))
        for code in ("dairy_free", "vegan")
    }
    return an_offer(
        *batches,
        reach_km=chance.choice((1, 16, 150)),
        diet={code: diet[code] for code in chance.sample([*diet], chance.randint(0, 2))},
        exposures={code: exposures[code] for code in said},
        lipase=chance.choice(("", "no_change", "not_tested")),
        status=chance.choice(("open", "open", "open", "paused")),
    )


def some_request(chance: random.Random) -> Listing:
    request = a_request(
        **wants(chance),
        volume_ml=chance.choice((300, 600, 5000)),
        reach_km=chance.choice((1, 16, 48, 150)),
        by_on=chance.choice((None, ago(-chance.randint(-2, 40)))),
        in_hand_days=chance.choice((None, None, 5)),
        status=chance.choice(("open", "open", "open", "closed")),
        need=chance.choice(("short", "short", "emergency")),
    )
    if request.need == "emergency":
        request.emergency_until = AT + timedelta(days=chance.choice((-1, 1)))
    return request


class World:
    """People with offers, requests and watches, some blocked, some to whom answers were opened."""

    def __init__(self, chance: random.Random) -> None:
        home = chance.choice(HOMES)
        people = [
            Person(id=uuid.UUID(int=n + 1), email=f"{n}@example.org", password_hash="", name="")
            for n in range(5)
        ]
        ids = [person.id for person in people]
        self.offers = [
            a_listing(some_offer(chance), chance.choice(ids), a_cell(chance, home))
            for _ in range(chance.randint(1, 8))
        ]
        self.requests = [
            a_listing(some_request(chance), chance.choice(ids), a_cell(chance, home))
            for _ in range(chance.randint(1, 8))
        ]
        for request in self.requests:
            urgent = request.is_emergency(AT)
            request.ends_on = AT.date() if urgent else ends_on(request) or date.max
        self.watches = []
        for _ in range(chance.randint(0, 5)):
            cell = a_cell(chance, home)
            self.watches.append(
                Watch(
                    id=uuid.uuid4(),
                    person_id=chance.choice(ids),
                    cell=cell,
                    feed_cell=geo.feed_cell(cell),
                    reach_km=chance.choice((1, 30, 150)),
                    least_ml=chance.choice((1, 1000)),
                    **wants(chance),
                )
            )
        self.blocks = {tuple(chance.sample(ids, 2)) for _ in range(chance.randint(0, 2))}
        self.opened: Opened = {
            (offer.id, chance.choice(ids))
            for offer in chance.sample(self.offers, len(self.offers) // 2)
        }
        db.session.add_all([*people, *self.offers, *self.requests, *self.watches])
        db.session.flush()
        db.session.add_all([Block(person_id=a, blocked_id=b) for a, b in self.blocks])
        db.session.flush()

    def opened_of(self, offer_id: uuid.UUID | None, person_id: uuid.UUID | None) -> Opened:
        return {
            pair
            for pair in self.opened
            if offer_id in (None, pair[0]) and person_id in (None, pair[1])
        }

    def expected(self, what: Listing | Watch, most: int, known: set[uuid.UUID]) -> list[Pair]:
        """The best pairs of one, by judging it with everything there is."""
        if isinstance(what, Listing) and what.is_offer:
            kinds: list[list[Any]] = [
                [(what, request) for request in self.requests],
                [(what, watch) for watch in self.watches],
            ]
        else:
            kinds = [[(offer, what) for offer in self.offers]]
        found: list[Pair] = []
        for pairs in kinds:
            stand = sorted(pair for each in pairs if (pair := self.judged(*each)))
            found += [p for n, p in enumerate(stand) if n < most or {p[1], p[2]} & known]
        return sorted(found)

    def judged(self, offer: Listing, asks: Listing | Watch) -> Pair | None:
        need = need_of_watch(asks, AT) if isinstance(asks, Watch) else need_of(asks, AT)
        milk = milk_of(offer, opened=(offer.id, asks.person_id) in self.opened)
        km = geo.great_circle_km(geo.centre(offer.cell), geo.centre(asks.cell))
        both = {offer.person_id, asks.person_id}
        blocked = any({*block} == both for block in self.blocks)
        fit = suits(milk, need, km, blocked, AT)
        if fit.verdict == "no":
            return None
        place = rank(fit, milk, need, km, AT.date())
        lines = [line.as_row() for line in fit.lines]
        return (place, offer.id, asks.id, fit.verdict, fit.fit_ml, fit.unknown_ml, str(lines))
