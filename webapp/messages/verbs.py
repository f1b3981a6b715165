"""Writing, reading, opening and leaving. Verbs change rows and return errors; doors commit."""

import uuid
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select

from webapp import alerts, screening
from webapp.database import db, now
from webapp.listings import OPEN, Listing
from webapp.messages.forms import FIRST_AT_MOST, MessageForm
from webapp.messages.models import OWNER, STARTER, Conversation, Message, conversation_id
from webapp.messages.touching import has_room, is_gone, make_room
from webapp.messages.wording import refused
from webapp.people import Person, blocked_with, codes

Errors = dict[str, list[str]]

MOST_BEGUN, BEGUN_WITHIN = 5, timedelta(days=1)


class Full(Exception):
    """The listing has five letters to answer: she is told when there is room."""

    def __init__(self, listing_id: uuid.UUID) -> None:
        super().__init__()
        self.listing_id = listing_id


def begin(person: Person, listing: Listing | None, form: MessageForm) -> Conversation | Errors:
    """A new conversation about another's open listing, with an open one of her own.

    Raises Full where five letters wait for an answer already.
    """
    if listing is not None and listing.person_id == person.id:
        return {"": [_("This is your own. Nobody else would read it.")]}
    if listing is None or not _stands(listing) or listing.person_id in blocked_with(person.id):
        return _gone()
    made_id = conversation_id(listing.id, person.id)
    if form.conversation.uuid != made_id:
        return {"conversation": [_("This conversation is about something else.")]}
    mine = db.session.get(Listing, form.mine.uuid) if form.mine.uuid else None
    if mine is None or mine.person_id != person.id or not _stands(mine):
        return {"mine": [_("Make an offer or a request of your own first. It goes along.")]}
    if mine.kind == listing.kind:
        return {"mine": [_("An offer answers a request, and a request an offer.")]}
    if codes.must_confirm(person):
        return {"": [_("Confirm your e-mail address under Me, then send this again. It is kept.")]}
    if _begun(person.id) >= MOST_BEGUN:
        return {"": [_("You can begin five conversations a day. Go on tomorrow.")]}
    if not has_room(listing.id):
        raise Full(listing.id)
    conversation = Conversation(id=made_id, owner=listing.person, starter=person, listing=listing)
    conversation.starter_listing = mine
    conversation.position = conversation.owner_read = conversation.starter_read = 0
    db.session.add(conversation)
    db.session.flush()
    return conversation


def find(conversation_id: uuid.UUID | None, person_id: uuid.UUID) -> Conversation | None:
    """A conversation of hers that she hasn't left, locked for this transaction."""
    if conversation_id is None:
        return None
    found = db.session.get(
        Conversation, conversation_id, with_for_update={"of": Conversation}, populate_existing=True
    )
    side = found.side(person_id) if found else None
    return found if found and side and not found.of(side, "left_at") else None


def write(person: Person, conversation: Conversation, message_id: uuid.UUID, text: str) -> Errors:
    """Add a letter at the end, and tell the other."""
    if db.session.get(Message, message_id) is not None:
        return {"row": [_("This id is taken. Make a new one.")]}
    if is_gone(conversation, person.id, blocked_with(person.id)):
        return _gone()
    side = OWNER if conversation.side(person.id) == OWNER else STARTER
    if side == STARTER and not conversation.answered and (errors := _first(conversation, text)):
        return errors
    conversation.position += 1
    conversation.at = now()
    message = Message(
        id=message_id,
        conversation=conversation,
        person_id=person.id,
        position=conversation.position,
        text=text,
    )
    db.session.add(message)
    setattr(conversation, f"{side}_read", conversation.position)
    setattr(conversation, f"{side}_delivered", conversation.position)
    if side == OWNER and not conversation.answered:
        conversation.answered = True
        make_room(conversation)
    other = conversation.person_of(STARTER if side == OWNER else OWNER)
    db.session.flush()
    if other:
        alerts.tell(other, alerts.LETTER, conversation_id=conversation.id, again=True)
    return {}


def read_to(conversation: Conversation, person_id: uuid.UUID, position: int) -> None:
    """She has read up to here; reading never goes backwards, nor past what there is."""
    side = conversation.side(person_id)
    reached = min(position, conversation.position)
    if reached > getattr(conversation, f"{side}_read"):
        setattr(conversation, f"{side}_read", reached)
    if reached > getattr(conversation, f"{side}_delivered"):
        setattr(conversation, f"{side}_delivered", reached)


def open_to(conversation: Conversation, person_id: uuid.UUID, opens: list[str]) -> None:
    """Open this much of her own listing to the other, and nothing else any more."""
    setattr(conversation, f"{conversation.side(person_id)}_opens", sorted(opens))


def leave(conversation: Conversation, person_id: uuid.UUID) -> None:
    """It leaves her phones; to the other it reads as gone."""
    setattr(conversation, f"{conversation.side(person_id)}_left_at", now())
    screening.end_in(conversation.id)
    if not conversation.answered:
        make_room(conversation)


def _first(conversation: Conversation, text: str) -> Errors:
    if conversation.position:
        return {"text": [_("You have written. You can go on when there is an answer.")]}
    if len(text) > FIRST_AT_MOST:
        return {
            "text": [
                _(
                    "That is %(length)s characters; a first letter holds %(most)s.",
                    length=len(text),
                    most=FIRST_AT_MOST,
                )
            ]
        }
    reason = refused(text)
    return {"text": [reason]} if reason else {}


def _stands(listing: Listing) -> bool:
    return listing.status == OPEN and listing.person.suspended_at is None


def _begun(person_id: uuid.UUID) -> int:
    return (
        db.session.scalar(
            select(func.count()).where(
                Conversation.starter_id == person_id,
                Conversation.made_at > now() - BEGUN_WITHIN,
            )
        )
        or 0
    )


def _gone() -> Errors:
    return {"": [_("Not available any more.")]}
