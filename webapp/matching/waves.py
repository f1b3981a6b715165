"""Who is told of what fits: the best first, and of an offer eight more at a time."""

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import lazyload

from webapp import alerts
from webapp.alerts import Alert
from webapp.database import db, now
from webapp.listings import OPEN, Listing
from webapp.matching.models import Match, Watch
from webapp.matching.suits import PART, WHOLE
from webapp.people import Person

IN_A_WAVE = 8
BETWEEN_WAVES = timedelta(minutes=20)
"""Time for the first to write before more are told, so that few write in vain."""

HasRoom = Callable[[uuid.UUID], bool]
"""Whether an offer's owner may be written to by one more."""


def tell_of(what: Listing | Watch, fitting: list[Match]) -> None:
    """Tell whom something new or changed fits; `fitting` are its matches that fit, best first."""
    if isinstance(what, Listing) and what.is_offer:
        # Those that an edit brings wait for the wave that is due anyway.
        if what.wave_due_at is None:
            _wave(what, fitting)
        _tell_donors(fitting, at_most=1)
    else:
        _tell_recipients(_one_a_person(fitting, "recipient_id")[:1])
        _tell_donors(fitting, at_most=IN_A_WAVE)


def any_wave_due(at: datetime) -> bool:
    """Whether an offer has more families to tell."""
    return db.session.scalar(_due(at).with_only_columns(Listing.id).limit(1)) is not None


def wave_due(at: datetime, has_room: HasRoom) -> Listing | None:
    """The next wave of one offer, put off where it has no room now. None where none is due."""
    query = _due(at).limit(1).with_for_update(skip_locked=True, key_share=True, of=Listing)
    offer: Listing | None = db.session.scalar(query)
    if offer is None:
        return None
    offer.wave_due_at = None
    if offer.status == OPEN and has_room(offer.id):
        _wave(offer, _fitting(offer))
    elif offer.status == OPEN:
        offer.wave_due_at = now() + BETWEEN_WAVES
    return offer


def set_right(at: datetime) -> None:
    """A clock that was ahead has dated what waits later than can be: that waits no longer."""
    latest = at + BETWEEN_WAVES
    for change in (
        update(Listing).where(Listing.match_due_at > at).values(match_due_at=at),
        update(Watch).where(Watch.match_due_at > at).values(match_due_at=at),
        update(Listing).where(Listing.wave_due_at > latest).values(wave_due_at=latest),
    ):
        db.session.execute(change, execution_options={"synchronize_session": False})


def _due(at: datetime) -> Any:
    return select(Listing).where(Listing.wave_due_at <= at).order_by(Listing.wave_due_at)


def _wave(offer: Listing, fitting: list[Match]) -> None:
    told = _told_of([offer.id])
    best = _one_a_person(fitting, "recipient_id")
    new = [match for match in best if (match.recipient_id, offer.id) not in told]
    people = _people(match.recipient_id for match in new)
    new = [m for m in new if alerts.wants(people[m.recipient_id], alerts.MATCH)]
    _tell_recipients(new[:IN_A_WAVE])
    if new[IN_A_WAVE:]:
        offer.wave_due_at = now() + BETWEEN_WAVES


def _fitting(offer: Listing) -> list[Match]:
    """What fits an offer and stands, best first."""
    query = (
        select(Match)
        .where(Match.offer_id == offer.id, Match.holds, Match.fit.in_((WHOLE, PART)))
        .order_by(Match.rank, func.coalesce(Match.request_id, Match.watch_id))
        .options(lazyload("*"))
    )
    return [match for match in db.session.scalars(query) if match.stands]


def _tell_recipients(fitting: list[Match]) -> None:
    # Of one offer once, whether by her request or by her watch.
    told, urgent = _told_of({match.offer_id for match in fitting}), _emergencies(fitting)
    for match in fitting:
        if (match.recipient_id, match.offer_id) in told:
            continue
        person = db.session.get_one(Person, match.recipient_id)
        heard = alerts.tell(
            person, alerts.MATCH, urgent=match.request_id in urgent, match_id=match.id
        )
        # The donor reads how many asked and were told; of watches she learns nothing.
        if heard and match.request_id:
            db.session.get_one(Listing, match.offer_id).told += 1


def _tell_donors(fitting: list[Match], at_most: int) -> None:
    urgent = _emergencies(fitting)
    asking = [match for match in fitting if match.request_id in urgent]
    donors = _people(match.donor_id for match in asking)
    asking = [m for m in asking if alerts.wants(donors[m.donor_id], alerts.ASKING)]
    for match in _one_a_person(asking, "donor_id")[:at_most]:
        alerts.tell(donors[match.donor_id], alerts.ASKING, match_id=match.id)


def _emergencies(fitting: list[Match]) -> set[uuid.UUID | None]:
    """The requests among them that can't wait until tomorrow."""
    ids = {match.request_id for match in fitting if match.request_id}
    query = select(Listing).where(Listing.id.in_(ids)).options(lazyload("*"))
    return {found.id for found in db.session.scalars(query) if found.is_emergency(now())}


def _told_of(offer_ids: Iterable[uuid.UUID]) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """(person, offer) of whoever was told of one of these offers."""
    query = (
        select(Alert.person_id, Match.offer_id)
        .join(Match, Alert.match_id == Match.id)
        .where(Match.offer_id.in_([*offer_ids]), Alert.kind == alerts.MATCH)
    )
    return {(person_id, offer_id) for person_id, offer_id in db.session.execute(query)}


def _people(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Person]:
    query = select(Person).where(Person.id.in_({*ids}))
    return {person.id: person for person in db.session.scalars(query)}


def _one_a_person(fitting: list[Match], who: str) -> list[Match]:
    best: dict[uuid.UUID, Match] = {}
    for match in fitting:
        best.setdefault(getattr(match, who), match)
    return [*best.values()]
