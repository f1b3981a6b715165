"""What she answers about her health, and to whom she shows it."""

from typing import Any

from flask_babel import gettext as _

from webapp import messages, people, screening
from webapp.database import db
from webapp.fields import Fields
from webapp.messages import OWNER, STARTER, Conversation
from webapp.people import Person
from webapp.sync.kinds import Absent, Kind, herself
from webapp.sync.shapes import Errors, Operation


def _answer(person: Person, _operation: Operation, form: Any) -> Errors:
    if not person.consents_to_keep:
        return {"": [_("Finish signing up first: two questions are still open.")]}
    # Before her answers: who erases somebody comes to conversations first too.
    for conversation_id in screening.granted_by(person.id):
        messages.touch(db.session.get_one(Conversation, conversation_id))
    db.session.flush()
    screening.answer(person, form)
    return {}


def _fields(person: Person, operation: Operation) -> Fields:
    herself(person, operation)
    return screening.fields_of(person.id)


def _grant(person: Person, operation: Operation, form: Any) -> Errors:
    conversation = messages.find(operation.row, person.id)
    if conversation is None:
        raise Absent(_("Not available any more."))
    side = conversation.side(person.id)
    other = conversation.person_of(OWNER if side == STARTER else STARTER)
    level, hers = form.grant.data, conversation.listing_of(side or "")
    if level != screening.NONE:
        if messages.is_gone(conversation, person.id, people.blocked_with(person.id)):
            return {"": [_("Not available any more.")]}
        if hers is None or not hers.is_offer:
            return {"grant": [_("Only who offers milk is asked about her health.")]}
    screening.grant(conversation.id, person.id, other.id if other else None, level)
    messages.touch(conversation)
    return {}


KINDS = {
    "screening.answer": Kind(
        "screening",
        {"": screening.ScreeningForm},
        _answer,
        today=_fields,
        sealed=True,
    ),
    "conversation.grant": Kind("conversation", {"": screening.GrantForm}, _grant),
}
