"""What a person's phone keeps of a match, and what an alert about it carries."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from webapp.alerts import Alert, Notification
from webapp.database import db
from webapp.listings import OPEN, Listing, card
from webapp.matching.models import Match
from webapp.milk import DIETS, DIMENSIONS
from webapp.people import blocked_with

CARD_LINES = frozenset({"reach", "amount", *(code for code, _label in DIETS), *DIMENSIONS})
"""What a donor sees of the reasons: those that stand on the request's card anyway."""
MOST_KEPT = 50
"""Of one listing, in a city: nobody reads more, and a phone on a slow link fetches each of them."""
UNSPOKEN = frozenset({"open", "people"})


def row(match: Match, person_id: uuid.UUID, unseen: set[uuid.UUID]) -> dict[str, Any] | None:
    """The match as this person's phone keeps it, or None where it isn't hers to see.

    `unseen` are the people whom she doesn't see, nor they her.
    """
    sides = match.sides(person_id)
    if sides is None or not match.stands or sides[1].person_id in unseen:
        return None
    hers, other = sides
    lines = [line for line in match.lines if line["what"] not in UNSPOKEN]
    donates = person_id == match.donor_id
    if donates:
        lines = [line for line in lines if line["what"] in CARD_LINES and not line.get("nice")]
    return {
        "id": str(match.id),
        "mine": str(hers.id),
        "other": str(other.id),
        "fit": match.fit,
        **_amounts(match),
        "lines": lines,
        "rank": match.rank,
        "made_at": match.made_at.isoformat(),
        "card": card(other),
    }


def _amounts(match: Match) -> dict[str, int]:
    """How much fits, might, and of how much; and how many days of the need what fits lasts."""
    amounts = {"fit_ml": match.fit_ml, "unknown_ml": match.unknown_ml, "of_ml": match.of_ml}
    daily_ml = match.request.daily_ml if match.request else None
    usable = match.fit_ml or match.unknown_ml
    if daily_ml:
        amounts["days"] = usable // daily_ml
    return {name: value for name, value in amounts.items() if value}


def best_of(person_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """The matches that her phone keeps: the best 50 of each of her listings, best first."""
    offer, request = aliased(Listing), aliased(Listing)
    asks = func.coalesce(Match.request_id, Match.watch_id)
    mine = case((Match.donor_id == person_id, Match.offer_id), else_=asks)
    place = func.row_number().over(partition_by=mine, order_by=(Match.rank, Match.id))
    hers = (
        select(Match.id, place.label("place"))
        .join(offer, Match.offer_id == offer.id)
        .outerjoin(request, Match.request_id == request.id)
        .where(
            or_(
                and_(Match.donor_id == person_id, Match.request_id.is_not(None)),
                Match.recipient_id == person_id,
            ),
            Match.holds,
            offer.status == OPEN,
            or_(request.id.is_(None), request.status == OPEN),
        )
        .subquery()
    )
    return db.session.scalars(select(hers.c.id).where(hers.c.place <= MOST_KEPT)).all()


def notification(alert: Alert) -> Notification | None:
    """What the alert shows at this moment, or None where it no longer stands."""
    match = db.session.get(Match, alert.match_id)
    if match is None:
        return None
    seen = row(match, alert.person_id, blocked_with(alert.person_id))
    if seen is None:
        return None
    return Notification(address=f"/listings/{seen['other']}", tag="match", rows={"match": seen})
