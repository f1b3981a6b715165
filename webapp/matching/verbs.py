"""Finding the pairs that a new or changed listing makes, and telling whom it concerns."""

import uuid
from datetime import date, datetime

from sqlalchemy import or_, select

from webapp import alerts
from webapp.database import db, now
from webapp.listings import OPEN, Listing, reachable
from webapp.matching.models import Match
from webapp.matching.suits import NO, WHOLE, rank, suits
from webapp.people import blocked_with

MOST_CANDIDATES = 1000
MOST_ALERTED = 8


def any_due(at: datetime) -> bool:
    """Whether a listing waits to be matched."""
    return (
        db.session.scalar(select(Listing.id).where(Listing.match_due_at <= at).limit(1)) is not None
    )


def match_due(at: datetime) -> Listing | None:
    """Match the listing that has waited longest; returns it, or None where none is due."""
    listing = db.session.scalar(
        select(Listing)
        .where(Listing.match_due_at <= at)
        .order_by(Listing.match_due_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=Listing)
    )
    if listing is None:
        return None
    listing.match_due_at = None
    match_one(listing)
    return listing


def match_one(listing: Listing) -> list[Match]:
    """Match one listing against all that is open within reach, and tell the best fits.

    A pair matches once: what is known is brought up to date, what no longer suits stops
    holding. Returns what stands, best first.
    """
    today, blocked = now().date(), blocked_with(listing.person_id)
    known = {_other_id(match, listing): match for match in _matches_of(listing)}
    standing: list[Match] = []
    if listing.status == OPEN:
        for other, distance_km in reachable(listing, MOST_CANDIDATES):
            match = _pair(listing, other, distance_km, other.person_id in blocked, today, known)
            if match:
                standing.append(match)
    for match in known.values():
        if match not in standing and match.holds:
            match.holds, match.looked_at = False, now()
    standing.sort(key=lambda match: match.rank)
    db.session.flush()
    _tell(listing, [match for match in standing if match.fit == WHOLE])
    return standing


def touch(listing: Listing) -> None:
    """A listing changed: what both phones show of its matches is read afresh."""
    for match in _matches_of(listing):
        match.looked_at = now()


def matched(person_id: uuid.UUID, listing_id: uuid.UUID) -> bool:
    """Whether a listing of hers has a match with another's listing that stands."""
    found = db.session.scalars(
        select(Match).where(
            or_(Match.offer_id == listing_id, Match.request_id == listing_id),
            or_(Match.donor_id == person_id, Match.recipient_id == person_id),
        )
    )
    return any(match.stands for match in found)


def _pair(
    listing: Listing,
    other: Listing,
    distance_km: float,
    blocked: bool,
    today: date,
    known: dict[uuid.UUID, Match],
) -> Match | None:
    offer, request = (listing, other) if listing.is_offer else (other, listing)
    fit = suits(offer, request, distance_km, blocked, today)
    if fit.verdict == NO:
        return None
    match = known.get(other.id)
    if match is None:
        match = Match(
            offer=offer,
            request=request,
            donor_id=offer.person_id,
            recipient_id=request.person_id,
        )
        db.session.add(match)
    match.fit, match.holds, match.looked_at = fit.verdict, True, now()
    match.lines = [line.as_row() for line in fit.lines]
    match.rank = rank(fit, offer, request, distance_km, today)
    return match


def _tell(listing: Listing, fitting: list[Match]) -> None:
    if listing.is_offer:
        _tell_recipients(fitting, at_most=MOST_ALERTED)
        _tell_donors(fitting, at_most=1)
    else:
        _tell_recipients(fitting, at_most=1)
        _tell_donors(fitting, at_most=MOST_ALERTED)


def _tell_recipients(fitting: list[Match], at_most: int) -> None:
    for match in _one_a_person(fitting, "recipient_id")[:at_most]:
        urgent = match.request.is_emergency(now())
        if alerts.tell(match.request.person, alerts.MATCH, urgent=urgent, match_id=match.id):
            match.offer.told += 1


def _tell_donors(fitting: list[Match], at_most: int) -> None:
    asking = [
        match
        for match in fitting
        if match.request.is_emergency(now()) and match.offer.person.ask_me
    ]
    for match in _one_a_person(asking, "donor_id")[:at_most]:
        alerts.tell(match.offer.person, alerts.ASKING, match_id=match.id)


def _one_a_person(matches: list[Match], who: str) -> list[Match]:
    best: dict[uuid.UUID, Match] = {}
    for match in matches:
        best.setdefault(getattr(match, who), match)
    return [*best.values()]


def _matches_of(listing: Listing) -> list[Match]:
    return [
        *db.session.scalars(
            select(Match).where(or_(Match.offer_id == listing.id, Match.request_id == listing.id))
        )
    ]


def _other_id(match: Match, listing: Listing) -> uuid.UUID:
    return match.request_id if match.offer_id == listing.id else match.offer_id
