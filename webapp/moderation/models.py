"""Tables of moderation: what was reported, and what a suspension holds back."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import db, now
from webapp.listings import Listing
from webapp.messages import Conversation
from webapp.people import Person


class Report(db.Model):
    """One person tells whoever hosts of a listing or a conversation of another."""

    __tablename__ = "report"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    reported_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    listing_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(Listing.id, ondelete="SET NULL")
    )
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(Conversation.id, ondelete="SET NULL")
    )
    reason: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]

    listing: Mapped[Listing | None] = relationship(foreign_keys=listing_id)
    reported: Mapped[Person] = relationship(foreign_keys=reported_id)
    __table_args__ = (
        Index("ix_report_person_id", "person_id", "made_at"),
        Index("ix_report_reported_id", "reported_id"),
        Index("ix_report_listing_id", "listing_id"),
        Index("ix_report_conversation_id", "conversation_id"),
    )


class HeldListing(db.Model):
    """A listing that was open when its owner was suspended, and opens again with her."""

    __tablename__ = "held_listing"

    listing_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(Listing.id, ondelete="CASCADE"), primary_key=True
    )
