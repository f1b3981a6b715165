"""Reporting: what whoever hosts is told of, and by whom."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import func, or_, select

from webapp import geo
from webapp.database import db, now
from webapp.listings import Listing
from webapp.matching import Match
from webapp.messages import OWNER, STARTER, Conversation
from webapp.moderation.forms import ReportForm
from webapp.moderation.models import Report
from webapp.people import Block, Person

Errors = dict[str, list[str]]

MOST_REPORTS, REPORTS_WITHIN = 20, timedelta(days=1)


def report(person: Person, report_id: uuid.UUID, form: ReportForm) -> Errors:
    """Tell whoever hosts of another's listing or conversation. Returns errors by field.

    A block hinders no report, neither hers nor the other's: whoever does harm could else block
    first. Nor does it matter whether the listing is still open: she may have written offline.
    """
    known = db.session.get(Report, report_id)
    if known is not None:
        return {} if known.person_id == person.id else _taken()
    made = Report(id=report_id, person_id=person.id, reason=form.reason.data, note=form.note.data)
    errors = _about_listing(person, made, form) if form.listing.data else None
    if errors is None:
        errors = _about_conversation(person, made, form)
    if errors or (errors := _too_many(person.id)):
        return errors
    db.session.add(made)
    db.session.flush()
    return {}


def open_reports() -> Sequence[Report]:
    """What nobody has closed yet, the newest first."""
    query = select(Report).where(Report.closed_at.is_(None))
    return db.session.scalars(query.order_by(Report.made_at.desc(), Report.id)).all()


def close(report_id: uuid.UUID) -> bool:
    """It is dealt with; False where there is no such report."""
    found = db.session.get(Report, report_id)
    if found is not None:
        found.closed_at = found.closed_at or now()
    return found is not None


def reports_about(person_id: uuid.UUID) -> tuple[int, int]:
    """(reports, people who made them) about a person, closed ones too."""
    row = db.session.execute(
        select(func.count(), func.count(Report.person_id.distinct())).where(
            Report.reported_id == person_id
        )
    ).one()
    return row[0], row[1]


def _about_listing(person: Person, made: Report, form: ReportForm) -> Errors:
    listing = db.session.get(Listing, form.listing.uuid)
    if listing is not None and listing.person_id == person.id:
        return {"": [_("This is yours. You can change it or take it back under Mine.")]}
    if listing is None or not _may_have_seen(person, listing):
        return _gone()
    made.listing_id, made.reported_id = listing.id, listing.person_id
    return {}


def _about_conversation(person: Person, made: Report, form: ReportForm) -> Errors:
    conversation = db.session.get(Conversation, form.conversation.uuid)
    side = conversation.side(person.id) if conversation else None
    if conversation is None or side is None:
        return _gone()
    other = conversation.person_of(OWNER if side == STARTER else STARTER)
    if other is None:
        return _gone()
    made.conversation_id, made.reported_id = conversation.id, other.id
    return {}


def _may_have_seen(person: Person, listing: Listing) -> bool:
    if person.cell and listing.feed_cell in geo.cells_within(person.cell, person.reach_km):
        return True
    # A match counts here although it no longer stands: it was seen.
    matched = select(Match.id).where(
        or_(Match.offer_id == listing.id, Match.request_id == listing.id),
        or_(Match.donor_id == person.id, Match.recipient_id == person.id),
    )
    written = select(Conversation.id).where(
        or_(Conversation.listing_id == listing.id, Conversation.starter_listing_id == listing.id),
        or_(Conversation.owner_id == person.id, Conversation.starter_id == person.id),
    )
    blocked = select(Block.id).where(
        Block.person_id == person.id, Block.blocked_id == listing.person_id
    )
    return any(db.session.scalar(query.limit(1)) for query in (matched, written, blocked))


def _too_many(person_id: uuid.UUID) -> Errors:
    recent = select(func.count()).where(
        Report.person_id == person_id, Report.made_at > now() - REPORTS_WITHIN
    )
    if (db.session.scalar(recent) or 0) < MOST_REPORTS:
        return {}
    return {"": [_("You can send twenty reports a day. Send this one again tomorrow.")]}


def _gone() -> Errors:
    return {"": [_("Not available any more.")]}


def _taken() -> Errors:
    return {"row": [_("This id is taken. Make a new one.")]}
