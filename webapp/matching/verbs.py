"""Finding the pairs that something new or changed makes, and telling whom it concerns."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import lazyload

from webapp.database import db, now, uuid7
from webapp.listings import OPEN, Listing
from webapp.matching.asking import ends_on
from webapp.matching.best import Found, Opened
from webapp.matching.finding_needs import Needs
from webapp.matching.finding_offers import Offers
from webapp.matching.models import Match, Watch
from webapp.matching.suits import PART, WHOLE
from webapp.matching.waves import tell_of
from webapp.people import blocked_with

Known = dict[tuple[uuid.UUID, uuid.UUID], Match]
"""{(offer, request or watch): the match they have}"""


def nobody(
    _offer_id: uuid.UUID | None, _person_id: uuid.UUID | None
) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Nothing was opened to anybody."""
    return set()


def any_due(at: datetime) -> bool:
    """Whether a listing or a watch waits to be matched."""
    return any(
        db.session.scalar(select(kind.id).where(kind.match_due_at <= at).limit(1)) is not None
        for kind in (Listing, Watch)
    )


def match_due(at: datetime, opened: Opened = nobody) -> Listing | Watch | None:
    """Match what has waited longest, listings first; returns it, or None where none is due."""
    kinds: Any = (Listing, Watch)
    for kind in kinds:
        due: Listing | Watch | None = db.session.scalar(
            select(kind)
            .where(kind.match_due_at <= at)
            .order_by(kind.match_due_at)
            .limit(1)
            # Not its key: another worker may make a pair with it meanwhile.
            .with_for_update(skip_locked=True, key_share=True, of=kind)
        )
        if due is not None:
            due.match_due_at = None
            match_one(due, opened)
            return due
    return None


def match_one(what: Listing | Watch, opened: Opened = nobody) -> list[Match]:
    """Match one listing or watch with the best of all within reach, and tell the best fits.

    A pair matches once: what is known is brought up to date, what no longer suits stops
    holding. Returns what stands, best first.
    """
    at = now()
    if isinstance(what, Listing) and not what.is_offer:
        # An emergency ends today, whatever it said.
        what.ends_on = at.date() if what.is_emergency(at) else ends_on(what) or date.max
    known = {(match.offer_id, _asks_id(match)): match for match in _matches_of(what)}
    standing = [
        (_kept(known.get((found.offer_id, found.asks_id)), what, found, at), found)
        for found in _find(what, known, opened, at)
    ]
    held = {match.id for match, _found in standing}
    for match in known.values():
        if match.holds and match.id not in held:
            match.holds, match.looked_at = False, at
    db.session.flush()
    tell_of(what, [match for match, _found in standing if match.fit in (WHOLE, PART)])
    return [match for match, _found in standing]


def touch(listing: Listing) -> None:
    """A listing changed: what both phones show of its matches is read afresh."""
    for match in _matches_of(listing):
        match.looked_at = now()


def matched(person_id: uuid.UUID, listing_id: uuid.UUID) -> bool:
    """Whether a request, an offer or a watch of hers has a match with another's that stands."""
    found = db.session.scalars(
        select(Match).where(
            or_(Match.offer_id == listing_id, Match.request_id == listing_id),
            or_(Match.donor_id == person_id, Match.recipient_id == person_id),
        )
    )
    return any(match.stands and match.sides(person_id) for match in found)


def _asks_id(match: Match) -> uuid.UUID:
    """The id of the request or the watch of a match, which isn't read for it."""
    found = match.request_id or match.watch_id
    assert found is not None, "a match has one of the two"
    return found


def _find(what: Listing | Watch, known: Known, opened: Opened, at: datetime) -> list[Found]:
    without = blocked_with(what.person_id) | {what.person_id}
    if isinstance(what, Listing) and what.status != OPEN:
        return []
    if isinstance(what, Watch) or not what.is_offer:
        return Offers(what, opened, without, at).offers({offer_id for offer_id, _asks in known})
    needs = Needs(what, opened, without, at)
    requests = {asks for (_offer_id, asks), match in known.items() if match.request_id}
    watches = {asks for _offer_id, asks in known} - requests
    found = [*needs.requests(requests), *needs.watches(watches)]
    return sorted(found, key=lambda each: each.order)


def _kept(match: Match | None, what: Listing | Watch, found: Found, at: datetime) -> Match:
    match = match or _made(what, found)
    fit = found.fit
    match.fit, match.holds, match.looked_at = fit.verdict, True, at
    match.fit_ml, match.unknown_ml, match.of_ml = fit.fit_ml, fit.unknown_ml, fit.of_ml
    match.lines = [line.as_row() for line in fit.lines]
    match.rank = found.rank
    return match


def _made(what: Listing | Watch, found: Found) -> Match:
    match = Match(
        id=uuid7(),
        offer_id=found.offer_id,
        donor_id=found.donor_id,
        recipient_id=found.need.person_id,
    )
    if isinstance(what, Watch) or found.is_watch:
        match.watch_id = found.asks_id
    else:
        match.request_id = found.asks_id
    db.session.add(match)
    return match


def _matches_of(what: Listing | Watch) -> list[Match]:
    """Its matches alone: in a city an offer stands in those of thousands."""
    about = (
        Match.watch_id == what.id
        if isinstance(what, Watch)
        else or_(Match.offer_id == what.id, Match.request_id == what.id)
    )
    return [*db.session.scalars(select(Match).where(about).options(lazyload("*")))]
