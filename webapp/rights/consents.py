"""Taking back the consent to keep what a person answers on health, diet and belief."""

from sqlalchemy import or_, select

from webapp import listings, matching, messages, milk, screening
from webapp.database import db, now
from webapp.listings import OPEN, PAUSED, Listing
from webapp.matching import Match
from webapp.people import Person
from webapp.rights.wiping import mark

ANSWERS = {
    "diet": dict,
    "exposures": dict,
    "details": dict,
    "avoid": list,
    "must": list,
    "nice": list,
    "lipase": str,
    "note": str,
    "fragile": str,
    "age_band": str,
    "bereaved": bool,
    "show_belief": bool,
    "clinician_read": bool,
}
"""Columns of a listing that hold such answers, and how each reads when nothing was said. A
request's must and its lengths stand in `diet`."""


def take_back(person: Person) -> dict[str, list[str]]:
    """Her listings are withdrawn, those answers emptied, and she is asked anew before the next.

    What she answered of her health is gone, from whoever saw it too.

    Returns errors by field: none.
    """
    for consent in person.consents:
        if consent.what == "may_keep" and consent.withdrawn_at is None:
            consent.withdrawn_at = now()
    person.welcomed_at = None
    hers = select(Listing).where(Listing.person_id == person.id)
    for listing in db.session.scalars(hers).unique():
        if listing.status in (OPEN, PAUSED):
            listings.withdraw(listing)
        for name, nothing in ANSWERS.items():
            setattr(listing, name, nothing())
        for batch in listing.batches:
            batch.exposed, batch.off_diet = [], {}
        _forget_matches(listing)
    for exposure in milk.exposures_of(person.id):
        db.session.delete(exposure)
    for watch in matching.watches_of(person.id):
        matching.drop_watch(watch)
    messages.touch_of(person.id)
    screening.forget(person)
    mark()
    return {}


def _forget_matches(listing: Listing) -> None:
    # A match's reasons repeat the answers that it was found by.
    about = or_(Match.offer_id == listing.id, Match.request_id == listing.id)
    for match in db.session.scalars(select(Match).where(about)).unique():
        match.lines, match.holds = [], False
    matching.touch(listing)
