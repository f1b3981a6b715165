"""What she does about others: blocking and reporting."""

from typing import Any

from flask_babel import gettext as _

from webapp import messages, moderation
from webapp.database import db
from webapp.listings import Listing
from webapp.people import Person
from webapp.sync.kinds import Absent, Kind, NoFields, Refused
from webapp.sync.seeing import may_see
from webapp.sync.shapes import Errors, Operation


def _block_in_conversation(person: Person, operation: Operation, _form: Any) -> Errors:
    conversation = messages.find(operation.row, person.id)
    side = conversation.side(person.id) if conversation else None
    theirs = messages.OWNER if side == messages.STARTER else messages.STARTER
    other = conversation.person_of(theirs) if conversation else None
    listing = conversation.listing_of(theirs) if conversation else None
    if other is None or listing is None:
        raise Absent(_("Not available any more."))
    moderation.block(person, other, listing.kind, listing.cell)
    return {}


def _block_listing(person: Person, operation: Operation, _form: Any) -> Errors:
    listing = db.session.get(Listing, operation.row)
    if listing is None or not may_see(person, listing):
        raise Absent(_("Not available any more."))
    if listing.person_id == person.id:
        raise Refused("rejected", {"row": [_("This is your own. Withdraw it instead.")]})
    moderation.block(person, listing.person, listing.kind, listing.cell)
    return {}


def _lift(person: Person, operation: Operation, _form: Any) -> Errors:
    if not moderation.lift(person, operation.row):
        raise Absent(_("Nobody is blocked by this."))
    return {}


def _report(person: Person, operation: Operation, form: Any) -> Errors:
    return moderation.report(person, operation.row, form)


KINDS = {
    "conversation.block": Kind("conversation", {"": NoFields}, _block_in_conversation),
    "listing.block": Kind("listing", {"": NoFields}, _block_listing),
    "block.lift": Kind("block", {"": NoFields}, _lift),
    "report.make": Kind("report", {"": moderation.ReportForm}, _report),
}
