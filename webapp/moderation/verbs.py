"""Blocking and suspending: who leaves whose phone, at once and everywhere."""

import uuid
from collections.abc import Sequence

from sqlalchemy import or_, select

from webapp import listings, matching, messages, people, screening
from webapp.alerts import Device
from webapp.database import db, now
from webapp.listings import OPEN, PAUSED, Listing
from webapp.matching import Match
from webapp.moderation.models import HeldListing, Report
from webapp.people import Person


def block(person: Person, other: Person, kind: str = "", cell: str = "") -> None:
    """Neither sees the other from now on; `kind` and `cell` are those of what was blocked."""
    people.block(person, other, kind, cell)
    _touch_between(person.id, other.id)
    screening.end_between(person.id, other.id)


def lift(person: Person, block_id: uuid.UUID) -> bool:
    """Take a block of hers back; False where there is none. What fits is looked for anew."""
    blocked = {block.id: block.blocked_id for block in people.blocks_of(person.id)}
    if not people.lift_block(person, block_id):
        return False
    _touch_between(person.id, blocked[block_id])
    for listing in _with_status(person.id, OPEN):
        listing.match_due_at = now()
    return True


def suspend(person: Person) -> Sequence[Listing]:
    """End her sessions and take what is hers from others' phones; returns what was open.

    Her deliveries that are due stay unsent: the queue looks at `suspended_at` as it sends.
    """
    people.suspend(person)
    held = _with_status(person.id, OPEN)
    for listing in held:
        listings.pause(listing)
        db.session.add(HeldListing(listing_id=listing.id))
        matching.touch(listing)
    messages.touch_of(person.id)
    screening.end_of(person.id)
    return held


def restore(person: Person) -> Sequence[Listing]:
    """Let her in again; returns those of her listings that are open again."""
    people.restore(person)
    query = select(HeldListing, Listing).join(Listing, Listing.id == HeldListing.listing_id)
    opened = []
    for held, listing in db.session.execute(query.where(Listing.person_id == person.id)).unique():
        if listing.status == PAUSED:
            listings.resume(listing)
            matching.touch(listing)
            opened.append(listing)
        db.session.delete(held)
    messages.touch_of(person.id)
    return opened


def suspended_device(device_id: uuid.UUID) -> bool:
    """Whether a phone belongs to somebody suspended, whose session ended with that."""
    device = db.session.get(Device, device_id)
    owner = db.session.get(Person, device.person_id) if device else None
    return owner is not None and owner.suspended_at is not None


def whom(said: str) -> Person | None:
    """Whom a host means: by a person's, a listing's or a report's id, or by e-mail address."""
    try:
        found_id = uuid.UUID(said)
    except ValueError:
        return db.session.scalar(select(Person).where(Person.email == said.strip().lower()))
    if listing := db.session.get(Listing, found_id):
        return listing.person
    if report := db.session.get(Report, found_id):
        return report.reported
    return db.session.get(Person, found_id)


def _touch_between(person_id: uuid.UUID, other_id: uuid.UUID) -> None:
    both = (person_id, other_id)
    pair = or_(*((Match.donor_id == a) & (Match.recipient_id == b) for a, b in (both, both[::-1])))
    for match in db.session.scalars(select(Match).where(pair)).unique():
        match.looked_at = now()
    messages.touch_between(person_id, other_id)


def _with_status(person_id: uuid.UUID, status: str) -> Sequence[Listing]:
    query = select(Listing).where(Listing.person_id == person_id, Listing.status == status)
    return db.session.scalars(query).unique().all()
