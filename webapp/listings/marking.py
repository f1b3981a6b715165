"""What a donor's calendar says of the milk in her offers."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select

from webapp.database import db, now
from webapp.listings.models import Listing
from webapp.listings.traits import traits
from webapp.milk import Exposure, exposures_of, mark


def mark_batches(offer: Listing, exposures: Iterable[Exposure] | None = None) -> bool:
    """Write on an offer's batches what her calendar says; whether that changed any of them."""
    known = exposures_of(offer.person_id) if exposures is None else exposures
    changed = [mark(batch, known) for batch in offer.batches]
    return any(changed)


def mark_anew(person_id: uuid.UUID) -> list[Listing]:
    """Her calendar changed: the offers whose milk it concerns, matched again where they are open.

    Offers that are over count too: what was given from them may stand in a family's freezer.
    """
    exposures = exposures_of(person_id)
    query = select(Listing).where(Listing.person_id == person_id, Listing.kind == "offer")
    offers = db.session.scalars(query).unique()
    changed = [offer for offer in offers if mark_batches(offer, exposures)]
    for offer in changed:
        offer.traits = traits(offer)
        if not offer.is_over:
            # The listing's own row changes with it, so that the feeds tell of its card.
            offer.match_due_at = now()
    return changed
