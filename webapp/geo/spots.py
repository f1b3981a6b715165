"""Places as the app uses them: what a person chose becomes the one coarse cell that is kept."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from webapp.geo.cells import centre, feed_cell, home_cell, is_cell
from webapp.geo.geocoder import EMBEDDED, ask_outside
from webapp.geo.places import Place, Places, PlacesNotReady

_POSITION = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,2})?),(-?[0-9]{1,3}(?:\.[0-9]{1,2})?)")


@dataclass(frozen=True)
class Spot:
    """A chosen place, coarsened: its cell, which is its id, and the words for it."""

    cell: str
    name: str
    country: str

    @property
    def id(self) -> str:
        """How the place is kept and sent back: by its cell alone."""
        return f"cell:{self.cell}"

    @property
    def feed_cell(self) -> str:
        """The resolution-5 cell by which feeds and searches are kept."""
        return feed_cell(self.cell)


def init_geo(app: Flask, path: Path, setting: str) -> None:
    """Tell the app where its place index lies. Opens nothing."""
    app.extensions["places"] = Places(path)
    app.extensions["geocoder"] = setting


def places() -> Places:
    """The place index of the running app."""
    found: Places = current_app.extensions["places"]
    return found


def find_places(q: str, near_country: str | None, at_most: int = 8) -> list[Place]:
    """The best places of what was typed, from the embedded index or the host's own geocoder.

    Raises PlacesNotReady while the place index is being built.
    """
    setting: str = current_app.extensions["geocoder"]
    if setting == EMBEDDED:
        return places().search(q, near_country, at_most)
    return ask_outside(setting, q, places())[:at_most]


def locate(text: str) -> Spot | None:
    """The spot of a place's id, a rounded "latitude,longitude", or a cell; None where none is.

    Raises PlacesNotReady while the place index is being built.
    """
    if text.startswith("cell:"):
        cell = text.removeprefix("cell:")
        return _spot(*centre(cell)) if is_cell(cell) else None
    if found := _POSITION.fullmatch(text):
        latitude, longitude = float(found[1]), float(found[2])
        return _spot(latitude, longitude) if _on_earth(latitude, longitude) else None
    place = places().get(text)
    return _spot(place.latitude, place.longitude, place.name, place.country) if place else None


def described(cell: str) -> dict[str, Any]:
    """A cell as phones keep it: id, centre, and the name of the nearest telling place."""
    # Rounded to some 10 m: far finer than a cell, and half the bytes.
    latitude, longitude = centre(cell)
    row: dict[str, Any] = {"id": cell, "lat": round(latitude, 4), "lng": round(longitude, 4)}
    try:
        near = _label(places(), cell)
    except PlacesNotReady:
        return row
    return {**row, "near": near} if near else row


@lru_cache(maxsize=20_000)
def _label(index: Places, cell: str) -> str:
    near = index.nearest_name(*centre(cell))
    return near.name if near else ""


def _spot(latitude: float, longitude: float, name: str = "", country: str = "") -> Spot:
    index = places()
    cell = home_cell(latitude, longitude, index.population_of)
    if not name:
        nearest = index.nearest_name(*centre(cell))
        name, country = (nearest.name, nearest.country) if nearest else ("", "")
    return Spot(cell, name, country)


def _on_earth(latitude: float, longitude: float) -> bool:
    return abs(latitude) <= 90 and abs(longitude) <= 180
