"""The one question a listing asks its owner: is this still right?"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, literal_column, select

from webapp import alerts
from webapp.alerts import Alert, Notification
from webapp.database import db
from webapp.listings.card import card
from webapp.listings.models import OPEN, Listing
from webapp.people import Person

ASKED_BEFORE = timedelta(hours=48)
FRESH = timedelta(hours=24)
"""What she said a day ago needs no asking, however soon it runs out."""


def any_to_ask(at: datetime) -> bool:
    """Whether a listing runs out within two days and its owner wasn't asked yet."""
    return db.session.scalar(_to_ask(at).with_only_columns(Listing.id).limit(1)) is not None


def ask_due(at: datetime, at_most: int = 100) -> None:
    """Ask the owners of what runs out within two days, once for each time it was renewed."""
    for listing in db.session.scalars(_to_ask(at).limit(at_most)).unique().all():
        alerts.tell(listing.person, alerts.RIGHT, listing_id=listing.id, again=True)


def notification(alert: Alert) -> Notification | None:
    """What "Is this still right?" opens, and "there is room for your letter"; None when over."""
    listing = db.session.get(Listing, alert.listing_id)
    if listing is None or listing.status != OPEN or listing.person.suspended_at:
        return None
    address = f"/listings/{listing.id}"
    if alert.kind == alerts.RIGHT:
        return Notification(address=address, tag="right")
    return Notification(address=address, tag=str(listing.id), rows={"listing": card(listing)})


def _to_ask(at: datetime) -> Select[Listing]:
    asked = exists().where(
        Alert.listing_id == Listing.id,
        Alert.kind == alerts.RIGHT,
        Alert.made_at >= Listing.fresh_at,
    )
    # A literal, or SQLite does not use the partial index.
    stands: Any = literal_column("listing.status = 'open'")
    return select(Listing).where(
        stands,
        Listing.expires_at <= at + ASKED_BEFORE,
        Listing.fresh_at <= at - FRESH,
        # Who wants no such alert would be asked without end.
        Listing.person.has(Person.tell_right != "off"),
        ~asked,
    )
