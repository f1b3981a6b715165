"""Who asks, and what is offered, near: light rows with only what a pair is judged on.

A city holds many more of them than will match, so nothing is made of a row until it is looked at:
ids come as the database has them, and what is asked or said as one text, equal where that is.
"""

import json
import uuid
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.types import NullType

from webapp import geo
from webapp.database import db
from webapp.listings import IS_OPEN, OPEN, Listing, in_area, is_emergency, outward, read_near
from webapp.matching.asking import Need, need_of
from webapp.matching.models import Watch
from webapp.matching.watches import need_of_watch

# The partial index's kind must be a literal, as its status must.
IS_REQUEST = Listing.kind == literal_column("'request'")
IS_OFFER = Listing.kind == "offer"
DAYS = (0, 1, 2, 4, 8, 16, 29)
"""Up to so many days from today needs are read at once; what ends later counts as if never."""
ASKED = ("diet", "must", "nice", "avoid", "milk_age_months")
SAID = ("diet", "exposures", "lipase")
AT_ONCE = 500

Near = tuple[float, Any]
"""Kilometres, and a light row."""


def spans(today: date) -> Iterator[tuple[date, date]]:
    """(after, until) of the days by which requests are read, those that end soonest first."""
    days = [today + timedelta(days=day) for day in DAYS]
    return pairwise([date.min, *days, date.max])


def is_one_day(span: tuple[date, date]) -> bool:
    """Whether all that ends in a span ranks as if it ended on one day: today, or never."""
    return span[0] == date.min or span[1] == date.max


class RequestsNear:
    """The open requests that an offer can reach."""

    def __init__(self, offer: Listing) -> None:
        self._home = offer.cell, offer.reach_km
        self._rings = [*outward(*self._home)]
        self._whole = {cell: km for _km, area in self._rings for cell, km in area.items()}

    def ending(self, span: tuple[date, date], at_most: int) -> Iterator[tuple[float, list[Near]]]:
        """(Nothing later is nearer, them) whose need ends in a span.

        Outward where the whole span counts as one day, else at once. Of so many at once about the
        nearest, where there are more.
        """
        after, until = span
        values = {"after": after, "until": until, "at_most": at_most}
        for later_km, area in self._rings if is_one_day(span) else [(0.0, self._whole)]:
            yield later_km, read_near(REQUESTS, area, *self._home, values=values)


def watches_near(offer: Listing) -> Iterator[tuple[float, list[Near]]]:
    """Watches that look as far as an offer, ring by ring: (nothing later is nearer, them)."""
    for later_km, area in outward(offer.cell, 0):
        yield later_km, read_near(WATCHES, area, offer.cell, 0)


def offers_near(asks: Listing | Watch) -> Iterator[tuple[float, list[Near]]]:
    """Open offers within reach of who asks, ring by ring: (nothing later is nearer, them)."""
    both = isinstance(asks, Listing)
    for later_km, area in outward(asks.cell, asks.reach_km, both):
        yield later_km, read_near(OFFERS, area, asks.cell, asks.reach_km, both)


def these(query: Select[Any], ids: Collection[uuid.UUID], cell: str) -> list[Near]:
    """Rows of some ids, wherever they are."""
    found, left = [], [*ids]
    while left:
        some, left = left[:AT_ONCE], left[AT_ONCE:]
        rows = db.session.execute(query, {"ids": some})
        found += [(geo.apart_km(cell, row.cell), row) for row in rows]
    return found


class Asking:
    """A request or a watch of which a light row was read: its values, made when they are read."""

    def __init__(self, row: Any, asked: dict[str, Any]) -> None:
        self._row = row
        self.__dict__.update(asked)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)

    @property
    def person_id(self) -> uuid.UUID:
        """Whose it is."""
        return native(self._row.person_id)

    def is_emergency(self, at: datetime) -> bool:
        """As of a listing."""
        return is_emergency(self.need, self.emergency_until, at)

    def asks(self, at: datetime) -> Need:
        """What it asks for at this moment."""
        of: Any = need_of if hasattr(self._row, "volume_ml") else need_of_watch
        return of(self, at)


@lru_cache(maxsize=4096)
def asked(text: str) -> dict[str, Any]:
    """What a light row asks for, by name; not to be changed."""
    return dict(zip(ASKED, map(json.loads, text.split("\n")), strict=True))


def said(text: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Diet, exposures and lipase that a light row of an offer says."""
    diet, exposures, lipase = text.split("\n")
    return json.loads(diet), json.loads(exposures), lipase


def raw(ids: Collection[uuid.UUID]) -> set[Any]:
    """Ids as the database has them, and as they are."""
    return {each.hex for each in ids} | {*ids}


def native(raw: Any) -> uuid.UUID:
    """An id as the database has it, as a UUID."""
    return uuid.UUID(raw) if isinstance(raw, str) else raw


def _light(table: Any, texts: tuple[str, ...], *more: Any) -> Select[Any]:
    text: Any = None
    for name in texts:
        each = func.coalesce(cast(getattr(table, name), Text), "null")
        text = each if text is None else text + "\n" + each
    raw = [type_coerce(getattr(table, n), NullType()).label(n) for n in ("id", "person_id")]
    columns: Any = (*raw, table.cell, table.reach_km, *more, text.label("text"))
    return select(*columns)


_REQUEST = _light(
    Listing,
    ASKED,
    Listing.status,
    Listing.volume_ml,
    Listing.need,
    Listing.emergency_until,
    Listing.by_on,
    Listing.in_hand_days,
    Listing.fresh_at,
    Listing.daily_ml,
    literal_column("1").label("least_ml"),
)
_WATCH = _light(Watch, ASKED, Watch.least_ml, literal_column(f"'{OPEN}'").label("status"))
_OFFER = _light(Listing, SAID, Listing.status)

_after, _until = bindparam("after", type_=Date()), bindparam("until", type_=Date())
_asking = (
    in_area(_REQUEST, Listing)
    .where(IS_OPEN, IS_REQUEST)
    .limit(bindparam("at_most", type_=Integer()))
)

# Made once: what is made for each question costs as much as asking it.
REQUESTS = _asking.where(Listing.ends_on > _after, Listing.ends_on <= _until)
WATCHES = in_area(_WATCH, Watch)
OFFERS = in_area(_OFFER, Listing).where(IS_OPEN, IS_OFFER)

_ids: Any = bindparam("ids", expanding=True)
THESE_REQUESTS = _REQUEST.where(Listing.id.in_(_ids))
THESE_WATCHES = _WATCH.where(Watch.id.in_(_ids))
THESE_OFFERS = _OFFER.where(Listing.id.in_(_ids))
