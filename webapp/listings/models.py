"""Tables of listings: an offer or a request, and the batches of an offer."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import db, now
from webapp.milk import Batch
from webapp.people import Person

OPEN, PAUSED, WITHDRAWN, CLOSED, EXPIRED = "open", "paused", "withdrawn", "closed", "expired"


def is_emergency(need: str | None, until: datetime | None, at: datetime) -> bool:
    """Whether the label of a need stands: it runs out by itself after 72 hours."""
    return need == "emergency" and bool(until and until > at)


class Listing(db.Model):
    """Milk to give, or milk that is needed. One noun, since they meet in one list."""

    __tablename__ = "listing"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(10), default=OPEN)
    # What is left of it, and what it was with what has been given.
    volume_ml: Mapped[int] = mapped_column(default=0)
    total_ml: Mapped[int] = mapped_column(default=0)
    place: Mapped[str] = mapped_column(String(80), default="")
    cell: Mapped[str] = mapped_column(String(15))
    feed_cell: Mapped[str] = mapped_column(String(15))
    reach_km: Mapped[int]
    handover: Mapped[list[str]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(Text, default="")
    open_days: Mapped[int]
    age_band: Mapped[str] = mapped_column(String(12), default="")
    bereaved: Mapped[bool] = mapped_column(default=False)
    show_belief: Mapped[bool] = mapped_column(default=False)
    # {diet: ISO since-date or None} of an offer, {diet: weeks} of what a request must have.
    diet: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # {exposure: "none" | "dated" | "some" | "talk"}; what was not said is not there.
    exposures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # {exposure: names and dates}, for nobody but her and whom she opens it to.
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    lipase: Mapped[str] = mapped_column(String(24), default="")
    # Of a request: codes that the milk must be, would better be, and must be without.
    must: Mapped[list[str]] = mapped_column(default=list)
    nice: Mapped[list[str]] = mapped_column(default=list)
    need: Mapped[str] = mapped_column(String(16), default="")
    by_on: Mapped[date | None]
    daily_ml: Mapped[int | None]
    in_hand_days: Mapped[int | None]
    # When the need ends, as of its last matching: an offer looks at what ends soonest first, and
    # last at those that said no day.
    ends_on: Mapped[date] = mapped_column(default=date.max)
    avoid: Mapped[list[str]] = mapped_column(default=list)
    milk_age_months: Mapped[int | None]
    fragile: Mapped[str] = mapped_column(String(20), default="")
    clinician_read: Mapped[bool] = mapped_column(default=False)
    told: Mapped[int] = mapped_column(default=0)
    # What its card says, as the bits of traits.py: by them filters are answered in the index.
    traits: Mapped[int] = mapped_column(BigInteger, default=0)
    published_at: Mapped[datetime] = mapped_column(default=now)
    fresh_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    emergency_until: Mapped[datetime | None]
    # The worker looks at listings whose match is due; None when there is nothing new to match.
    match_due_at: Mapped[datetime | None] = mapped_column(default=now)
    # Of an offer: when the next families are told, while it has room.
    wave_due_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined")
    batches: Mapped[list[Batch]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by=Batch.id
    )

    __table_args__ = (
        CheckConstraint("kind IN ('offer', 'request')", name="kind"),
        CheckConstraint("volume_ml >= 0", name="volume_ml"),
        Index(
            "ix_listing_open",
            "feed_cell",
            "kind",
            "published_at",
            "id",
            "cell",
            "person_id",
            "traits",
            "volume_ml",
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
        Index(
            "ix_listing_open_cell",
            "cell",
            "kind",
            "published_at",
            "id",
            "person_id",
            "traits",
            "volume_ml",
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
        Index(
            "ix_listing_asking",
            "feed_cell",
            "ends_on",
            "reach_km",
            sqlite_where=text("status = 'open' AND kind = 'request'"),
            postgresql_where=text("status = 'open' AND kind = 'request'"),
        ),
        Index("ix_listing_person_id", "person_id"),
        Index(
            "ix_listing_wave_due_at",
            "wave_due_at",
            sqlite_where=text("wave_due_at IS NOT NULL"),
            postgresql_where=text("wave_due_at IS NOT NULL"),
        ),
        Index(
            "ix_listing_match_due_at",
            "match_due_at",
            sqlite_where=text("match_due_at IS NOT NULL"),
            postgresql_where=text("match_due_at IS NOT NULL"),
        ),
        Index(
            "ix_listing_emergency_until",
            "emergency_until",
            sqlite_where=text("emergency_until IS NOT NULL"),
            postgresql_where=text("emergency_until IS NOT NULL"),
        ),
        Index(
            "ix_listing_expires_at",
            "expires_at",
            sqlite_where=text("status IN ('open', 'paused')"),
            postgresql_where=text("status IN ('open', 'paused')"),
        ),
    )

    def scopes(self) -> list[str]:
        """The feeds this row stands in: her own, and her cell's while it is open."""
        own = [f"me:{self.person_id}"]
        return [*own, f"near:{self.feed_cell}"] if self.status == OPEN else own

    @property
    def is_offer(self) -> bool:
        """Whether there is milk to give; else it is needed."""
        return self.kind == "offer"

    @property
    def is_over(self) -> bool:
        """Whether nobody can answer it any more."""
        return self.status not in (OPEN, PAUSED)

    def is_emergency(self, at: datetime) -> bool:
        """Whether the label stands: it runs out by itself after 72 hours."""
        return is_emergency(self.need, self.emergency_until, at)
