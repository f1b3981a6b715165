"""Who is near: filtered, nearest or newest first, and how far the nearest is where nobody is."""

import base64
import math
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, pairwise, takewhile

from sqlalchemy import select

from webapp import geo
from webapp.database import db, now
from webapp.listings.candidates import (
    FIRST,
    IS_OPEN,
    LAST,
    NO_ID,
    Candidate,
    Candidates,
    Key,
    native,
)
from webapp.listings.models import Listing
from webapp.listings.nearest import Near, nearest_first
from webapp.listings.traits import Wanted

MOST_REACH_KM = 150
# How far we look for somebody who has nothing within her reach, and the only distances that she
# is then told, round in her own units: 48 km is 30 miles, 290 km 180. No band is narrower than
# 25 km, so that none tells where a home lies.
BEYOND_KM = {"ml": (50, 100, 150, 200, 300), "oz": (48, 97, 145, 193, 290)}
NARROWEST_KM = 25
# How far back we look at first for what is newest: a city of 200,000 listings has a page and
# more of them in this time, and reading back farther reads them all.
RECENT = timedelta(hours=2)
LONGEST = timedelta(days=20)
PAGE = 50


@dataclass(frozen=True)
class Cursor:
    """Behind which listing the next page begins; `before` stays the same from page to page."""

    km: float
    published_at: datetime
    id: uuid.UUID
    newest: bool
    before: datetime | None = None

    def __str__(self) -> str:
        order = "newest" if self.newest else "nearest"
        before = self.before.isoformat() if self.before else ""
        parts = (order, repr(self.km), self.published_at.isoformat(), self.id.hex, before)
        return base64.urlsafe_b64encode("|".join(parts).encode()).decode()


def read_cursor(text: str) -> Cursor:
    """The cursor of a text. Raises ValueError where it is none of ours."""
    parts = base64.b64decode(text, altchars=b"-_", validate=True).decode().split("|")
    if len(parts) != 5 or parts[0] not in ("newest", "nearest"):
        raise ValueError("not a cursor")
    order, far, published, listing_id, before = parts
    km, at = float(far), datetime.fromisoformat(published)
    until = datetime.fromisoformat(before) if before else None
    if not 0 <= km < math.inf or at.tzinfo is None or (until and until.tzinfo is None):
        raise ValueError("not a cursor")
    return Cursor(km, at, uuid.UUID(listing_id), order == "newest", until)


def search(
    cell: str,
    reach_km: float,
    wanted: Wanted,
    unseen: set[uuid.UUID],
    *,
    newest: bool = False,
    after: Cursor | None = None,
    before: datetime | None = None,
    at_most: int = PAGE,
    at: datetime | None = None,
) -> tuple[list[uuid.UUID], Cursor | None]:
    """Ids of the open listings within reach of a cell that a filter takes, and where it goes on.

    Nearest first, of one distance the newest; or newest first. Distances are between centres of
    cells. `unseen` are people who are not seen; `after` continues an answer of the same order;
    `before` leaves out what was published then or later. `at` is the time it is, where not now.
    The cursor is None where nothing follows.
    """
    until = (before, NO_ID) if before else None
    look = Candidates.of(wanted, unseen, until)
    last = (after.km, (after.published_at, after.id)) if after else None
    if newest:
        found = _newest(cell, reach_km, look, last and last[1], at or now())
    else:
        found = nearest_first(cell, reach_km, look, last)
    page = [*islice(found, at_most + 1)]
    keys = [(km, *native(row)) for km, row in page[:at_most]]
    more = len(page) > at_most
    return [key[2] for key in keys], Cursor(*keys[-1], newest, before) if more else None


def _newest(
    cell: str, reach_km: float, look: Candidates, after: Key | None, at: datetime
) -> Iterator[Near]:
    """What there is within reach, newest first: back in time by steps as long as they must be."""
    rings = takewhile(lambda ring: ring[0] <= reach_km, geo.rings_around(cell))
    cells = [other for _km, ring in rings for other, km in ring.items() if km <= reach_km]
    until = min(after or look.until, look.until)
    start, step = min(until[0], at), RECENT
    while True:
        since = start - step if step else FIRST
        found = 0
        for row in _newest_since(cells, look, since, until):
            found += 1
            km = geo.apart_km(cell, row.cell)
            if km <= reach_km:
                yield km, row
        if not step:
            return
        start, until = since, (since, NO_ID)
        step = _further(step, found, PAGE)


def _newest_since(
    cells: Sequence[str], look: Candidates, since: datetime, until: Key
) -> Iterator[Candidate]:
    at_most = PAGE + PAGE // 4
    while True:
        rows = look.newest_in_feed_cells(cells, at_most, since, until)
        yield from look.seen(rows)
        if len(rows) < at_most:
            return
        until = native(rows[-1])


def newest_near(
    cells: Sequence[str], without: set[uuid.UUID], at_most: int, at: datetime | None = None
) -> list[uuid.UUID]:
    """Ids of the newest open listings in these resolution-5 cells, newest first.

    `without` are people who are not seen; `at` is the time it is, where not now.
    """
    at_once = at_most + 10 * len(without)
    query = (
        select(Listing.id, Listing.person_id)
        .where(IS_OPEN, Listing.feed_cell.in_(cells), Listing.kind.in_(("offer", "request")))
        .order_by(Listing.published_at.desc(), Listing.id.desc())
        .limit(at_once)
    )
    found: list[uuid.UUID] = []
    start, until, step = at or now(), LAST, RECENT
    while len(found) < at_most:
        since = start - step if step else FIRST
        rows = db.session.execute(
            query.where(Listing.published_at >= since, Listing.published_at < until)
        ).all()
        found += [listing_id for listing_id, person_id in rows if person_id not in without]
        if not step or len(rows) == at_once:
            break
        start, until, step = since, since, _further(step, len(rows), at_most)
    return found[:at_most]


def _further(step: timedelta, found: int, wanted: int) -> timedelta:
    """How much farther back to look, after so many were found in a step: to have what is wanted
    and half as much, if it goes on as it was. 0 for the whole rest, where it is little."""
    longer = step * (max(1.0, 1.5 * wanted / found) if found else 24)
    return longer if longer <= LONGEST else timedelta()


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
