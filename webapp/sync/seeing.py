"""Which listings of others a person may know of."""

from webapp import geo, matching
from webapp.listings import Listing
from webapp.people import Person


def may_see(person: Person, listing: Listing) -> bool:
    """Whether it is hers, within her reach, or matched with one of hers.

    A listing that she can't have come upon is as if it weren't there: ids tell nothing.
    """
    if listing.person_id == person.id:
        return True
    near = person.cell and listing.feed_cell in geo.cells_within(person.cell, person.reach_km)
    return bool(near) or matching.matched(person.id, listing.id)
