"""Where a postcode lies: by its own coordinates, or by the town that bears its locality's name."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from webapp.geo.folding import glued
from webapp.geo.localities import Localities
from webapp.geo.nearness import TownGrid
from webapp.geo.records import records
from webapp.geo.towns import Town, data_folder

# The package lists these under the United States, GeoNames as countries of their own.
TERRITORIES = {"PR", "GU", "VI", "AS", "MP"}

Ranks = dict[str, list[int]]


class Row(NamedTuple):
    """A postcode as the package has it; position in degrees where it is known."""

    key: str
    country: str
    code: str
    state: str
    locality: str
    latitude: float | None
    longitude: float | None
    partial: bool


class Postcode(NamedTuple):
    """A postcode that is placed: by the rank of its town and, if known, its own position.

    `partial` marks codes that are only the beginning of what people write (Canada, Britain).
    """

    key: str
    country: str
    code: str
    town: int
    name: str | None
    latitude: float | None
    longitude: float | None
    partial: bool


def postcode_files() -> list[Path]:
    """One file a country, in the package countrystatecity-postal-codes (ODbL)."""
    folder = data_folder("countrystatecity_postal_codes") / "by-country"
    return sorted(folder.glob("*/postcodes.json"))


def read_postcodes(towns: list[Town], on_bytes: Callable[[int], None]) -> Iterator[Postcode]:
    """Yield every postcode that can be placed, country by country.

    A code that covers several localities comes once for each.
    """
    ranks: Ranks = defaultdict(list)
    for rank, town in enumerate(towns):
        ranks[town.country].append(rank)
    for path in postcode_files():
        yield from _of_country(towns, ranks, [_row(record) for record in records(path, on_bytes)])


def _of_country(towns: list[Town], ranks: Ranks, rows: list[Row]) -> Iterator[Postcode]:
    yield from _by_position(towns, ranks, rows)
    yield from _by_locality(towns, ranks, rows)


def _by_position(towns: list[Town], ranks: Ranks, rows: list[Row]) -> Iterator[Postcode]:
    grids: dict[str, TownGrid] = {}
    for row in rows:
        if row.latitude is None or row.longitude is None:
            continue
        country = row.state if row.state in TERRITORIES else row.country
        if country not in grids:
            grids[country] = TownGrid(towns, ranks[country])
        town = grids[country].most_telling(row.latitude, row.longitude)
        if town is not None:
            yield _placed(row, town, row.locality or None)


def _by_locality(towns: list[Town], ranks: Ranks, rows: list[Row]) -> Iterator[Postcode]:
    named = [row for row in rows if row.latitude is None and row.locality]
    if not named:
        return
    localities = Localities(towns, ranks[named[0].country])
    localities.learn({(row.locality, row.state) for row in named})
    for row in named:
        town = localities.find(row.locality, row.state)
        if town is not None:
            yield _placed(row, town, None)


def _placed(row: Row, town: int, name: str | None) -> Postcode:
    position = row.latitude, row.longitude
    return Postcode(row.key, row.country, row.code, town, name, *position, row.partial)


def _row(record: dict[str, Any]) -> Row:
    code, key = record["code"], glued(record["code"])
    return Row(
        key=code if key == code else key,
        country=sys.intern(record["countryCode"]),
        code=code,
        state=sys.intern(record["stateCode"] or ""),
        locality=sys.intern(record["localityName"] or ""),
        latitude=record["latitude"],
        longitude=record["longitude"],
        partial=record["type"] in ("area", "fsa"),
    )
