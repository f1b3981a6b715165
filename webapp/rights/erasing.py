"""Erasing a person: what others hold of her leaves their phones, then she is gone."""

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from webapp import alerts, messages
from webapp.alerts import Alert, Device
from webapp.database import Base, db, now
from webapp.listings import Listing
from webapp.matching import Match, Watch
from webapp.messages import OWNER, STARTER, Conversation, Message
from webapp.milk import Exposure
from webapp.people import Block, Code, Person
from webapp.rights.models import ErasedDevice
from webapp.rights.wiping import mark


def erase(person: Person) -> None:
    """Everything of hers goes, in the caller's one transaction; call `wipe()` after it.

    What others' phones hold is deleted row by row, so that the change feed tells them; the rest
    goes with her row, as each foreign key says. The other of a conversation keeps what she wrote
    herself. Of hers only her phones' ids stay, which name nobody, so that each can be told.
    """
    person_id = person.id
    _lock(person)
    for device_id in db.session.scalars(select(Device.id).where(Device.person_id == person_id)):
        db.session.merge(ErasedDevice(id=device_id))
    hers, matched, written = (_ids(*each) for each in _held(person_id))
    _delete(
        Alert,
        or_(
            Alert.person_id == person_id,
            Alert.listing_id.in_(hers),
            Alert.match_id.in_(matched),
            Alert.conversation_id.in_(written),
        ),
    )
    _delete(Message, Message.person_id == person_id)
    _take_out_of(written, person_id)
    _delete(Match, Match.id.in_(matched))
    _delete(Block, or_(Block.person_id == person_id, Block.blocked_id == person_id))
    _delete(Watch, Watch.person_id == person_id)
    _delete(Exposure, Exposure.person_id == person_id)
    _delete(Listing, Listing.id.in_(hers))
    alerts.drop_letters(person_id)
    # What was asked for by address is nobody's yet.
    _delete(Code, or_(Code.person_id == person_id, Code.address == person.email))
    _delete(Person, Person.id == person_id)
    _end_feed(f"me:{person_id}")
    mark()


def erased(device_id: uuid.UUID) -> bool:
    """Whether a phone's person was erased, so that the phone is to empty itself."""
    return db.session.get(ErasedDevice, device_id) is not None


def _held(person_id: uuid.UUID) -> tuple[tuple[InstrumentedAttribute[uuid.UUID], Any], ...]:
    talks = or_(Conversation.owner_id == person_id, Conversation.starter_id == person_id)
    matches = or_(Match.donor_id == person_id, Match.recipient_id == person_id)
    listings = Listing.person_id == person_id
    return (Listing.id, listings), (Match.id, matches), (Conversation.id, talks)


def _lock(person: Person) -> None:
    """What is sent at this moment comes before, or finds nobody.

    Her row last, since others come to it last: whoever took them the other way round would wait
    for us while we wait for her.
    """
    for each in _held(person.id):
        _ids(*each, lock=True)
    db.session.refresh(person, with_for_update=True)


def _ids(
    column: InstrumentedAttribute[uuid.UUID], condition: Any, lock: bool = False
) -> list[uuid.UUID]:
    query = select(column).where(condition).order_by(column)
    return [*db.session.scalars(query.with_for_update() if lock else query)]


def _delete(model: Any, condition: Any) -> None:
    rows: Iterable[Any] = db.session.scalars(select(model).where(condition)).unique()
    for row in rows:
        db.session.delete(row)
    # One table at a time, children first: else the database's own cascade comes in between.
    db.session.flush()


def _take_out_of(conversation_ids: list[uuid.UUID], person_id: uuid.UUID) -> None:
    query = select(Conversation).where(Conversation.id.in_(conversation_ids))
    for conversation in db.session.scalars(query).unique():
        hers, others = (
            (STARTER, OWNER) if conversation.starter_id == person_id else (OWNER, STARTER)
        )
        if conversation.person_of(others) is None:
            db.session.delete(conversation)
            continue
        _empty(conversation, hers, others)
        if not conversation.answered:
            messages.make_room(conversation)
    db.session.flush()


def _empty(conversation: Conversation, hers: str, others: str) -> None:
    if hers == STARTER:
        conversation.starter = conversation.starter_listing = None
    else:
        conversation.owner = conversation.listing = None
    for name, value in (("opens", []), ("read", 0), ("delivered", 0), ("left_at", None)):
        setattr(conversation, f"{hers}_{name}", value)
    # Her letters are gone: nothing is left there to be read.
    for name in ("read", "delivered"):
        setattr(conversation, f"{others}_{name}", conversation.position)
    conversation.touched_at = now()


def _end_feed(scope: str) -> None:
    change, counter = (Base.metadata.tables[name] for name in ("change", "feed_counter"))
    # Whoever numbers changes holds the counter, and may wait for the rows that we delete.
    db.session.execute(select(counter).with_for_update())
    db.session.execute(delete(change).where(change.c.scope == scope))
    # What this transaction changed would be numbered in her feed at its end.
    touched = db.session.info.get("touched", {})
    for key in [key for key in touched if key[0] == scope]:
        del touched[key]
