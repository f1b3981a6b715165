"""What changed in a person's feeds since a cursor: one snapshot, a page at a time."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from webapp import alerts, geo, listings, messages, people
from webapp.database import db
from webapp.people import Person
from webapp.sync.feed import current_timeline, holds, latest_seq
from webapp.sync.models import Change
from webapp.sync.rows import own_keys, read_near, read_own
from webapp.sync.shapes import MOST_ROWS

PAGE = MOST_ROWS
MOST_NEAR = 1000

# What a phone needs first, since a page may be the last that gets through.
FIRST = ("person", "listing", "conversation", "message")

Key = tuple[str, uuid.UUID]


@dataclass(frozen=True)
class Cursor:
    """Where a phone stands: timeline, seq, the reach's epoch, and how far a reset has come.

    `known` is the newest number when it was made. It lies past whatever this phone was told is
    done, also while a page leaves `seq` behind: a server that was restored to before it has lost
    something of hers. `whose` tells whose feed it is, without saying who: a server that forgot
    whose phone this is still knows whose rows it holds.
    """

    timeline: str
    seq: int
    epoch: int = 0
    known: int = 0
    whose: str = ""
    reached: str = ""

    def __str__(self) -> str:
        parts = (self.timeline, self.seq, self.epoch, self.known, self.whose, self.reached)
        return ".".join(map(str, parts))

    @property
    def stands(self) -> bool:
        """Whether this server remembers all that it stands for."""
        return holds(self.timeline, max(self.seq, self.known))


def read_cursor(text: str) -> Cursor | None:
    """The cursor that stands in a text, or None where none does."""
    timeline, *rest = text.split(".", 5)
    if len(rest) != 5 or not all(map(str.isdecimal, rest[:3])) or len(text) > 200:
        return None
    return Cursor(timeline, int(rest[0]), int(rest[1]), int(rest[2]), rest[3], rest[4])


def pull(
    person_id: uuid.UUID, cursors: dict[str, str], most: int = MOST_ROWS, acted: bool = False
) -> dict[str, Any]:
    """The scopes that a phone asked for, where they changed. Runs in one `reading()` snapshot.

    `most` rows a page. After operations (`acted`) the cursor of `me` comes whatever changed.
    """
    person = db.session.get_one(Person, person_id)
    most = min(most, PAGE)
    asked = {}
    if "me" in cursors:
        asked["me"] = _pull_me(person, cursors["me"], most, acted)
    if "near" in cursors:
        asked["near"] = _pull_near(person, cursors["near"], most)
    return {name: answer for name, answer in asked.items() if answer}


def newly_delivered(person_id: uuid.UUID, cursors: dict[str, str]) -> list[uuid.UUID]:
    """Letters that this phone has, since its cursor has come past them, and nobody noted yet."""
    cursor = read_cursor(cursors.get("me", ""))
    if cursor is None or cursor.reached or not cursor.stands:
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


def known_alerts(
    person_id: uuid.UUID, device_id: uuid.UUID, cursors: dict[str, str], ids: Iterable[uuid.UUID]
) -> list[uuid.UUID]:
    """Those of these alerts of hers that this phone knows as they were told last.

    One that was told again since this phone last heard of it isn't what she saw there.
    """
    cursor = read_cursor(cursors.get("me", ""))
    seq = cursor.seq if cursor and cursor.stands else 0
    pulled = select(Change.row_id).where(
        Change.scope == f"me:{person_id}",
        Change.noun == "alert",
        Change.seq <= seq,
        Change.row_id.in_([*ids]),
    )
    pushed = alerts.pushed_to(device_id, ids)
    return [*{*db.session.scalars(pulled), *pushed}]


def begins_anew(cursors: dict[str, str]) -> bool:
    """Whether this phone knows of a future that this server lost."""
    cursor = read_cursor(cursors.get("me", ""))
    return cursor is not None and not cursor.stands


def is_anothers(person_id: uuid.UUID, cursors: dict[str, str]) -> bool:
    """Whether this phone holds somebody else's feed, whatever the server knows of the phone."""
    cursor = read_cursor(cursors.get("me", ""))
    return cursor is not None and cursor.whose != whose_of(person_id)


def _pull_me(person: Person, text: str, most: int, acted: bool) -> dict[str, Any] | None:
    feed = _Feed([f"me:{person.id}"], 0, most, acted, whose_of(person.id))

    def read(keys: list[Key]) -> dict[Key, Any]:
        found: dict[Key, Any] = {}
        for noun, ids in _by_noun(keys).items():
            found |= {(noun, i): row for i, row in read_own(noun, ids, person.id).items()}
        return found

    return feed.answer(text, lambda: own_keys(person.id), read)


def _pull_near(person: Person, text: str, most: int) -> dict[str, Any] | None:
    if not person.cell:
        return None
    cells = geo.cells_within(person.cell, person.reach_km)
    feed = _Feed([f"near:{cell}" for cell in cells], person.near_epoch, most)

    def read(keys: list[Key]) -> dict[Key, Any]:
        found = read_near([row_id for _noun, row_id in keys], person.id, set(cells))
        return {("listing", row_id): row for row_id, row in found.items()}

    def keys() -> list[Key]:
        unseen = people.blocked_with(person.id) | {person.id}
        return [("listing", i) for i in listings.newest_near(cells, unseen, MOST_NEAR)]

    return feed.answer(text, keys, read)


@dataclass(frozen=True)
class _Feed:
    scopes: list[str]
    epoch: int
    most: int
    acted: bool = False
    whose: str = ""

    def answer(self, text: str, all_keys: Any, read: Any) -> dict[str, Any] | None:
        cursor = read_cursor(text)
        if cursor is None or cursor.epoch != self.epoch or not cursor.stands:
            cursor = Cursor(current_timeline(), latest_seq(), self.epoch, reached="start")
            return self._reset(cursor, all_keys(), read)
        if cursor.reached:
            return self._reset(cursor, all_keys(), read)
        return self._changes(cursor, read)

    def _reset(self, cursor: Cursor, keys: list[Key], read: Any) -> dict[str, Any]:
        """A page of everything; changes made meanwhile follow after, from the cursor's seq."""
        start = "" if cursor.reached == "start" else cursor.reached
        rest = sorted((key for key in keys if _name(key) > start), key=_name)
        page, left = rest[: self.most], len(rest[self.most :])
        reached = _name(page[-1]) if left else ""
        scope = _scope(
            self._cursor(cursor.seq, reached),
            read(page),
            gone=[],
            more=left > 0,
            reset=cursor.reached == "start",
        )
        return scope | ({"left": left} if left else {})

    def _cursor(self, seq: int, reached: str = "") -> Cursor:
        return Cursor(current_timeline(), seq, self.epoch, latest_seq(), self.whose, reached)

    def _changes(self, cursor: Cursor, read: Any) -> dict[str, Any] | None:
        newest = func.max(Change.seq).label("newest")
        query = (
            select(Change.noun, Change.row_id, newest)
            .where(Change.scope.in_(self.scopes), Change.seq > cursor.seq)
            .group_by(Change.noun, Change.row_id)
            .order_by(newest)
            .limit(self.most + 1)
        )
        rows = db.session.execute(query).all()
        if not rows and not self.acted:
            return None
        page, more = rows[: self.most], len(rows) > self.most
        keys = [(noun, row_id) for noun, row_id, _seq in page]
        put = read(keys)
        seq = page[-1][2] if more else latest_seq()
        gone = [key for key in keys if key not in put]
        return _scope(self._cursor(seq), put, gone, more, reset=False)


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


def whose_of(person_id: uuid.UUID) -> str:
    """What a cursor says of whose feed it is."""
    return hashlib.sha256(person_id.bytes).hexdigest()[:6]


def _by_noun(keys: list[Key]) -> dict[str, list[uuid.UUID]]:
    grouped: dict[str, list[uuid.UUID]] = defaultdict(list)
    for noun, row_id in keys:
        grouped[noun].append(row_id)
    return grouped


def _name(key: Key) -> str:
    noun, row_id = key
    rank = FIRST.index(noun) if noun in FIRST else len(FIRST)
    return f"{rank}{noun}:{row_id}"
