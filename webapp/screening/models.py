"""Tables of screening: her answers, sealed, and whom she shows them."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import db, now, uuid7
from webapp.people import Person


class Screening(db.Model):
    """What one person answered: one row, whose id is hers, so that two phones can't make two.

    No answer stands in a column, nor which were given, nor when: see sealing.py.
    """

    __tablename__ = "screening"

    id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True
    )
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    # Of the key that sealed it, so that what an older one sealed is found.
    key_id: Mapped[str] = mapped_column(String(16))

    __table_args__ = (Index("ix_screening_key_id", "key_id"),)

    def scopes(self) -> list[str]:
        """The feeds this row stands in: her own alone."""
        return [f"me:{self.id}"]


class Grant(db.Model):
    """How much of her answers another sees, within one conversation. None is no row at all."""

    __tablename__ = "grant"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    # By the table's name: conversations stand on a floor above.
    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE")
    )
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    to_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    level: Mapped[str] = mapped_column(String(8))
    granted_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        UniqueConstraint("conversation_id", "person_id"),
        Index("ix_grant_person_id", "person_id"),
        Index("ix_grant_to_id", "to_id"),
    )
