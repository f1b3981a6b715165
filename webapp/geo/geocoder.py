"""The place index as a geopy geocoder, and the choice between it and one outside."""

from collections.abc import Callable
from dataclasses import asdict
from urllib.parse import urlsplit

from geopy.exc import GeocoderNotFound
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from webapp.geo.cells import round_position
from webapp.geo.places import Place, Places

EMBEDDED = "embedded"
USER_AGENT = "Milkwell"
TIMEOUT_SECONDS = 5


class EmbeddedGeocoder(Geocoder):
    """A geopy geocoder over the place index; asks nobody outside the machine."""

    def __init__(self, places: Places) -> None:
        super().__init__(user_agent=USER_AGENT)
        self.places = places

    def geocode(
        self,
        query: str,
        exactly_one: bool = True,
        *,
        timeout: float | None = None,
        country: str | None = None,
        limit: int = 8,
    ) -> Location | list[Location] | None:
        """The place a name or postcode means, or with `exactly_one=False` a list, best first.

        None where there is none. `country` is the one whose places come first, `timeout` is not
        needed. Raises PlacesNotReady while the index is being built.
        """
        found = self.places.search(query, country, 1 if exactly_one else limit)
        return _answer(found, exactly_one)

    def reverse(
        self,
        query: Point | tuple[float, float] | str,
        exactly_one: bool = True,
        *,
        timeout: float | None = None,
    ) -> Location | list[Location] | None:
        """The town that best names a position, None far from every town.

        Raises ValueError for what geopy can't read as a point.
        """
        point = Point(query)
        found = self.places.nearest_name(point.latitude, point.longitude)
        return _answer([found] if found else [], exactly_one)


def geocoder(setting: str, places: Places) -> Geocoder:
    """The geocoder that a setting names: "embedded", or a service and its address.

    For example "nominatim:https://geocoder.example.org" or "photon:http://127.0.0.1:2322".
    Raises ValueError for a service that geopy doesn't know or that has no address of its own.
    """
    if setting == EMBEDDED:
        return EmbeddedGeocoder(places)
    service, _, address = setting.partition(":")
    url = urlsplit(address)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ValueError(f"geocoder {setting!r}: say embedded, or a service and its address")
    return _outside(service, url.netloc + url.path.rstrip("/"), url.scheme)


def ask_outside(setting: str, q: str, places: Places) -> list[Place]:
    """What an outside geocoder finds, as places whose ids are their rounded positions."""
    found = geocoder(setting, places).geocode(q, exactly_one=False) if q.strip() else None
    return [_rounded(location, places) for location in found or []]


def _rounded(location: Location, places: Places) -> Place:
    latitude, longitude = round_position(location.latitude, location.longitude)
    nearest = places.nearest_name(latitude, longitude)
    name, _comma, region = location.address.partition(",")
    return Place(
        id=f"{latitude:.2f},{longitude:.2f}",
        name=name.strip(),
        region=region.strip() or None,
        country=nearest.country if nearest else "",
        latitude=latitude,
        longitude=longitude,
        population=0,
        timezone=nearest.timezone if nearest else "UTC",
    )


def _outside(service: str, domain: str, scheme: str) -> Geocoder:
    try:
        make: Callable[..., Geocoder] = get_geocoder_for_service(service)
        return make(domain=domain, scheme=scheme, user_agent=USER_AGENT, timeout=TIMEOUT_SECONDS)
    except (GeocoderNotFound, TypeError) as error:
        raise ValueError(f"geocoder {service!r} can't be used: {error}") from error


def _answer(found: list[Place], exactly_one: bool) -> Location | list[Location] | None:
    located = [Location(p.label, Point(p.latitude, p.longitude), asdict(p)) for p in found]
    if not located:
        return None
    return located[0] if exactly_one else located
