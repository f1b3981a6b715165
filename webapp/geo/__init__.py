"""Geography: places and their names, the cells that stand for homes, and distances.

The only room that knows geopy and h3. The index behind it is built apart from the app, by
`python -m webapp.geo.gazetteer PATH`; until it is there, places raise PlacesNotReady.
"""

from webapp.geo.apart import apart_km, inside, rings_around
from webapp.geo.cells import (
    cells_within,
    centre,
    feed_cell,
    home_cell,
    is_cell,
    rings,
    round_position,
)
from webapp.geo.distance import great_circle_km, within_reach
from webapp.geo.geocoder import EmbeddedGeocoder, geocoder
from webapp.geo.index import is_current
from webapp.geo.outlines import around
from webapp.geo.places import Place, Places, PlacesNotReady
from webapp.geo.spots import Spot, described, find_places, init_geo, locate, places

__all__ = [
    "EmbeddedGeocoder",
    "Place",
    "Places",
    "PlacesNotReady",
    "Spot",
    "apart_km",
    "around",
    "cells_within",
    "centre",
    "described",
    "feed_cell",
    "find_places",
    "geocoder",
    "great_circle_km",
    "home_cell",
    "init_geo",
    "inside",
    "is_cell",
    "is_current",
    "locate",
    "places",
    "rings",
    "rings_around",
    "round_position",
    "within_reach",
]
