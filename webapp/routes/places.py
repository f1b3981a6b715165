"""Searching places by name or postcode."""

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from webapp import geo
from webapp.routes.answers import answer, refuse
from webapp.routes.limits import SEARCH, limiter
from webapp.units import units_of

blueprint = Blueprint("places", __name__)


def _country() -> str | None:
    """The country of the browser's language, where it names one: "80331" is Munich to de-DE."""
    for tag in request.accept_languages.values():
        _language, _dash, country = tag.partition("-")
        if len(country) == 2:
            return country.upper()
    return None


@blueprint.get("/api/places")
@limiter.limit(SEARCH)
def search() -> Response:
    """The best places of a prefix, eight at most. Open to anyone: it knows nobody."""
    try:
        found = geo.find_places(request.args.get("q", "")[:80], _country())
    except geo.PlacesNotReady:
        message = _("The list of places is being prepared. Try again in a minute.")
        return refuse(503, "not_ready", message, retry_after=10)
    rows = [
        {
            "id": place.id,
            "name": place.name,
            "region": place.region,
            "country": place.country,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "time_zone": place.timezone,
            "units": units_of(place.country),
        }
        for place in found
    ]
    return answer({"places": rows})
