"""Ids of what the demo made, by what it is to its two accounts."""

from typing import Any

from sqlalchemy import select

from webapp import demo, matching
from webapp.database import db
from webapp.listings import Listing
from webapp.matching import Match
from webapp.messages import Conversation
from webapp.people import Person


def listings() -> dict[str, str]:
    """The two accounts' listings, and the best and the least certain match of each."""
    found: dict[str, Any] = {}
    for email, kind in zip(demo.ACCOUNTS, ("offer", "request"), strict=True):
        owner = db.session.scalars(select(Person).where(Person.email == email)).one()
        own = db.session.scalars(select(Listing).where(Listing.person_id == owner.id)).unique()
        open_ones = []
        for listing in own:
            if listing.status != "open":
                found[f"{kind}_over"] = listing.id
            else:
                open_ones.append(listing)
        soonest, latest = sorted(open_ones, key=lambda listing: listing.expires_at)
        found |= {kind: latest.id, f"{kind}_ending": soonest.id}
    # Those that her phone keeps, and that nobody has written about.
    kept = select(Match).where(Match.id.in_(matching.best_of(owner.id)))
    for talked in (Conversation.listing_id, Conversation.starter_listing_id):
        kept = kept.where(Match.offer_id.not_in(select(talked).where(talked.is_not(None))))
    best = db.session.scalars(kept.order_by(Match.rank, Match.id)).unique().all()
    found["fitting"], found["stranger"] = best[0].offer_id, best[-1].offer_id
    found["unsure"] = next((m for m in best if m.fit == "unknown"), best[1]).offer_id
    return {name: str(value) for name, value in found.items()}


def conversations() -> dict[str, str]:
    """The recipient's conversations, by how they stand."""
    recipient = db.session.scalars(select(Person).where(Person.email == demo.ACCOUNTS[1])).one()
    found: dict[str, str] = {}
    for each in db.session.scalars(select(Conversation).order_by(Conversation.id)).unique():
        if recipient.id not in (each.owner_id, each.starter_id):
            continue
        started = each.starter_id == recipient.id
        name = "talk" if each.answered else "asked" if started else "letter"
        if name != "talk" or each.owner.email == demo.ACCOUNTS[0]:
            found[name] = str(each.id)
        else:
            found["spanish"] = str(each.id)
    return found
