"""Tables of messages: a conversation about one listing, and its letters."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import db, now, uuid7
from webapp.listings import Listing
from webapp.people import Person

STARTER, OWNER = "starter", "owner"


def conversation_id(listing_id: uuid.UUID, starter_id: uuid.UUID) -> uuid.UUID:
    """The id that a phone makes without asking, so that two phones can't begin one twice."""
    return uuid.uuid5(listing_id, str(starter_id))


class Conversation(db.Model):
    """Two people about one listing: its owner, and who wrote first with a listing of her own.

    Erasing one of them leaves the other the letters that she wrote herself.
    """

    __tablename__ = "conversation"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    listing_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(Listing.id, ondelete="SET NULL")
    )
    starter_listing_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(Listing.id, ondelete="SET NULL")
    )
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    starter_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    at: Mapped[datetime] = mapped_column(default=now)
    touched_at: Mapped[datetime] = mapped_column(default=now)
    position: Mapped[int] = mapped_column(default=0)
    answered: Mapped[bool] = mapped_column(default=False)
    owner_read: Mapped[int] = mapped_column(default=0)
    starter_read: Mapped[int] = mapped_column(default=0)
    owner_delivered: Mapped[int] = mapped_column(default=0)
    starter_delivered: Mapped[int] = mapped_column(default=0)
    owner_opens: Mapped[list[str]] = mapped_column(default=list)
    starter_opens: Mapped[list[str]] = mapped_column(default=list)
    owner_left_at: Mapped[datetime | None]
    starter_left_at: Mapped[datetime | None]
    # When the donor's calendar or answers last changed what this is about.
    changed_at: Mapped[datetime | None]

    listing: Mapped[Listing | None] = relationship(foreign_keys=listing_id, lazy="joined")
    starter_listing: Mapped[Listing | None] = relationship(
        foreign_keys=starter_listing_id, lazy="joined"
    )
    owner: Mapped[Person | None] = relationship(foreign_keys=owner_id, lazy="joined")
    starter: Mapped[Person | None] = relationship(foreign_keys=starter_id, lazy="joined")

    __table_args__ = (
        Index("ix_conversation_listing_id", "listing_id"),
        Index("ix_conversation_starter_listing_id", "starter_listing_id"),
        Index("ix_conversation_owner_id", "owner_id"),
        Index("ix_conversation_starter_id", "starter_id", "made_at"),
    )

    def scopes(self) -> list[str]:
        """The feeds this row stands in: both people's."""
        return [f"me:{who}" for who in (self.owner_id, self.starter_id) if who]

    def side(self, person_id: uuid.UUID) -> str | None:
        """Which of the two she is, or None where she has no part in it."""
        if person_id == self.starter_id:
            return STARTER
        return OWNER if person_id == self.owner_id else None

    def of(self, side: str, what: str) -> Any:
        """One side's value of `what`: read, delivered, opens or left_at."""
        return getattr(self, f"{side}_{what}")

    def listing_of(self, side: str) -> Listing | None:
        """The listing that one side brought."""
        return self.starter_listing if side == STARTER else self.listing

    def person_of(self, side: str) -> Person | None:
        """Who stands on one side; None where she was erased."""
        return self.starter if side == STARTER else self.owner


class Message(db.Model):
    """One letter. Its position is the server's, and the same on every phone."""

    __tablename__ = "message"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(Conversation.id, ondelete="CASCADE")
    )
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(default=now)

    conversation: Mapped[Conversation] = relationship(lazy="joined")
    __table_args__ = (
        UniqueConstraint("conversation_id", "position"),
        Index("ix_message_person_id", "person_id"),
    )

    def scopes(self) -> list[str]:
        """The feeds this row stands in: both people's."""
        return self.conversation.scopes()


class Waiting(db.Model):
    """Somebody who would write about a listing that has five letters to answer."""

    __tablename__ = "waiting"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    listing_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Listing.id, ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    made_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(lazy="joined")
    __table_args__ = (
        UniqueConstraint("listing_id", "person_id"),
        Index("ix_waiting_person_id", "person_id"),
    )
