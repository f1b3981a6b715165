"""A city to look around in: Portland, Oregon, and the towns around it, and two accounts."""

import random

from sqlalchemy import select

from webapp.database import db
from webapp.demo import accounts, diary, moments, offers, requests
from webapp.demo.accounts import PASSWORD
from webapp.demo.conversations import converse
from webapp.demo.neighbours import earlier, neighbour
from webapp.listings import OPEN, Listing
from webapp.people import Person

ACCOUNTS = (accounts.DONOR, accounts.RECIPIENT)
LISTINGS = 2000
OFFERS, REQUESTS = 60, 28
"""Of a hundred posts in four groups; the rest were questions (Malaysia 2025)."""
SEED = 20
AGAIN = 0.5

__all__ = ["ACCOUNTS", "LISTINGS", "PASSWORD", "fill"]


def fill() -> None:
    """Make the two accounts and the city around them, once. The caller commits."""
    if db.session.scalar(select(Person.id).where(Person.email == ACCOUNTS[0])):
        return
    chance = random.Random(SEED)
    donor = accounts.make_account("Rosa", accounts.DONOR, "Gresham", 10)
    recipient = accounts.make_account("June", accounts.RECIPIENT, "Portland", 30)
    diary.keep_calendar(donor)
    diary.fill_freezer(chance, donor)
    own = [
        *accounts.donors_offers(chance, donor),
        *accounts.recipients_requests(chance, recipient),
    ]
    around = _neighbours(chance, LISTINGS - len(own) - 1)
    accounts.news(chance, neighbour(chance, LISTINGS, "offer", donor.made_at))
    accounts.match([listing for listing in own if listing.status == OPEN])
    accounts.match([diary.keep_watch(recipient)])
    converse(own[0], own[3], around)


def _neighbours(chance: random.Random, many: int) -> list[Listing]:
    kinds = ["offer"] * round(many * OFFERS / (OFFERS + REQUESTS))
    kinds += ["request"] * (many - len(kinds))
    chance.shuffle(kinds)
    made: list[Listing] = []
    begins_anew: dict[str, Person] = {}
    for number, kind in enumerate(kinds):
        when = moments.drawn(chance)
        person = begins_anew.pop(kind, None) or neighbour(
            chance, number, kind, earlier(chance, when.published_at)
        )
        compose = offers.offer if kind == "offer" else requests.request
        fields = compose(chance, when, person.language == "es")
        made.append(accounts.make_listing(chance, person, fields, when))
        # Who has done with one listing often makes another.
        if when.status != OPEN and chance.random() < AGAIN:
            begins_anew[kind] = person
    return made
