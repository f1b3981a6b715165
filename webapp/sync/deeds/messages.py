"""What is done in a conversation."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask_babel import gettext as _

from webapp import messages
from webapp.database import db, now
from webapp.fields import WireForm
from webapp.listings import Listing
from webapp.messages import Conversation
from webapp.people import Person
from webapp.sync.feed import tell_again
from webapp.sync.kinds import Absent, Kind, NoFields, Refused
from webapp.sync.seeing import may_see
from webapp.sync.shapes import Errors, Operation


def _send(person: Person, operation: Operation, form: Any) -> Errors:
    found = messages.find(form.conversation.uuid, person.id) or _begun(person, form)
    if isinstance(found, dict):
        return found
    return messages.write(person, found, operation.row, form.text.data)


def _begun(person: Person, form: Any) -> Conversation | Errors:
    listing = db.session.get(Listing, form.listing.uuid) if form.listing.uuid else None
    if db.session.get(Conversation, form.conversation.uuid) is not None:
        return {"": [_("Not available any more.")]}
    if listing is None:
        raise Absent(_("Not available any more."), "")
    seen = listing if may_see(person, listing) else None
    try:
        return messages.begin(person, seen, form)
    except messages.Full as full:
        said = _("She has five letters to answer. We'll tell you when she's free.")
        wait = partial(messages.wait, person, full.listing_id)
        raise Refused("rejected", {"": [said]}, after=wait) from None


def _in(verb: Callable[[Conversation, Person, Any], None], form: type[WireForm]) -> Kind:
    def act(person: Person, operation: Operation, form: Any) -> Errors:
        conversation = messages.find(operation.row, person.id)
        if conversation is None:
            raise Absent(_("Not available any more."))
        verb(conversation, person, form)
        return {}

    return Kind("conversation", {"": form}, act)


def _leave(conversation: Conversation, person: Person, _form: Any) -> None:
    messages.leave(conversation, person.id)
    # Its letters didn't change, but they are to leave her phones with it.
    letters = [letter.id for letter in messages.letters_of(conversation.id)]
    tell_again(f"me:{person.id}", "message", letters)


def _open(conversation: Conversation, person: Person, form: Any) -> None:
    messages.open_to(conversation, person.id, form.opens.data)
    hers = conversation.listing_of(conversation.side(person.id) or "")
    if hers and hers.is_offer and not hers.is_over:
        # What was opened, or is no more, counts for the other's matches.
        hers.match_due_at = now()


def _read(conversation: Conversation, person: Person, form: Any) -> None:
    messages.read_to(conversation, person.id, form.position.data)


KINDS = {
    "message.send": Kind("message", {"": messages.MessageForm}, _send),
    "conversation.open": _in(_open, messages.OpenForm),
    "conversation.read": _in(_read, messages.ReadForm),
    "conversation.leave": _in(_leave, NoFields),
}
