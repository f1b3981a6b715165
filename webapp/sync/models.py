"""Tables of the wire: what was answered, what changed, and the server's timelines."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import db, now
from webapp.people import Person


class Outcome(db.Model):
    """The final answer to an operation. Holds no field of it, only what became of it."""

    __tablename__ = "outcome"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True
    )
    operation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(String(8))
    noun: Mapped[str] = mapped_column(String(16), default="")
    row_id: Mapped[uuid.UUID | None]
    errors: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime] = mapped_column(default=now)


class Change(db.Model):
    """A row changed in a feed. One entry a row and feed: the newest stands for all."""

    __tablename__ = "change"

    scope: Mapped[str] = mapped_column(String(44), primary_key=True)
    noun: Mapped[str] = mapped_column(String(16), primary_key=True)
    row_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (Index("ix_change_scope_seq", "scope", "seq"),)


class FeedCounter(db.Model):
    """One row, whose update is each transaction's last act, so that its order is commit order."""

    __tablename__ = "feed_counter"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)


class Timeline(db.Model):
    """One start of a server. A cursor past the next one's beginning lies in a lost future."""

    __tablename__ = "timeline"

    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    first_seq: Mapped[int] = mapped_column(BigInteger)
    begun_at: Mapped[datetime] = mapped_column(default=now)
