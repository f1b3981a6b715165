"""When things were written, and what became of them since."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from webapp.database import now
from webapp.fields import read_form
from webapp.listings import (
    CLOSED,
    EXPIRED,
    OPEN,
    PAUSED,
    WITHDRAWN,
    GaveForm,
    Listing,
    enough,
    gave,
    pause,
    withdraw,
)

STATUSES = {OPEN: 82, PAUSED: 3, CLOSED: 6, EXPIRED: 5, WITHDRAWN: 4}
LONGEST_AGO_DAYS = 29


@dataclass(frozen=True)
class Moments:
    """When a listing was published, when it was last fresh, and how it stands today."""

    published_at: datetime
    fresh_at: datetime
    status: str

    @property
    def published_on(self) -> date:
        """The day of it, in UTC."""
        return self.published_at.date()

    @property
    def days(self) -> int:
        """Whole days since it was last fresh."""
        return (now() - self.fresh_at).days


def drawn(chance: random.Random) -> Moments:
    """Some time in the last days, rather lately than long ago; a quarter was renewed since."""
    status = chance.choices([*STATUSES], [*STATUSES.values()])[0]
    ago = chance.triangular(0.02, LONGEST_AGO_DAYS, 1)
    fresh = ago * chance.random() if chance.random() < 0.25 else ago
    return Moments(now() - timedelta(days=ago), now() - timedelta(days=fresh), status)


def move_back(chance: random.Random, listing: Listing, moments: Moments) -> None:
    """Make a listing that was published just now as old as it is to be, and nobody's news."""
    _end(chance, listing, moments.status)
    listing.published_at, listing.fresh_at = moments.published_at, moments.fresh_at
    ends = moments.fresh_at + timedelta(days=listing.open_days)
    listing.expires_at = min(listing.expires_at, ends)
    if listing.emergency_until:
        listing.emergency_until -= now() - moments.published_at
    if moments.status == EXPIRED:
        hours = chance.randint(1, 24 * 6)
        listing.expires_at = min(listing.expires_at, now() - timedelta(hours=hours))
        listing.status = EXPIRED
    listing.match_due_at = None


def _end(chance: random.Random, listing: Listing, status: str) -> None:
    if status == PAUSED:
        pause(listing)
    elif status == WITHDRAWN:
        withdraw(listing)
    elif status == CLOSED:
        _give(listing, listing.volume_ml) if listing.is_offer else enough(listing)
    elif listing.is_offer and chance.random() < 0.06:
        _give(listing, listing.volume_ml * chance.choice((1, 2, 3)) // 5)


def _give(offer: Listing, volume_ml: int) -> None:
    form = read_form(GaveForm, {"volume_ml": str(max(1, volume_ml))})
    form.validate()
    gave(offer, form)
