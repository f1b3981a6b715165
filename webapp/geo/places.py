"""Finds places by name, by postcode and by position in the index that `gazetteer` builds."""

import os
import re
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h3
import pysqlite3

from webapp.geo import search
from webapp.geo.index import open_index
from webapp.geo.nearness import SEARCH_DISKS, disk, kilometres, telling

GEONAMES_ID = re.compile(r"geonames:([0-9]{1,10})")
POSTCODE_ID = re.compile(r"postcode:([A-Z]{2}):(.{1,16})")
MOST_PLACES = 50

TOWN = """
SELECT town.rank, 'geonames:' || geonameid, town.name, region.name, town.country, town.latitude,
    town.longitude, population, timezone.name, NULL
FROM town JOIN timezone ON timezone.id = town.timezone
LEFT JOIN region ON region.country = town.country AND region.admin = town.admin
"""
POSTCODE = """
SELECT town.rank, 'postcode:' || postcode.country || ':' || code,
    coalesce(postcode.name, town.name), region.name, town.country,
    coalesce(postcode.latitude, town.latitude), coalesce(postcode.longitude, town.longitude),
    population, timezone.name, code
FROM postcode JOIN town ON town.rank = postcode.town
JOIN timezone ON timezone.id = town.timezone
LEFT JOIN region ON region.country = town.country AND region.admin = town.admin
"""


class PlacesNotReady(RuntimeError):
    """The place index is still being built; ask again in some seconds."""


@dataclass(frozen=True, slots=True)
class Place:
    """A town or a postcode. Its id stays the same when the index is built anew.

    `region` is the state's name where it is known, `country` the two-letter ISO code, position
    in degrees, `population` the town's, `timezone` an IANA name.
    """

    id: str
    name: str
    region: str | None
    country: str
    latitude: float
    longitude: float
    population: int
    timezone: str
    postcode: str | None = None

    @property
    def label(self) -> str:
        """What a person reads: "97030 Gresham, Oregon, US"."""
        name = f"{self.postcode} {self.name}" if self.postcode else self.name
        return ", ".join(part for part in (name, self.region, self.country) if part)


class Places:
    """The index at `path`, opened when first asked; one object serves all threads of a process.

    Every method raises PlacesNotReady while there is no index.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self._local = threading.local()

    def search(self, q: str, near_country: str | None = None, limit: int = 8) -> list[Place]:
        """The places whose name, or postcode, begins with `q`, best first; at most 50.

        After a comma a region or a country may follow: "Springfield, Illinois". `near_country`
        (ISO code) brings that country's places forward. Any text is allowed.
        """
        connection, limit = self._connection(), max(1, min(limit, MOST_PLACES))
        query = search.Query(q, near_country, limit)
        codes = search.postcodes(connection, query)
        ranks = search.towns(connection, query)
        found = [self._postcode(key, country) for key, country in codes]
        found += [self._one(f"{TOWN} WHERE town.rank = ?", rank) for rank in ranks]
        return [place for place in found if place][:limit]

    def get(self, place_id: str) -> Place | None:
        """The place of an id, None where there is none or the id is malformed."""
        if match := GEONAMES_ID.fullmatch(place_id):
            return self._one(f"{TOWN} WHERE geonameid = ?", int(match[1]))
        if match := POSTCODE_ID.fullmatch(place_id):
            found = self._postcode(search.postcode_key(match[2]), match[1])
            return found if found and found.id == place_id else None
        return None

    def nearest_name(
        self, latitude: float, longitude: float, country: str | None = None
    ) -> Place | None:
        """The town that tells best where a cell's centre is, weighing its size against distance.

        With `country` only that country's towns count. None where none lies within some 250 km.
        """
        here = latitude, longitude
        for rings in SEARCH_DISKS:
            cells = disk(latitude, longitude, rings)
            if found := self._most_telling(here, cells, country):
                return self._one(f"{TOWN} WHERE town.rank = ?", found)
        return None

    def population_of(self, cell: str) -> int:
        """How many people live in the towns of a resolution-5 cell, by the gazetteer."""
        sql = "SELECT coalesce(sum(population), 0) FROM town WHERE cell = ?"
        [people] = self._connection().execute(sql, (h3.str_to_int(cell),)).fetchone()
        return int(people)

    def _most_telling(
        self, here: tuple[float, float], cells: list[int], country: str | None
    ) -> int | None:
        sql = f"""SELECT rank, population, latitude, longitude FROM town
            WHERE cell IN ({",".join(map(str, cells))}) AND country = coalesce(?, country)"""
        rows = self._connection().execute(sql, (country,)).fetchall()
        scores = [(telling(p, kilometres(here, (lat, lng))), -rank) for rank, p, lat, lng in rows]
        return -max(scores)[1] if scores else None

    def _postcode(self, key: str, country: str) -> Place | None:
        return self._one(f"{POSTCODE} WHERE key = ? AND postcode.country = ?", key, country)

    def _one(self, sql: str, *values: Any) -> Place | None:
        row = self._connection().execute(sql, values).fetchone()
        return Place(*row[1:]) if row else None

    def _connection(self) -> pysqlite3.Connection:
        # A connection must cross neither threads nor forks.
        owner, connection = getattr(self._local, "opened", (None, None))
        if owner == os.getpid():
            return connection
        try:
            connection = open_index(self.path)
        except pysqlite3.DatabaseError as error:
            raise PlacesNotReady(str(self.path)) from error
        self._local.opened = os.getpid(), connection
        return connection
