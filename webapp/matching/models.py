"""A match: one offer and one request or watch that suit each other, once."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import db, now, uuid7
from webapp.listings import OPEN, Listing
from webapp.people import Person


class Watch(db.Model):
    """What a person wants to hear of: offers around her home; nobody else knows of it."""

    __tablename__ = "watch"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    # Her home's, kept here so that an offer finds it by its index.
    cell: Mapped[str] = mapped_column(String(15))
    feed_cell: Mapped[str] = mapped_column(String(15))
    reach_km: Mapped[int]
    least_ml: Mapped[int]
    # As of a request: {diet: weeks} of musts and wishes, then codes.
    diet: Mapped[dict[str, Any]] = mapped_column(default=dict)
    must: Mapped[list[str]] = mapped_column(default=list)
    nice: Mapped[list[str]] = mapped_column(default=list)
    avoid: Mapped[list[str]] = mapped_column(default=list)
    milk_age_months: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(default=now)
    match_due_at: Mapped[datetime | None] = mapped_column(default=now)

    person: Mapped[Person] = relationship(lazy="joined")
    __table_args__ = (
        Index("ix_watch_person_id", "person_id"),
        Index("ix_watch_feed_cell", "feed_cell"),
        Index(
            "ix_watch_match_due_at",
            "match_due_at",
            sqlite_where=text("match_due_at IS NOT NULL"),
            postgresql_where=text("match_due_at IS NOT NULL"),
        ),
    )

    def scopes(self) -> list[str]:
        """The feeds this row stands in: hers alone."""
        return [f"me:{self.person_id}"]


class Match(db.Model):
    """A pair that fits wholly or in part, or might: unknowns are kept, and never alerted."""

    __tablename__ = "match"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Listing.id, ondelete="CASCADE"))
    # One of the two.
    request_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(Listing.id, ondelete="CASCADE"))
    watch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(Watch.id, ondelete="CASCADE"))
    donor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    recipient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    fit: Mapped[str] = mapped_column(String(8))
    fit_ml: Mapped[int] = mapped_column(default=0)
    unknown_ml: Mapped[int] = mapped_column(default=0)
    of_ml: Mapped[int] = mapped_column(default=0)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    rank: Mapped[int]
    holds: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    looked_at: Mapped[datetime] = mapped_column(default=now)

    offer: Mapped[Listing] = relationship(foreign_keys=offer_id, lazy="joined")
    request: Mapped[Listing | None] = relationship(foreign_keys=request_id, lazy="joined")
    watch: Mapped[Watch | None] = relationship(foreign_keys=watch_id, lazy="joined")

    __table_args__ = (
        CheckConstraint("(request_id IS NULL) <> (watch_id IS NULL)", name="asks"),
        UniqueConstraint("offer_id", "request_id"),
        UniqueConstraint("offer_id", "watch_id"),
        Index("ix_match_request_id", "request_id"),
        Index("ix_match_watch_id", "watch_id"),
        Index("ix_match_donor_id", "donor_id"),
        Index("ix_match_recipient_id", "recipient_id"),
    )

    def scopes(self) -> list[str]:
        """The feeds this row stands in: both people's; a watch's is nobody's but hers."""
        hers = [f"me:{self.recipient_id}"]
        return hers if self.watch_id else [f"me:{self.donor_id}", *hers]

    @property
    def asks(self) -> Listing | Watch:
        """The request or the watch that the milk fits."""
        found = self.request or self.watch
        assert found is not None, "a match has one of the two"
        return found

    @property
    def stands(self) -> bool:
        """Whether it still holds, and what it is about is open."""
        asked = self.request is None or self.request.status == OPEN
        return self.holds and self.offer.status == OPEN and asked

    def sides(self, person_id: uuid.UUID) -> tuple[Listing | Watch, Listing] | None:
        """(hers, the other's), or None where she has no part in it."""
        if person_id == self.recipient_id:
            return self.asks, self.offer
        if person_id == self.donor_id and self.request:
            return self.offer, self.request
        return None
