"""A sync that has nothing to say and nothing to hear, told from one statement without the ORM.

A lively conversation asks every few seconds. Whatever isn't plainly idle goes the whole way,
which alone knows what to do about it.
"""

import uuid
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import orjson
from sqlalchemy import (
    JSON,
    BigInteger,
    Row,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    cast,
    exists,
    func,
    select,
)
from sqlalchemy.orm import aliased

from webapp import geo, messages, people
from webapp.alerts import Device
from webapp.database import db, now
from webapp.people import Person, Session
from webapp.rights import ErasedDevice
from webapp.sync.feed import end_of
from webapp.sync.models import Change
from webapp.sync.pulling import Cursor, read_cursor, whose_of
from webapp.sync.shapes import Request

SCOPES = ("me", "near")
NOWHERE = Cursor(timeline="", seq=0)
"""In place of a cursor that wasn't sent: nothing is decided by what is found of it."""
LARGEST_SEQ = 2**62
MOST_ASKERS = 10_000
MOST_REACHES = 4_000


@dataclass(frozen=True)
class Asker:
    """Who has a session and what is near her, as it was when that session last asked.

    The statement has to name both before it can ask, and says itself whether it is still so.
    """

    person_id: uuid.UUID
    cell: str
    reach_km: int


NOBODY = Asker(uuid.UUID(int=0), "", 0)
_askers: dict[str, Asker] = {}


def is_idle(session_id: str, asked: Request) -> bool:
    """Whether the whole way would apply nothing, write nothing, refuse nothing and find nothing.

    False also where that takes more than this one look to tell.
    """
    if asked.operations or asked.seen:
        return False
    cursors = {name: read_cursor(asked.cursors[name]) for name in SCOPES if name in asked.cursors}
    sent = {name: cursor for name, cursor in cursors.items() if cursor and _is_plain(cursor)}
    if len(sent) < len(cursors):
        return False
    before = _askers.get(session_id, NOBODY)
    for _attempt in range(2):
        found = _look(session_id, asked.device, sent, before)
        if found is None:
            return False
        today = Asker(found.person_id, found.cell, found.reach_km)
        if today == before:
            return _may_ask(found) and all(_stands(found, *each) for each in sent.items())
        before = today
        _remember(session_id, today)
    return False


def _is_plain(cursor: Cursor) -> bool:
    whole = not cursor.reached and cursor.timeline.isalnum() and cursor.timeline.isascii()
    return whole and max(cursor.seq, cursor.known) < LARGEST_SEQ


def _remember(session_id: str, asker: Asker) -> None:
    if len(_askers) >= MOST_ASKERS:
        _askers.clear()
    _askers[session_id] = asker


def _look(
    session_id: str, device: uuid.UUID, sent: dict[str, Cursor], before: Asker
) -> Row[Any] | None:
    me, near = (sent.get(name, NOWHERE) for name in SCOPES)
    asked = {
        "session": session_id,
        "device": device,
        "person": before.person_id,
        "me": f"me:{before.person_id}",
        "me_seq": me.seq,
        "me_timeline": me.timeline,
        "near": _scopes_near(before.cell, before.reach_km) if "near" in sent else "[]",
        "near_seq": near.seq,
        "near_timeline": near.timeline,
    }
    engine = db.engine
    with engine.connect() as connection:
        return connection.execute(_statement(engine.dialect.name), asked).first()


def _may_ask(found: Row[Any]) -> bool:
    """Whether she and her phone are what the whole way would let pass without writing a word."""
    is_hers = found.device_of == found.person_id and not found.erased and not found.lost
    fresh = found.seen_at > now() - people.ROLLS_AFTER
    return bool(is_hers and fresh and found.suspended_at is None and not found.delivered)


def _stands(found: Row[Any], name: str, cursor: Cursor) -> bool:
    if name == "me":
        end, changed = found.me_end, found.me_changed
        known = cursor.epoch == 0 and cursor.whose == whose_of(found.person_id)
    else:
        end, changed = found.near_end, found.near_changed
        known = not found.cell or cursor.epoch == found.near_epoch
    in_time = end is not None and max(cursor.seq, cursor.known) <= end
    return known and in_time and not changed


@lru_cache(maxsize=MOST_REACHES)
def _scopes_near(cell: str, reach_km: int) -> str:
    cells = geo.cells_within(cell, reach_km) if cell else []
    return orjson.dumps([f"near:{each}" for each in cells]).decode()


@cache
def _statement(dialect: str) -> Select[Any]:
    """All that decides, in one snapshot; the cells as one text, so that it is always the same."""
    device: Any = aliased(Device)
    person = bindparam("person", type_=Uuid())
    me, me_seq, near_seq = (
        bindparam("me", type_=String()),
        bindparam("me_seq", type_=BigInteger()),
        bindparam("near_seq", type_=BigInteger()),
    )
    had = exists().where(
        Change.scope == me,
        Change.noun == "message",
        Change.seq <= me_seq,
        Change.row_id.in_(messages.undelivered_to(person)),
    )
    near = _each_of(bindparam("near", type_=String()), dialect)
    return (
        select(
            Session.person_id,
            Session.seen_at,
            Person.suspended_at,
            Person.cell,
            Person.reach_km,
            Person.near_epoch,
            device.person_id.label("device_of"),
            and_(device.endpoint.is_(None), device.failed_at.is_not(None)).label("lost"),
            exists().where(ErasedDevice.id == bindparam("device", type_=Uuid())).label("erased"),
            end_of("me_timeline").scalar_subquery().label("me_end"),
            end_of("near_timeline").scalar_subquery().label("near_end"),
            exists().where(Change.scope == me, Change.seq > me_seq).label("me_changed"),
            exists().where(Change.scope == near, Change.seq > near_seq).label("near_changed"),
            had.label("delivered"),
        )
        .join(Person, Person.id == Session.person_id)
        .join(device, device.id == bindparam("device", type_=Uuid()), isouter=True)
        .where(Session.id == bindparam("session", type_=String()))
    )


def _each_of(texts: Any, dialect: str) -> Any:
    """The texts of a JSON list, as rows to join with."""
    if dialect == "sqlite":
        return func.json_each(texts).table_valued("value").c.value
    return func.json_array_elements_text(cast(texts, JSON)).table_valued("value").c.value
