"""What a person's phone keeps of a match, and what an alert about it carries."""

import uuid
from typing import Any

from webapp.alerts import Alert, Notification
from webapp.database import db
from webapp.listings import card
from webapp.matching.models import Match
from webapp.milk import DIETS
from webapp.people import blocked_with

CARD_LINES = frozenset({"reach", "amount", *(code for code, _label in DIETS)})
"""What a donor sees of the reasons: those that stand on the request's card anyway."""
UNSPOKEN = frozenset({"kind", "open", "people"})


def row(match: Match, person_id: uuid.UUID, unseen: set[uuid.UUID]) -> dict[str, Any] | None:
    """The match as this person's phone keeps it, or None where it isn't hers to see.

    `unseen` are the people whom she doesn't see, nor they her.
    """
    sides = match.sides(person_id)
    if sides is None or not match.stands or sides[1].person_id in unseen:
        return None
    hers, other = sides
    lines = [line for line in match.lines if line["what"] not in UNSPOKEN]
    if hers.is_offer:
        lines = [line for line in lines if line["what"] in CARD_LINES]
    return {
        "id": str(match.id),
        "mine": str(hers.id),
        "other": str(other.id),
        "fit": match.fit,
        "lines": lines,
        "rank": match.rank,
        "made_at": match.made_at.isoformat(),
        "card": card(other),
    }


def notification(alert: Alert) -> Notification | None:
    """What the alert shows at this moment, or None where it no longer stands."""
    match = db.session.get(Match, alert.match_id)
    if match is None:
        return None
    seen = row(match, alert.person_id, blocked_with(alert.person_id))
    if seen is None:
        return None
    return Notification(address=f"/listings/{seen['other']}", tag="match", rows={"match": seen})
