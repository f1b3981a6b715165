"""Listings beyond what the phone holds, for people whose reach is larger."""

import uuid
from datetime import datetime

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from webapp import listings, people, sync
from webapp.database import db, reading
from webapp.routes.access import needs_person, person
from webapp.routes.answers import answer, refuse
from webapp.routes.limits import SEARCH, limiter

blueprint = Blueprint("listings", __name__)


@blueprint.get("/api/nearby")
@limiter.limit(SEARCH)
@needs_person
def nearby() -> Response:
    """A page of cards within her reach, newest first; `before` continues an earlier page.

    Where nothing of a kind is within reach, `beyond` is the band the nearest lies in, if any.
    """
    kind = request.args.get("kind", "")
    before = request.args.get("before", "")
    try:
        until = datetime.fromisoformat(before) if before else None
    except ValueError:
        return refuse(400, "malformed", _("That page is malformed."))
    if kind not in ("", "offer", "request") or (until and until.tzinfo is None):
        return refuse(400, "malformed", _("Say offers or requests."))
    person_id = person().id
    with reading():
        cards, following = sync.page_near(person_id, kind or None, until)
        beyond = _beyond(person_id, kind) if kind and not until else {}
    return answer({"cards": cards} | ({"next": following} if following else {}) | beyond)


def _beyond(person_id: uuid.UUID, kind: str) -> dict[str, dict[str, int]]:
    her = db.session.get_one(people.Person, person_id)
    unseen = people.blocked_with(person_id) | {person_id}
    band = her.cell and listings.nearest_beyond(her.cell, her.reach_km, unseen, kind, her.units)
    return {"beyond": {"from_km": band[0], "to_km": band[1]}} if band else {}
