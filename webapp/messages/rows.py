"""What a person's phone keeps of a conversation and its letters."""

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, case, func, or_, select

from webapp import screening
from webapp.alerts import Alert, Notification
from webapp.database import db
from webapp.listings import Listing, card
from webapp.messages.models import OWNER, STARTER, Conversation, Message
from webapp.messages.touching import is_gone
from webapp.milk import EXPOSURES, fields_of_batch
from webapp.people import Block, Person, blocked_with

Row = dict[str, Any]


def row(conversation: Conversation, person_id: uuid.UUID, unseen: set[uuid.UUID]) -> Row | None:
    """The conversation as her phone keeps it, or None where she has no part in it or left.

    `unseen` are the people whom she doesn't see, nor they her.
    """
    side = conversation.side(person_id)
    if side is None or conversation.of(side, "left_at"):
        return None
    theirs = OWNER if side == STARTER else STARTER
    other = conversation.person_of(theirs)
    gone = is_gone(conversation, person_id, unseen)
    mine, listing = conversation.listing_of(side), conversation.listing_of(theirs)
    shown = {
        "id": str(conversation.id),
        "listing": _id(conversation.listing_id),
        "mine": _id(mine and mine.id),
        "other": _id(listing and listing.id),
        "started": side == STARTER,
        "answered": conversation.answered,
        "position": conversation.position,
        "read": conversation.of(side, "read"),
        "opens": conversation.of(side, "opens"),
        "at": conversation.at.isoformat(),
        "gone": gone,
    }
    if other is None or gone:
        blocked = bool(other and _blocks(person_id, other.id))
        return _filled(shown | {"blocked": blocked})
    return _filled(
        shown
        | {
            "delivered": conversation.of(theirs, "delivered"),
            "seen": conversation.of(theirs, "read") if other.read_marks else None,
            "card": card(listing) if listing else None,
            "opened": _opened(conversation, theirs, other, listing),
            "changed": _changed(conversation, listing),
            **_screened(conversation, person_id, other.id),
        }
    )


def message_row(message: Message, person_id: uuid.UUID) -> Row | None:
    """A letter as her phone keeps it, or None where she has no part in it or left."""
    conversation = message.conversation
    side = conversation.side(person_id)
    if side is None or conversation.of(side, "left_at"):
        return None
    return _filled(
        {
            "id": str(message.id),
            "conversation": str(conversation.id),
            "mine": message.person_id == person_id,
            "text": message.text,
            "position": message.position,
            "at": message.made_at.isoformat(),
        }
    )


def notification(alert: Alert) -> Notification | None:
    """What the alert of a letter opens, or None where she has read it or can't any more."""
    conversation = db.session.get(Conversation, alert.conversation_id)
    unseen = blocked_with(alert.person_id)
    seen = row(conversation, alert.person_id, unseen) if conversation else None
    if conversation is None or seen is None or seen.get("gone"):
        return None
    if seen["position"] <= seen.get("read", 0):
        return None
    newest = db.session.scalar(
        select(Message).where(
            Message.conversation_id == conversation.id, Message.position == conversation.position
        )
    )
    letter = message_row(newest, alert.person_id) if newest else None
    return Notification(
        address=f"/messages/{conversation.id}",
        tag=str(conversation.id),
        rows={"message": letter, "conversation": _pushed(seen)},
    )


def changed(alert: Alert) -> Notification | None:
    """What the alert opens that something changed about milk; None where she can't read it."""
    conversation = db.session.get(Conversation, alert.conversation_id)
    unseen = blocked_with(alert.person_id)
    seen = row(conversation, alert.person_id, unseen) if conversation else None
    if seen is None or seen.get("gone") or "changed" not in seen:
        return None
    address, tag = f"/messages/{seen['id']}", seen["id"]
    return Notification(address=address, tag=tag, rows={"conversation": _pushed(seen)})


def ids_of(person_id: uuid.UUID) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """(conversations, messages) of all that she has part in."""
    hers = select(Conversation.id).where(
        or_(Conversation.owner_id == person_id, Conversation.starter_id == person_id)
    )
    letters = select(Message.id).where(Message.conversation_id.in_(hers))
    return [*db.session.scalars(hers)], [*db.session.scalars(letters)]


def letters_of(conversation_id: uuid.UUID) -> list[Message]:
    """All letters of a conversation, in their order."""
    query = select(Message).where(Message.conversation_id == conversation_id)
    return [*db.session.scalars(query.order_by(Message.position))]


def undelivered(person_id: uuid.UUID) -> list[uuid.UUID]:
    """Letters that none of her phones is known to have."""
    return [*db.session.scalars(undelivered_to(person_id))]


def undelivered_to(person_id: Any) -> Select[uuid.UUID]:
    """The query for these letters; `person_id` may be a column or a parameter of a larger one."""
    reached = case(
        (Conversation.owner_id == person_id, Conversation.owner_delivered),
        else_=Conversation.starter_delivered,
    )
    return (
        select(Message.id)
        .join(Conversation, Message.conversation_id == Conversation.id)
        .where(
            or_(Conversation.owner_id == person_id, Conversation.starter_id == person_id),
            Message.position > reached,
            Conversation.position > reached,
        )
    )


def delivered_to(person_id: uuid.UUID, message_ids: Iterable[uuid.UUID]) -> None:
    """These letters have reached one of her phones."""
    reached = (
        select(Message.conversation_id, func.max(Message.position))
        .where(Message.id.in_([*message_ids]))
        .group_by(Message.conversation_id)
    )
    for conversation_id, position in db.session.execute(reached).all():
        conversation = db.session.get(Conversation, conversation_id)
        side = conversation.side(person_id) if conversation else None
        if conversation and side and conversation.of(side, "delivered") < position:
            setattr(conversation, f"{side}_delivered", position)


def _changed(conversation: Conversation, theirs: Listing | None) -> str:
    """When the other's milk last changed; her own changes are no news to her."""
    told = conversation.changed_at and theirs is not None and theirs.is_offer
    return conversation.changed_at.isoformat() if told and conversation.changed_at else ""


def _screened(conversation: Conversation, person_id: uuid.UUID, other_id: uuid.UUID) -> Row:
    """How much of her answers she shows here, and what she sees of the other's."""
    granted = screening.granted_in(conversation.id)
    level = granted.get(other_id)
    return {
        "grants": granted.get(person_id),
        "screening": screening.shown(other_id, level) if level else None,
    }


def _pushed(seen: Row) -> Row:
    # What a push brings is kept apart until a sync; what can be taken back comes by syncs alone.
    return {name: value for name, value in seen.items() if name != "screening"}


def _opened(conversation: Conversation, side: str, other: Person, listing: Listing | None) -> Row:
    opens = conversation.of(side, "opens")
    opened: Row = {"name": other.name} if "name" in opens else {}
    if listing is None:
        return opened
    if "note" in opens:
        opened["note"] = listing.note
    if "milk" in opens and listing.is_offer:
        opened["batches"] = [_filled(fields_of_batch(batch)) for batch in listing.batches]
        opened["lipase"] = listing.lipase
    if "details" in opens:
        opened |= {
            "details": _details(listing),
            "bereaved": listing.bereaved,
            "fragile": listing.fragile if listing.fragile != "no" else "",
        }
    return _filled(opened)


def _details(offer: Listing) -> list[Row]:
    return [
        _filled({"what": code, "answer": offer.exposures[code], "text": offer.details.get(code)})
        for code, _label in EXPOSURES
        if offer.exposures.get(code) in ("dated", "some", "talk")
    ]


def _blocks(person_id: uuid.UUID, other_id: uuid.UUID) -> bool:
    query = select(Block.id).where(Block.person_id == person_id, Block.blocked_id == other_id)
    return db.session.scalar(query) is not None


def _id(found: uuid.UUID | None) -> str:
    return str(found) if found else ""


def _filled(values: Row) -> Row:
    # 0 equals False, and here says nothing: nobody has read or got anything yet.
    return {name: value for name, value in values.items() if value}
