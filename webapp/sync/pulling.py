"""What changed in a person's feeds since a cursor: one snapshot, a page at a time."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from webapp import geo, listings, messages, people
from webapp.database import db
from webapp.listings import Listing
from webapp.people import Person
from webapp.sync.feed import current_timeline, holds, latest_seq
from webapp.sync.models import Change
from webapp.sync.rows import own_keys, read_near, read_own

PAGE = 200
MOST_NEAR = 1000

Key = tuple[str, uuid.UUID]


@dataclass(frozen=True)
class Cursor:
    """Where a phone stands: timeline, seq, the reach's epoch, and how far a reset has come."""

    timeline: str
    seq: int
    epoch: int = 0
    reached: str = ""

    def __str__(self) -> str:
        return f"{self.timeline}.{self.seq}.{self.epoch}.{self.reached}"


def read_cursor(text: str) -> Cursor | None:
    """The cursor that stands in a text, or None where none does."""
    timeline, *rest = text.split(".", 3)
    if len(rest) != 3 or not (rest[0].isdecimal() and rest[1].isdecimal()) or len(text) > 200:
        return None
    return Cursor(timeline, int(rest[0]), int(rest[1]), rest[2])


def pull(person_id: uuid.UUID, cursors: dict[str, str]) -> dict[str, Any]:
    """The scopes that a phone asked for, where they changed. Runs in one `reading()` snapshot."""
    person = db.session.get_one(Person, person_id)
    answers = {"me": _pull_me, "near": _pull_near}
    asked = {name: answers[name](person, cursors[name]) for name in answers if name in cursors}
    return {name: answer for name, answer in asked.items() if answer}


def newly_delivered(person_id: uuid.UUID, cursors: dict[str, str]) -> list[uuid.UUID]:
    """Letters that this phone has, since its cursor has come past them, and nobody noted yet."""
    cursor = read_cursor(cursors.get("me", ""))
    if cursor is None or cursor.reached or not holds(cursor.timeline, cursor.seq):
        return []
    letters = messages.undelivered(person_id)
    if not letters:
        return []
    had = select(Change.row_id).where(
        Change.scope == f"me:{person_id}",
        Change.noun == "message",
        Change.seq <= cursor.seq,
        Change.row_id.in_(letters),
    )
    return [*db.session.scalars(had)]


def page_near(
    person_id: uuid.UUID, kind: str | None, before: datetime | None
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of cards within her reach, newest first, and where the next one goes on."""
    person = db.session.get_one(Person, person_id)
    if not person.cell:
        return [], None
    cells = geo.cells_within(person.cell, person.reach_km)
    unseen = people.blocked_with(person.id) | {person.id}
    ids = listings.newest_near(cells, unseen, PAGE, kind, before)
    found = read_near(ids, person.id, set(cells))
    last = db.session.get(Listing, ids[-1]) if len(ids) == PAGE else None
    cards = [found[listing_id] for listing_id in ids if listing_id in found]
    return cards, last.published_at.isoformat() if last else None


def _pull_me(person: Person, text: str) -> dict[str, Any] | None:
    feed = _Feed([f"me:{person.id}"], 0)

    def read(keys: list[Key]) -> dict[Key, Any]:
        found: dict[Key, Any] = {}
        for noun, ids in _by_noun(keys).items():
            found |= {(noun, i): row for i, row in read_own(noun, ids, person.id).items()}
        return found

    return feed.answer(text, lambda: own_keys(person.id), read)


def _pull_near(person: Person, text: str) -> dict[str, Any] | None:
    if not person.cell:
        return None
    cells = geo.cells_within(person.cell, person.reach_km)
    feed = _Feed([f"near:{cell}" for cell in cells], person.near_epoch)
    unseen = people.blocked_with(person.id) | {person.id}

    def read(keys: list[Key]) -> dict[Key, Any]:
        found = read_near([row_id for _noun, row_id in keys], person.id, set(cells))
        return {("listing", row_id): row for row_id, row in found.items()}

    def keys() -> list[Key]:
        return [("listing", i) for i in listings.newest_near(cells, unseen, MOST_NEAR)]

    return feed.answer(text, keys, read)


@dataclass(frozen=True)
class _Feed:
    scopes: list[str]
    epoch: int

    def answer(self, text: str, all_keys: Any, read: Any) -> dict[str, Any] | None:
        cursor = read_cursor(text)
        if cursor is None or cursor.epoch != self.epoch or not holds(cursor.timeline, cursor.seq):
            cursor = Cursor(current_timeline(), latest_seq(), self.epoch, "start")
            return self._reset(cursor, all_keys(), read)
        if cursor.reached:
            return self._reset(cursor, all_keys(), read)
        return self._changes(cursor, read)

    def _reset(self, cursor: Cursor, keys: list[Key], read: Any) -> dict[str, Any]:
        """A page of everything; changes made meanwhile follow after, from the cursor's seq."""
        start = "" if cursor.reached == "start" else cursor.reached
        rest = sorted(key for key in keys if _name(key) > start)
        page, more = rest[:PAGE], len(rest) > PAGE
        reached = _name(page[-1]) if more else ""
        return _scope(
            Cursor(cursor.timeline, cursor.seq, cursor.epoch, reached),
            read(page),
            gone=[],
            more=more,
            reset=cursor.reached == "start",
        )

    def _changes(self, cursor: Cursor, read: Any) -> dict[str, Any] | None:
        newest = func.max(Change.seq).label("newest")
        query = (
            select(Change.noun, Change.row_id, newest)
            .where(Change.scope.in_(self.scopes), Change.seq > cursor.seq)
            .group_by(Change.noun, Change.row_id)
            .order_by(newest)
            .limit(PAGE + 1)
        )
        rows = db.session.execute(query).all()
        if not rows:
            return None
        page, more = rows[:PAGE], len(rows) > PAGE
        keys = [(noun, row_id) for noun, row_id, _seq in page]
        put = read(keys)
        seq = page[-1][2] if more else latest_seq()
        following = Cursor(current_timeline(), seq, self.epoch)
        return _scope(following, put, [key for key in keys if key not in put], more, reset=False)


def _scope(
    cursor: Cursor, put: dict[Key, Any], gone: list[Key], more: bool, reset: bool
) -> dict[str, Any]:
    scope: dict[str, Any] = {"cursor": str(cursor)}
    rows: dict[str, list[Any]] = defaultdict(list)
    for (noun, _row_id), row in put.items():
        rows[noun].append(row)
    members = {
        "put": dict(rows),
        "del": {noun: [str(i) for i in ids] for noun, ids in _by_noun(gone).items()},
        "more": more,
        "reset": reset,
    }
    return scope | {name: value for name, value in members.items() if value}


def _by_noun(keys: list[Key]) -> dict[str, list[uuid.UUID]]:
    grouped: dict[str, list[uuid.UUID]] = defaultdict(list)
    for noun, row_id in keys:
        grouped[noun].append(row_id)
    return grouped


def _name(key: Key) -> str:
    return f"{key[0]}:{key[1]}"
