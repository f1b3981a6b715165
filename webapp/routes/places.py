"""Searching places by name or postcode."""

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from webapp import geo
from webapp.routes.answers import answer, refuse
from webapp.routes.limits import SEARCH, limiter
from webapp.units import units_of

blueprint = Blueprint("places", __name__)


@blueprint.get("/api/places")
@limiter.limit(SEARCH)
def search() -> Response:
    """The best places of a prefix, eight at most. Open to anyone: it knows nobody."""
    try:
        found = geo.places().search(request.args.get("q", "")[:80])
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
