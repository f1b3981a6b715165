"""What is near beyond what the phone holds, for people whose reach is larger."""

import uuid

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from webapp import listings, people, sync
from webapp.database import db, reading
from webapp.listings import Cursor, Wanted
from webapp.routes.access import needs_person, person
from webapp.routes.answers import answer, refuse
from webapp.routes.limits import SEARCH, limiter

blueprint = Blueprint("nearby", __name__)

MOST_ASKED = 40
"""More codes than there are to choose are nobody's question."""
MOST_ML = 10_000_000


@blueprint.get("/api/nearby")
@limiter.limit(SEARCH)
@needs_person
def nearby() -> Response:
    """A page of cards within her reach: `kind`, filters, `order`, `after`.

    `next` and `more` stand where it goes on. `older` leaves out what phones hold by themselves.
    Where nothing of a kind is within reach, `beyond` is the band the nearest lies in, if any.
    """
    order = request.args.get("order", "nearest")
    try:
        wanted, after = _wanted(), _after()
    except (KeyError, ValueError):
        return refuse(400, "malformed", _("That page is malformed."))
    if order not in ("nearest", "newest") or (after and after.newest != (order == "newest")):
        return refuse(400, "malformed", _("That page is malformed."))
    person_id = person().id
    with reading():
        cards, following = sync.page_near(
            person_id, wanted, order == "newest", after, older="older" in request.args
        )
        beyond = {} if cards or after else _beyond(person_id, wanted.kind)
    rest = {"next": str(following), "more": True} if following else {}
    return answer({"cards": cards} | rest | beyond)


def _wanted() -> Wanted:
    """The filter that the address names. Raises KeyError and ValueError for what is none."""
    asked = request.args
    kind = asked.get("kind") or "offer"
    codes = {name: asked.getlist(name) for name in ("diet", "avoid", "state", "age_band")}
    least_ml = int(asked.get("volume_ml") or 0)
    if kind not in ("offer", "request") or not 0 <= least_ml <= MOST_ML:
        raise ValueError("no filter")
    if sum(map(len, codes.values())) > MOST_ASKED:
        raise ValueError("too many filters")
    return listings.wanted(kind, **codes, least_ml=least_ml, unsaid="unsaid" in asked)


def _after() -> Cursor | None:
    text = request.args.get("after", "")
    return listings.read_cursor(text) if text else None


def _beyond(person_id: uuid.UUID, kind: str) -> dict[str, dict[str, int]]:
    her = db.session.get_one(people.Person, person_id)
    unseen = people.blocked_with(person_id) | {person_id}
    band = her.cell and listings.nearest_beyond(her.cell, her.reach_km, unseen, kind, her.units)
    return {"beyond": {"from_km": band[0], "to_km": band[1]}} if band else {}
