"""What a change elsewhere means for conversations: phones read them afresh, letters make room."""

import uuid

from sqlalchemy import or_, select

from webapp import alerts
from webapp.database import db, now
from webapp.listings import Listing
from webapp.messages.models import OWNER, STARTER, Conversation, Waiting
from webapp.people import Person, blocked_with

MOST_UNANSWERED = 5


def wait(person: Person, listing_id: uuid.UUID) -> None:
    """Remember that she would write about this listing, to tell her when there is room."""
    known = select(Waiting.id).where(
        Waiting.listing_id == listing_id, Waiting.person_id == person.id
    )
    if db.session.scalar(known) is None:
        db.session.add(Waiting(listing_id=listing_id, person_id=person.id))


def make_room(conversation: Conversation) -> None:
    """A letter was answered or is gone: who has waited longest is told that she can write."""
    db.session.flush()
    if conversation.listing_id is None or not has_room(conversation.listing_id):
        return
    first = db.session.scalar(
        select(Waiting)
        .where(Waiting.listing_id == conversation.listing_id)
        .order_by(Waiting.made_at, Waiting.id)
        .limit(1)
    )
    if first:
        alerts.tell(first.person, alerts.FREE, listing_id=first.listing_id, again=True)
        db.session.delete(first)


def has_room(listing_id: uuid.UUID) -> bool:
    """Whether one more may write about a listing."""
    return unanswered(listing_id) < MOST_UNANSWERED


def unanswered(listing_id: uuid.UUID) -> int:
    """How many letters about a listing wait for an answer."""
    query = select(Conversation).where(
        Conversation.listing_id == listing_id, ~Conversation.answered
    )
    waiting = db.session.scalars(query).unique()
    return sum(
        not (c.owner_left_at or is_gone(c, c.owner_id, blocked_with(c.owner_id)))
        for c in waiting
        if c.owner_id
    )


def is_gone(conversation: Conversation, person_id: uuid.UUID, unseen: set[uuid.UUID]) -> bool:
    """Whether to her it reads "Not available any more.": erased, suspended, blocked or left."""
    side = STARTER if conversation.side(person_id) == OWNER else OWNER
    other = conversation.person_of(side)
    return bool(
        other is None
        or other.suspended_at
        or other.id in unseen
        or conversation.of(side, "left_at")
    )


def touch(conversation: Conversation) -> None:
    """What both phones show of it is read afresh."""
    conversation.touched_at = now()


def touch_of(person_id: uuid.UUID) -> None:
    """All her conversations are read afresh, on both sides; unanswered letters make room."""
    for conversation in _of(person_id):
        _touch_and_make_room(conversation)


def touch_opened(person_id: uuid.UUID) -> None:
    """What she opens of herself changed: whom she writes with reads it afresh."""
    for conversation in _of(person_id):
        touch(conversation)


def touch_between(person_id: uuid.UUID, other_id: uuid.UUID) -> None:
    """What these two have written is read afresh by both; unanswered letters make room."""
    for conversation in _of(person_id):
        if conversation.side(other_id):
            _touch_and_make_room(conversation)


def touch_about(listing: Listing) -> None:
    """A listing changed: conversations show its card afresh."""
    about = or_(
        Conversation.listing_id == listing.id, Conversation.starter_listing_id == listing.id
    )
    for conversation in db.session.scalars(select(Conversation).where(about)).unique():
        touch(conversation)


def tell_changed(offer: Listing) -> None:
    """Something changed about an offer's milk: families in conversation about it are told so.

    And no more than that: not what, and not when. Who left, or is gone, isn't told.
    """
    about = or_(Conversation.listing_id == offer.id, Conversation.starter_listing_id == offer.id)
    for conversation in db.session.scalars(select(Conversation).where(about)).unique():
        side = STARTER if conversation.listing_id == offer.id else OWNER
        family = conversation.person_of(side)
        conversation.changed_at = now()
        left = family is None or conversation.of(side, "left_at")
        if family and not (left or is_gone(conversation, family.id, blocked_with(family.id))):
            alerts.tell(family, alerts.CHANGED, again=True, conversation_id=conversation.id)


def opened_of(
    offer_id: uuid.UUID | None, person_id: uuid.UUID | None
) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """(offer id, person id) where the owner of an offer opened to her what she said of herself.

    Of one offer, or for one person: the other is None.
    """
    c = Conversation
    sides = (
        (c.listing_id, c.owner_opens, c.starter_id),
        (c.starter_listing_id, c.starter_opens, c.owner_id),
    )
    found = set[tuple[uuid.UUID, uuid.UUID]]()
    for listing_id, opens, family_id in sides:
        about = listing_id == offer_id if offer_id else family_id == person_id
        query = select(listing_id, family_id, opens).where(
            about, listing_id.is_not(None), family_id.is_not(None)
        )
        for offer, her, what in db.session.execute(query):
            if offer and her and "details" in what:
                found.add((offer, her))
    return found


def _touch_and_make_room(conversation: Conversation) -> None:
    touch(conversation)
    if not conversation.answered:
        make_room(conversation)


def _of(person_id: uuid.UUID) -> list[Conversation]:
    hers = or_(Conversation.owner_id == person_id, Conversation.starter_id == person_id)
    return [*db.session.scalars(select(Conversation).where(hers)).unique()]
