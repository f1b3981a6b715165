"""The freezer: a donor's own diary of what she pumped, where it is, and what became of it.

Nobody but her ever sees it. What she offers of it others see as batches of an offer.
"""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import db, now
from webapp.fields import Fields
from webapp.milk.codes import KEEPS
from webapp.milk.pumping_forms import MoveForm, PumpingForm
from webapp.people import Person

Errors = dict[str, list[str]]
Row = dict[str, Any]

THERE, GIVEN, USED, DISCARDED = "", "given", "used", "discarded"
MOST_LOGGED = 10_000
"""Of one person: five a day for more than five years."""
KEPT_GONE = KEEPS["frozen"] + timedelta(days=31)
"""So long a new phone is still told of what is gone: what a chart of twelve months shows."""

CODED = ("container", "treatment", "stage", "thawed", "power_loss", "labelled")
"""What she may say of a pumping beside when, how much and where."""


class Pumping(db.Model):
    """What was pumped in one go. What she did not say is empty."""

    __tablename__ = "pumping"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    pumped_at: Mapped[datetime]
    volume_ml: Mapped[int]
    portions: Mapped[int | None]
    container: Mapped[str] = mapped_column(String(12), default="")
    state: Mapped[str] = mapped_column(String(12))
    storage: Mapped[str] = mapped_column(String(16), default="")
    # When it came to be kept as it is now; None where nobody knows.
    moved_at: Mapped[datetime | None]
    treatment: Mapped[str] = mapped_column(String(12), default="")
    stage: Mapped[str] = mapped_column(String(12), default="")
    thawed: Mapped[str] = mapped_column(String(3), default="")
    power_loss: Mapped[str] = mapped_column(String(3), default="")
    labelled: Mapped[str] = mapped_column(String(8), default="")
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("batch.id", ondelete="SET NULL"))
    gone: Mapped[str] = mapped_column(String(9), default=THERE)
    gone_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("volume_ml > 0", name="volume_ml"),
        Index("ix_pumping_person_id", "person_id"),
        Index("ix_pumping_batch_id", "batch_id"),
    )

    def scopes(self) -> list[str]:
        """The feeds this row stands in: hers alone."""
        return [f"me:{self.person_id}"]

    @property
    def frozen_within(self) -> str:
        """How soon after pumping it froze, as a batch says it; "unknown" where nobody knows."""
        return frozen_within(self.state, self.pumped_at, self.moved_at)


def frozen_within(state: str, pumped_at: datetime, moved_at: datetime | None) -> str:
    """ "24h", "4d" or "longer" of frozen milk; "unknown" of any other, or without the time."""
    if state != "frozen" or moved_at is None:
        return "unknown"
    waited = moved_at - pumped_at
    if waited <= timedelta(hours=24):
        return "24h"
    return "4d" if waited <= timedelta(days=4) else "longer"


def log_pumping(person: Person, pumping_id: uuid.UUID, form: PumpingForm) -> Errors:
    """A new pumping of hers."""
    if not person.consents_to_keep:
        return {"": [_("Finish signing up first: two questions are still open.")]}
    if db.session.get(Pumping, pumping_id) is not None:
        return {"row": [_("This id is taken. Make a new one.")]}
    if _count(person.id) >= MOST_LOGGED:
        return {"": [_("Your diary holds ten thousand entries, and takes no more.")]}
    pumping = Pumping(id=pumping_id, person_id=person.id, gone=THERE)
    _fill(pumping, form)
    db.session.add(pumping)
    db.session.flush()
    return {}


def edit_pumping(pumping: Pumping, form: PumpingForm) -> Errors:
    """Change what she says of it."""
    _fill(pumping, form)
    return {}


def move(pumping: Pumping, form: MoveForm, at: datetime) -> Errors:
    """It was put somewhere else at this moment.

    From one freezer to another it stays frozen, since when it froze. Out of the freezer it thaws.
    """
    if pumping.gone:
        return {"": [_("This milk is gone. Put it back first.")]}
    state = form.state.data
    if state == "frozen" and pumping.state != "frozen" and pumping.thawed == "yes":
        return {"state": [_("Thawed milk is never frozen again (CDC).")]}
    if pumping.state == "frozen" and state != "frozen":
        pumping.thawed = "yes"
    if state != pumping.state:
        pumping.moved_at = max(at.replace(microsecond=0), pumping.pumped_at)
    pumping.state, pumping.storage = state, form.storage.data or ""
    return {}


def use(pumping: Pumping) -> Errors:
    """Her own baby drank it."""
    return _leave_freezer(pumping, USED)


def discard(pumping: Pumping) -> Errors:
    """It was thrown away."""
    return _leave_freezer(pumping, DISCARDED)


def remove(pumping: Pumping) -> Errors:
    """It was written by mistake: as if it had never been."""
    if pumping.batch_id:
        return {"": [_("This milk stands in an offer of yours. Take it out there first.")]}
    db.session.delete(pumping)
    return {}


def restore(pumping: Pumping) -> Errors:
    """It is there after all, and stands in no offer."""
    if pumping.gone:
        pumping.gone, pumping.gone_at, pumping.batch_id = THERE, None, None
    return {}


def pumping_fields(pumping: Pumping) -> Fields:
    """The pumping as its form's own names and strings; what is empty is left out."""
    said = {
        "pumped_at": _written(pumping.pumped_at),
        "volume_ml": str(pumping.volume_ml),
        "portions": str(pumping.portions or ""),
        "state": pumping.state,
        "storage": pumping.storage,
        "moved_at": _written(pumping.moved_at) if pumping.moved_at else "",
        **{name: getattr(pumping, name) for name in CODED},
    }
    return {name: value for name, value in said.items() if value}


def pumping_row(pumping: Pumping) -> Row:
    """The pumping as her own phones keep it."""
    row = {
        "id": str(pumping.id),
        "fields": pumping_fields(pumping),
        "batch": str(pumping.batch_id) if pumping.batch_id else "",
        "gone": pumping.gone,
        "gone_at": _written(pumping.gone_at) if pumping.gone_at else "",
    }
    return {name: value for name, value in row.items() if value}


def pumping_ids(person_id: uuid.UUID) -> list[uuid.UUID]:
    """Ids of all that is in her freezer, and of what went in the last year."""
    lately = or_(Pumping.gone == THERE, Pumping.gone_at > now() - KEPT_GONE)
    return [*db.session.scalars(select(Pumping.id).where(Pumping.person_id == person_id, lately))]


def _leave_freezer(pumping: Pumping, gone: str) -> Errors:
    if pumping.gone == GIVEN:
        return {"": [_("This milk is gone. Put it back first.")]}
    pumping.gone, pumping.gone_at, pumping.batch_id = gone, now(), None
    return {}


def _count(person_id: uuid.UUID) -> int:
    hers = select(func.count()).select_from(Pumping).where(Pumping.person_id == person_id)
    return db.session.scalar(hers) or 0


def _fill(pumping: Pumping, form: Any) -> None:
    pumping.pumped_at, pumping.moved_at = form.pumped_at.data, form.moved_at.data
    pumping.volume_ml, pumping.portions = form.volume_ml.data, form.portions.data
    pumping.state, pumping.storage = form.state.data, form.storage.data or ""
    for name in CODED:
        setattr(pumping, name, form[name].data or "")


def _written(instant: datetime) -> str:
    """As phones write instants, so that what didn't change reads the same on both sides."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
