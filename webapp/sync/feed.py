"""The change feed: whenever a row with `scopes()` is written, each of its feeds says so."""

import secrets
import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, event, func, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from webapp.database import db
from webapp.sync.models import Change, FeedCounter, Timeline

Touched = dict[tuple[str, str, Any], None]

# Kept at module level: built per call, they cost seven times as much.
_NEXT = (
    update(FeedCounter)
    .where(FeedCounter.id == 1)
    .values(seq=FeedCounter.seq + bindparam("many", type_=BigInteger))
    .returning(FeedCounter.seq)
)


def end_of(timeline: str) -> Select[int]:
    """The query for where a known timeline ends: the next one's beginning, or the newest change.

    `timeline` is what the parameter is called that holds the timeline's id.
    """
    known, later = aliased(Timeline), aliased(Timeline)
    following = select(func.min(later.first_seq)).where(later.number > known.number)
    newest = select(FeedCounter.seq).where(FeedCounter.id == 1)
    end = func.coalesce(following.scalar_subquery(), newest.scalar_subquery())
    return select(end).where(known.id == bindparam(timeline))


_END = end_of("timeline")


def _upsert(dialect: Any) -> Any:
    insert = dialect.insert(Change)
    return insert.on_conflict_do_update(
        index_elements=["scope", "noun", "row_id"], set_={"seq": insert.excluded.seq}
    )


_UPSERTS = {"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)}


class Before:
    """A row as the database has it, while changes to it wait to be flushed."""

    def __init__(self, row: Any) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Any:
        attribute = inspect(self._row).attrs.get(name)
        if attribute is None:
            return getattr(self._row, name)
        deleted = attribute.history.deleted
        return deleted[0] if deleted else attribute.value


def listen() -> None:
    """Number what changes in every session's commits. Called once, when the app is made."""
    # After a flush ids are there, and what was changed can still be told from what it was.
    if not event.contains(Session, "after_flush", _collect):
        event.listen(Session, "after_flush", _collect)
        event.listen(Session, "before_commit", _number)
        event.listen(Session, "after_soft_rollback", _forget)


def tell_again(scope: str, noun: str, ids: Iterable[uuid.UUID]) -> None:
    """Number rows that didn't change, so that one feed's phones ask for them afresh."""
    touched: Touched = db.session.info.setdefault("touched", {})
    touched.update({(scope, noun, row_id): None for row_id in ids})


def begin_timeline() -> str:
    """Begin a timeline, as each start of a server does. Returns its id; the caller commits."""
    if db.session.get(FeedCounter, 1) is None:
        db.session.add(FeedCounter(id=1, seq=0))
        db.session.flush()
    number = (db.session.scalar(select(func.max(Timeline.number))) or 0) + 1
    timeline = Timeline(id=secrets.token_hex(6), number=number, first_seq=latest_seq())
    db.session.add(timeline)
    return timeline.id


def latest_seq() -> int:
    """The number of the newest change."""
    return db.session.scalar(select(FeedCounter.seq).where(FeedCounter.id == 1)) or 0


def current_timeline() -> str:
    """The id of the newest timeline; raises where no server has started yet."""
    found = db.session.scalar(select(Timeline.id).order_by(Timeline.number.desc()).limit(1))
    if found is None:
        raise RuntimeError("no timeline has begun: run `flask begin`")
    return found


def holds(timeline_id: str, seq: int) -> bool:
    """Whether a cursor's timeline is known and its seq not past the next one's beginning."""
    end = db.session.scalar(_END, {"timeline": timeline_id})
    return end is not None and seq <= end


def _collect(session: Session, _context: Any) -> None:
    touched: Touched = session.info.setdefault("touched", {})
    for row in (*session.new, *session.dirty, *session.deleted):
        scopes = getattr(type(row), "scopes", None)
        if scopes is None or (row in session.dirty and not session.is_modified(row)):
            continue
        before = [] if row in session.new else scopes(Before(row))
        after = [] if row in session.deleted else scopes(row)
        for scope in (*before, *after):
            touched[(scope, row.__tablename__, row.id)] = None


def _number(session: Session) -> None:
    session.flush()
    touched: Touched = session.info.pop("touched", {})
    if not touched:
        return
    last = session.execute(_NEXT, {"many": len(touched)}).scalar_one()
    first = last - len(touched) + 1
    rows = [
        {"scope": scope, "noun": noun, "row_id": row_id, "seq": first + n}
        for n, (scope, noun, row_id) in enumerate(touched)
    ]
    session.execute(_UPSERTS[session.get_bind().dialect.name], rows)


def _forget(session: Session, transaction: Any) -> None:
    if transaction.parent is None:
        session.info.pop("touched", None)
