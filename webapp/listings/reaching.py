"""Who can meet: rows around a cell whose reach and one's own together cover the way between.

The area is cells, each with how far who lives there must go; in the outer ones, most of all there
are, only those few are read. What is read of whom differs, so queries are the caller's.
"""

import json
import math
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Integer, Select, Text, bindparam, cast
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from webapp import geo
from webapp.database import db
from webapp.listings.nearby import MOST_REACH_KM

RINGS = (1, 1, 2, 3, 4, 5)
"""How many rings of resolution-5 cells are asked about at once, outward."""

Area = dict[str, int]
"""{resolution-5 cell: how many km at least somebody there must go}"""
Near = tuple[float, Any]
"""Kilometres between the centres of both cells, and the row."""


def outward(home: str, own_km: int, theirs_count: bool = True) -> Iterator[tuple[float, Area]]:
    """(nothing further out is nearer than so many km, area) from a cell to where nobody can meet.

    Two can meet when `own_km` and, where `theirs_count`, the other's reach cover the way.
    """
    most_km = own_km + (MOST_REACH_KM if theirs_count else 0)
    area: Area = {}
    many = iter(RINGS)
    left = next(many)
    for bound_km, cells in geo.rings(home):
        if left == 0 or bound_km > most_km:
            yield bound_km, area
            area, left = {}, next(many, RINGS[-1])
        if bound_km > most_km:
            return
        least_km = max(0, math.ceil(bound_km) - own_km) if theirs_count else 0
        area |= dict.fromkeys(cells, least_km)
        left -= 1


def read_near(
    query: Select[Any],
    area: Area,
    home: str,
    own_km: int,
    theirs_count: bool = True,
    *,
    values: dict[str, Any] | None = None,
) -> list[Near]:
    """Rows of those in an area who can meet somebody at a cell, in no order.

    `query` was made by `in_area`, with its other parameters in `values`.
    """
    found = []
    for row in db.session.execute(query, {"area": json.dumps(area), **(values or {})}):
        distance_km = geo.apart_km(home, row.cell)
        if geo.within_reach(distance_km, own_km, row.reach_km if theirs_count else 0):
            found.append((distance_km, row))
    return found


def in_area(query: Select[Any], table: Any) -> Select[Any]:
    """A query that gives its table's `cell` and `reach_km`, of those in an area, its parameter."""
    rows = _JsonPairs(bindparam("area", type_=Text())).table_valued("key", "value")
    least_km = cast(rows.c.value, Integer)
    return query.join_from(rows, table, table.feed_cell == rows.c.key).where(
        table.reach_km >= least_km
    )


class _JsonPairs(GenericFunction[Any]):
    """The members of a JSON object as rows of key and value."""

    name = "json_each"
    inherit_cache = True


@compiles(_JsonPairs, "postgresql")
def _json_pairs(element: Any, compiler: Any, **more: Any) -> str:
    return f"json_each_text(CAST({compiler.process(element.clauses, **more)} AS JSON))"
