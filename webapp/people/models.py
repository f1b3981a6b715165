"""Tables of people. Every foreign key to a person states what erasing her does."""

import hashlib
import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import db, now, uuid7


class Person(db.Model):
    """Somebody with an account. Her address is never stored, only a coarse cell."""

    __tablename__ = "person"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(80))
    writes_as: Mapped[str] = mapped_column(String(16), default="parent")
    language: Mapped[str] = mapped_column(String(8), default="en")
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    units: Mapped[str] = mapped_column(String(2), default="ml")
    place: Mapped[str] = mapped_column(String(80), default="")
    place_name: Mapped[str] = mapped_column(String(200), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    cell: Mapped[str] = mapped_column(String(15), default="")
    reach_km: Mapped[int] = mapped_column(default=40)
    # Of each kind of alert: "on", "quiet" (shown without a sound) or "off".
    tell_match: Mapped[str] = mapped_column(String(5), default="on")
    tell_asking: Mapped[str] = mapped_column(String(5), default="on")
    tell_letter: Mapped[str] = mapped_column(String(5), default="on")
    tell_right: Mapped[str] = mapped_column(String(5), default="on")
    tell_free: Mapped[str] = mapped_column(String(5), default="on")
    # When matches are told: "now", or as one on a "day" or in a "week".
    matches_when: Mapped[str] = mapped_column(String(4), default="now")
    # Hours of her own clock; where both are the same, no hour is quiet.
    quiet_from: Mapped[int] = mapped_column(default=22)
    quiet_until: Mapped[int] = mapped_column(default=7)
    alerts_a_day: Mapped[int] = mapped_column(default=12)
    muted_until: Mapped[datetime | None]
    mail_me: Mapped[bool] = mapped_column(default=True)
    # Her e-mail address was shown to be hers by a code sent to it.
    confirmed_at: Mapped[datetime | None]
    alerts_detail: Mapped[bool] = mapped_column(default=False)
    read_marks: Mapped[bool] = mapped_column(default=False)
    near_epoch: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(default=now)
    welcomed_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]

    consents: Mapped[list["Consent"]] = relationship(cascade="all, delete-orphan")

    def scopes(self) -> list[str]:
        """The feeds this row stands in: her own alone."""
        return [f"me:{self.id}"]

    @property
    def consents_to_keep(self) -> bool:
        """Whether she lets Milkwell keep what she answers about health, diet and belief."""
        return any(c.what == "may_keep" and c.withdrawn_at is None for c in self.consents)


class Session(db.Model):
    """One signed-in browser. The cookie holds only this row's id."""

    __tablename__ = "session"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    # Which browser on what, as she reads it: "Firefox, Android".
    name: Mapped[str] = mapped_column(String(60), default="")

    person: Mapped[Person] = relationship(lazy="joined")
    __table_args__ = (Index("ix_session_person_id", "person_id"),)

    # What flask-login asks of a "user": here it is the session that is signed in.
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Suspended people stay recognisable, so that they can be told."""
        return True

    def get_id(self) -> str:
        """The id that stands in the cookie."""
        return self.id

    @property
    def handle(self) -> str:
        """What names this session to its person; its id would open her account."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:16]


class Code(db.Model):
    """Six digits that were sent to an address, to be typed by whoever reads its letters.

    Of nobody where they were asked for an address and it isn't known yet whose it is, or nobody's.
    """

    __tablename__ = "code"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(8))
    address: Mapped[str] = mapped_column(String(254))
    # Of the digits; empty until the letter is written, when they are made.
    hash: Mapped[str] = mapped_column(String(255), default="")
    made_at: Mapped[datetime] = mapped_column(default=now)
    until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_code_person_id", "person_id", "purpose"),)


class Consent(db.Model):
    """What she agreed to, in which wording, when, and when she took it back."""

    __tablename__ = "consent"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(String(16))
    version: Mapped[str] = mapped_column(String(8))
    given_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_consent_person_id", "person_id"),)


class Block(db.Model):
    """One person wants nothing to do with another; it works both ways."""

    __tablename__ = "block"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    blocked_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    # Of the listing that was blocked, so that she can tell one block from another later.
    kind: Mapped[str] = mapped_column(String(8), default="")
    cell: Mapped[str] = mapped_column(String(15), default="")
    made_at: Mapped[datetime] = mapped_column(default=now)
    __table_args__ = (
        UniqueConstraint("person_id", "blocked_id"),
        Index("ix_block_blocked_id", "blocked_id"),
    )

    def scopes(self) -> list[str]:
        """The feeds this row stands in: that of whoever blocked, alone."""
        return [f"me:{self.person_id}"]


class Move(db.Model):
    """A home or a listing changed its cell. Counted, since many moves would find somebody."""

    __tablename__ = "move"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(String(40))
    moved_at: Mapped[datetime] = mapped_column(default=now)
    __table_args__ = (Index("ix_move_person_id", "person_id", "what", "moved_at"),)
