"""Tables of alerts. A delivery that is due is an entry of the queue."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import db, now, uuid7
from webapp.people import Code, Person

MATCH, ASKING, LETTER, RIGHT, FREE = "match", "asking", "letter", "right", "free"
CHANGED, TEST = "changed", "test"
DUE, SENT, GIVEN_UP = "due", "sent", "given_up"


class Device(db.Model):
    """One phone's store, bound to the person who used it first, and where it is pushed to."""

    __tablename__ = "device"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    endpoint: Mapped[str | None] = mapped_column(Text, unique=True)
    p256dh: Mapped[str] = mapped_column(String(120), default="")
    auth: Mapped[str] = mapped_column(String(40), default="")
    last_sent_at: Mapped[datetime | None]
    last_failure: Mapped[str] = mapped_column(String(40), default="")
    failed_at: Mapped[datetime | None]
    # Which browser on what, as she reads it: "Firefox, Android".
    name: Mapped[str] = mapped_column(String(60), default="")
    # The endpoint's host: kept when the endpoint is gone.
    service: Mapped[str] = mapped_column(String(100), default="")
    # Which of this installation's keys it subscribed with; empty: nobody knows, the newest.
    key_id: Mapped[str] = mapped_column(String(16), default="")
    # Handle of the session that subscribed: as that ends, so do its alerts. Empty: nobody knows.
    session: Mapped[str] = mapped_column(String(16), default="")
    __table_args__ = (Index("ix_device_person_id", "person_id"),)

    @property
    def is_lost(self) -> bool:
        """Whether its subscription was found to be gone, and no other came since."""
        return self.endpoint is None and self.failed_at is not None


class Alert(db.Model):
    """Something that concerns a person; committed with what caused it."""

    __tablename__ = "alert"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))
    # What it is about: one of the three.
    match_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("match.id", ondelete="CASCADE"))
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE")
    )
    listing_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE")
    )
    made_at: Mapped[datetime] = mapped_column(default=now)
    # Her own emergency: told at any hour, however many were told before.
    urgent: Mapped[bool] = mapped_column(default=False)
    # When one of her phones showed her what it is about.
    seen_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined")
    __table_args__ = (
        UniqueConstraint("person_id", "match_id", "kind"),
        UniqueConstraint("person_id", "conversation_id", "kind"),
        UniqueConstraint("person_id", "listing_id", "kind"),
        Index("ix_alert_match_id", "match_id"),
        Index("ix_alert_conversation_id", "conversation_id"),
        Index("ix_alert_listing_id", "listing_id"),
    )

    def scopes(self) -> list[str]:
        """The feeds this row stands in: hers alone; a test stands in none."""
        return [] if self.kind == TEST else [f"me:{self.person_id}"]


class Queued:
    """A row that is an entry of a queue while it is due; then it is sent, or given up.

    `due_at` of a row that a worker has claimed is when its lease runs out.
    """

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    state: Mapped[str] = mapped_column(String(8), default=DUE)
    due_at: Mapped[datetime] = mapped_column(default=now)
    tries: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(40), default="")
    sent_at: Mapped[datetime | None]


class Delivery(Queued, db.Model):
    """One alert to one device: due, sent, or given up for a reason that is kept."""

    __tablename__ = "delivery"

    alert_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Alert.id, ondelete="CASCADE"))
    device_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Device.id, ondelete="CASCADE"))

    alert: Mapped[Alert] = relationship(lazy="joined")
    device: Mapped[Device] = relationship(lazy="joined")
    __table_args__ = (
        UniqueConstraint("alert_id", "device_id"),
        # By it an operator's counts are read, without the rows.
        Index("ix_delivery_outcome", "device_id", "state", "reason"),
        Index(
            "ix_delivery_due",
            "due_at",
            sqlite_where=text("state = 'due'"),
            postgresql_where=text("state = 'due'"),
        ),
    )


class Mail(Queued, db.Model):
    """One letter by e-mail: an alert, a digest of several, or six digits to be typed."""

    __tablename__ = "mail"

    kind: Mapped[str] = mapped_column(String(8))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    # What it is about: one of the two, or neither of a digest.
    alert_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(Alert.id, ondelete="CASCADE"))
    code_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(Code.id, ondelete="CASCADE"))

    person: Mapped[Person] = relationship(lazy="joined")
    alert: Mapped[Alert | None] = relationship(lazy="joined")
    __table_args__ = (
        UniqueConstraint("alert_id"),
        Index("ix_mail_person_id", "person_id"),
        Index("ix_mail_code_id", "code_id"),
        Index(
            "ix_mail_due",
            "due_at",
            sqlite_where=text("state = 'due'"),
            postgresql_where=text("state = 'due'"),
        ),
    )


class Heartbeat(db.Model):
    """When a worker was last seen at work."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(default=now)
