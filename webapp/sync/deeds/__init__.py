"""Every kind of operation, a module a noun."""

from webapp.sync.deeds import (
    listings,
    messages,
    milk,
    moderation,
    people,
    pumpings,
    screening,
    watches,
)
from webapp.sync.kinds import Kind

OPERATIONS: dict[str, Kind] = {
    **people.KINDS,
    **listings.KINDS,
    **milk.KINDS,
    **pumpings.KINDS,
    **watches.KINDS,
    **messages.KINDS,
    **screening.KINDS,
    **moderation.KINDS,
}
