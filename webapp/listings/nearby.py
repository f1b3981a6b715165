"""Who is near: by the resolution-5 cell in a covering index, distances from cell centres."""

import math
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from sqlalchemy import literal_column, select

from webapp import geo
from webapp.database import db
from webapp.listings.models import Listing

# The partial index's status must be a literal, or SQLite does not use the index.
IS_OPEN = Listing.status == literal_column("'open'")
MOST_REACH_KM = 150
# How far we look for somebody who has nothing within her reach, and the only distances that she
# is then told, round in her own units: 48 km is 30 miles, 290 km 180. No band is narrower than
# 25 km, so that none tells where a home lies.
BEYOND_KM = {"ml": (50, 100, 150, 200, 300), "oz": (48, 97, 145, 193, 290)}
NARROWEST_KM = 25


def newest_near(
    cells: Sequence[str],
    without: set[uuid.UUID],
    at_most: int,
    kind: str | None = None,
    before: datetime | None = None,
) -> list[uuid.UUID]:
    """Ids of the newest open listings in these resolution-5 cells, newest first.

    `without` are people who are not seen; `before` continues an earlier answer.
    """
    query = (
        select(Listing.id, Listing.person_id)
        .where(IS_OPEN, Listing.feed_cell.in_(cells))
        .order_by(Listing.published_at.desc(), Listing.id.desc())
    )
    if kind:
        query = query.where(Listing.kind == kind)
    if before:
        query = query.where(Listing.published_at < before)
    found: list[uuid.UUID] = []
    for listing_id, person_id in db.session.execute(query.limit(at_most + 10 * len(without))):
        if person_id not in without:
            found.append(listing_id)
    return found[:at_most]


def nearest_beyond(
    cell: str, reach_km: int, unseen: set[uuid.UUID], kind: str, units: str = "ml"
) -> tuple[int, int] | None:
    """The band (from_km, to_km] in which the nearest open listing of a kind lies beyond her reach.

    None where one lies within her reach, or none up to 300 km. `unseen` are people who are not
    seen. Distances are between centres of cells, as everywhere.
    """
    here, nearest_km, bands = geo.centre(cell), math.inf, bands_beyond(reach_km, units)
    for bound_km, cells in geo.rings(cell):
        if bound_km > min(nearest_km, bands[-1][1]):
            break
        query = select(Listing.cell).where(
            IS_OPEN,
            Listing.feed_cell.in_(cells),
            Listing.kind == kind,
            Listing.person_id.not_in(unseen),
        )
        for other in db.session.scalars(query.distinct()):
            nearest_km = min(nearest_km, geo.great_circle_km(here, geo.centre(other)))
        if nearest_km <= reach_km:
            return None
    return next((band for band in bands if nearest_km <= band[1]), None)


def bands_beyond(reach_km: int, units: str) -> list[tuple[int, int]]:
    """Every band (from_km, to_km] in which something beyond a reach can be told to lie."""
    edges = [edge for edge in BEYOND_KM[units] if edge >= reach_km + NARROWEST_KM]
    return [*pairwise([reach_km, *edges])]


def reachable(listing: Listing, at_most: int) -> Iterator[tuple[Listing, float]]:
    """Open listings of the other kind within the sum of both reaches, with the km between.

    Goes ring by ring outward, so the nearest come about first, and gives at most so many.
    """
    other = "request" if listing.is_offer else "offer"
    here, given = geo.centre(listing.cell), 0
    for bound_km, cells in geo.rings(listing.cell):
        if bound_km > listing.reach_km + MOST_REACH_KM:
            return
        query = select(Listing).where(
            IS_OPEN,
            Listing.feed_cell.in_(cells),
            Listing.kind == other,
            Listing.person_id != listing.person_id,
        )
        for found in db.session.scalars(query.limit(at_most)):
            distance_km = geo.great_circle_km(here, geo.centre(found.cell))
            if geo.within_reach(distance_km, listing.reach_km, found.reach_km):
                yield found, distance_km
                given += 1
                if given >= at_most:
                    return
