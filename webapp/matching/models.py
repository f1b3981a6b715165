"""A match: one offer and one request that suit each other, once."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import db, now, uuid7
from webapp.listings import OPEN, Listing
from webapp.people import Person


class Match(db.Model):
    """A pair of listings that fit, or might: unknowns are kept, and never alerted."""

    __tablename__ = "match"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Listing.id, ondelete="CASCADE"))
    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Listing.id, ondelete="CASCADE"))
    donor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    recipient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    fit: Mapped[str] = mapped_column(String(8))
    lines: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    rank: Mapped[int]
    holds: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    looked_at: Mapped[datetime] = mapped_column(default=now)

    offer: Mapped[Listing] = relationship(foreign_keys=offer_id, lazy="joined")
    request: Mapped[Listing] = relationship(foreign_keys=request_id, lazy="joined")

    __table_args__ = (
        UniqueConstraint("offer_id", "request_id"),
        Index("ix_match_request_id", "request_id"),
        Index("ix_match_donor_id", "donor_id"),
        Index("ix_match_recipient_id", "recipient_id"),
    )

    def scopes(self) -> list[str]:
        """The feeds this row stands in: both people's."""
        return [f"me:{self.donor_id}", f"me:{self.recipient_id}"]

    @property
    def stands(self) -> bool:
        """Whether it still holds between two open listings."""
        return self.holds and self.offer.status == OPEN and self.request.status == OPEN

    def sides(self, person_id: uuid.UUID) -> tuple[Listing, Listing] | None:
        """(hers, the other's), or None where she has no part in it."""
        if person_id == self.recipient_id:
            return self.request, self.offer
        return (self.offer, self.request) if person_id == self.donor_id else None
