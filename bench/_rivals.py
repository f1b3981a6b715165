"""The same questions put to others: PostGIS, and a plain index of latitude and longitude."""

import math
import uuid
from dataclasses import dataclass
from typing import Any

import psycopg
import pysqlite3

from bench._world import KM_PER_DEGREE
from webapp import geo
from webapp.listings.traits import FREE_OF, KEPT, STATE, Wanted

EARTH_KM = 6371.009
SAID = {1 << KEPT["dairy_free"]: "dairy_free", 1 << FREE_OF["medicine"]: "no_medicine"}
"""Rivals keep what is asked for in columns of its own, of which their planners know how many."""
HAVERSINE = f"""
    {2 * EARTH_KM} * asin(min(1.0, sqrt(pow(sin(radians(latitude - :latitude) / 2), 2)
    + cos(radians(latitude)) * cos(radians(:latitude))
    * pow(sin(radians(longitude - :longitude) / 2), 2))))
"""
PLAIN = f"""
    SELECT id FROM (SELECT id, published_at, {HAVERSINE} AS km FROM spot
        WHERE latitude BETWEEN :south AND :north AND longitude BETWEEN :west AND :east
        AND {{chosen}})
    WHERE km <= :reach_km ORDER BY {{order}} LIMIT :at_most
"""
POINT = "ST_MakePoint(%(longitude)s, %(latitude)s)::geography"
WITHIN = f"""
    SELECT id FROM spot WHERE ST_DWithin(place, {POINT}, %(reach_km)s * 1000, false) AND {{chosen}}
    ORDER BY published_at DESC, id DESC LIMIT %(at_most)s
"""
OUTWARD = f"""
    SELECT id FROM (SELECT id, published_at, place <-> {POINT} AS metres FROM spot WHERE {{chosen}}
        ORDER BY metres FETCH FIRST %(at_most)s ROWS WITH TIES) AS near
    WHERE metres <= %(reach_km)s * 1000
    ORDER BY metres, published_at DESC, id DESC LIMIT %(at_most)s
"""
"""With the ties of its last row, since its index gives the nearest first but knows no more."""
NEWEST = "published_at DESC, id DESC"


def chosen(wanted: Wanted) -> str:
    """The filter in columns; of these benchmarks' filters, no others."""
    state = [f"state = '{code}'" for code, bit in STATE.items() if wanted.states == 1 << bit]
    said = [column for bit, column in SAID.items() if wanted.every & bit]
    known = sum(bit for bit in SAID if wanted.every & bit)
    if known != wanted.every or bool(wanted.states) != bool(state) or wanted.least_ml:
        raise ValueError(f"no column for {wanted}")
    return " AND ".join(["status = 'open'", f"kind = '{wanted.kind}'", *said, *state])


@dataclass(frozen=True)
class Question:
    """What is asked: from where, how far, and for what."""

    home: str
    reach_km: int
    wanted: Wanted
    newest: bool
    at_most: int = 50

    def values(self) -> dict[str, Any]:
        """The parameters of a rival's query."""
        latitude, longitude = geo.centre(self.home)
        here = {"latitude": latitude, "longitude": longitude}
        return {**here, "reach_km": self.reach_km, "at_most": self.at_most}


class PostGIS:
    """PostGIS, asked for the newest within a radius or for the nearest of all.

    With `by_time` its planner may also go back in time over all listings, by an index of when
    they were published.
    """

    def __init__(self, url: str, by_time: bool) -> None:
        self.connection = psycopg.connect(url.replace("+psycopg", ""))
        if not by_time:
            # For this transaction alone.
            self.connection.execute("DROP INDEX spot_newest")

    def ask(self, question: Question) -> list[uuid.UUID]:
        """Ids of the first page."""
        query = WITHIN if question.newest else OUTWARD
        query = query.format(chosen=chosen(question.wanted))
        found = self.connection.execute(query, question.values(), prepare=True)
        return [row[0] for row in found]

    def close(self) -> None:
        """End the connection, and with it its transaction."""
        self.connection.rollback()
        self.connection.close()


class PlainIndex:
    """SQLite with an index on latitude and longitude: a box, then the distance of each row."""

    def __init__(self, path: str) -> None:
        self.connection = pysqlite3.connect(path)

    def ask(self, question: Question) -> list[uuid.UUID]:
        """Ids of the first page."""
        values = question.values()
        latitude, longitude = values["latitude"], values["longitude"]
        north = question.reach_km / KM_PER_DEGREE * 1.001
        east = north / math.cos(math.radians(min(89.0, abs(latitude) + north)))
        box = {
            "south": latitude - north,
            "north": latitude + north,
            "west": longitude - east,
            "east": longitude + east,
        }
        order = NEWEST if question.newest else f"km, {NEWEST}"
        query = PLAIN.format(order=order, chosen=chosen(question.wanted))
        found = self.connection.execute(query, values | box)
        return [uuid.UUID(row[0]) for row in found]

    def close(self) -> None:
        """End the connection."""
        self.connection.close()
