"""A page of what is near, for people whose reach holds more than their phone does."""

import uuid
from datetime import datetime
from typing import Any

from webapp import geo, listings, people
from webapp.database import db
from webapp.listings import Cursor, Wanted
from webapp.people import Person
from webapp.sync.pulling import MOST_NEAR
from webapp.sync.rows import read_near


def page_near(
    person_id: uuid.UUID,
    wanted: Wanted,
    newest: bool = False,
    after: Cursor | None = None,
    older: bool = False,
) -> tuple[list[dict[str, Any]], Cursor | None]:
    """Up to 50 cards within her reach that a filter takes, and where it goes on.

    With `older`, only what was published before the newest 1,000, which phones hold by themselves.
    Runs in one `reading()` snapshot.
    """
    her = db.session.get_one(Person, person_id)
    if not her.cell:
        return [], None
    unseen = people.blocked_with(person_id) | {person_id}
    before = after.before if after else _oldest_held(her, unseen) if older else None
    ids, following = listings.search(
        her.cell, her.reach_km, wanted, unseen, newest=newest, after=after, before=before
    )
    found = read_near(ids, person_id, {*geo.cells_within(her.cell, her.reach_km)})
    return [found[listing_id] for listing_id in ids if listing_id in found], following


def _oldest_held(her: Person, unseen: set[uuid.UUID]) -> datetime | None:
    """When the last of those was published that a phone of hers holds; None where it holds all."""
    cells = geo.cells_within(her.cell, her.reach_km)
    held = listings.newest_near(cells, unseen, MOST_NEAR)
    if len(held) < MOST_NEAR:
        return None
    return db.session.get_one(listings.Listing, held[-1]).published_at
