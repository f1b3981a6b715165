"""A batch: milk that was pumped and kept together, and what her calendar says of its days."""

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column
from wtforms import Form

from webapp.database import db, now, uuid7
from webapp.fields import Choice, Day, Flag, Ids, Line, Required, Whole, refuse
from webapp.milk import codes
from webapp.milk.codes import KEEPS

MOST_ML = 200_000
"""Some 6,800 oz: over four times the 1,500 oz of one donor's deep freezer."""
MOST_PORTIONS = 2_000
MOST_BATCHES = 24
"""Two years by month: more than milk keeps."""
MOST_PUMPINGS = 400
"""1,500 oz in bags of 4 oz, the deep freezer of one donor."""


class Batch(db.Model):
    """Milk that was pumped and kept together, in an offer. What was not said is empty."""

    __tablename__ = "batch"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    listing_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(12))
    pumped_from: Mapped[date | None]
    pumped_to: Mapped[date | None]
    look: Mapped[bool] = mapped_column(default=False)
    volume_ml: Mapped[int | None]
    portions: Mapped[int | None]
    container: Mapped[str] = mapped_column(String(12), default="")
    storage: Mapped[str] = mapped_column(String(16), default="")
    frozen_within: Mapped[str] = mapped_column(String(8), default="")
    stage: Mapped[str] = mapped_column(String(12), default="")
    treatment: Mapped[str] = mapped_column(String(12), default="")
    pooled: Mapped[str] = mapped_column(String(3), default="")
    thawed: Mapped[str] = mapped_column(String(3), default="")
    power_loss: Mapped[str] = mapped_column(String(3), default="")
    labelled: Mapped[str] = mapped_column(String(8), default="")
    # What her calendar says of these days: the exposures that meet them, and for each diet the
    # last day on which she didn't keep to it. Written by mark() alone.
    exposed: Mapped[list[str]] = mapped_column(default=list)
    off_diet: Mapped[dict[str, Any]] = mapped_column(default=dict)
    __table_args__ = (Index("ix_batch_listing_id", "listing_id"),)

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of pumping, or None where she would have to look."""
        if self.look or not (self.pumped_from and self.pumped_to):
            return None
        return self.pumped_from, self.pumped_to

    @property
    def keeps_until(self) -> datetime | None:
        """When its oldest milk's time is over; None where its days are not known."""
        return keeps_until(self.state, self.days[0]) if self.days else None


DETAILS = (
    "container",
    "storage",
    "frozen_within",
    "stage",
    "treatment",
    "pooled",
    "thawed",
    "power_loss",
    "labelled",
)
"""What is said of a batch beside its amount, its state and its days."""


class BatchForm(Form):
    """Milk that was pumped and kept together. Only how it is kept and when is asked of everyone."""

    class Meta:
        csrf = False

    id = Line("", at_most=36, validators=[Required()])
    state = Choice(_l("How is it kept?"), codes.STATES, validators=[Required()])
    pumped_from = Day(_l("Pumped from"))
    pumped_to = Day(_l("Pumped to"))
    look = Flag(_l("I'd have to look"))
    volume_ml = Whole(_l("How much of it?"), 1, MOST_ML)
    portions = Whole(_l("In how many portions?"), 1, MOST_PORTIONS)
    container = Choice(_l("What is it in?"), codes.CONTAINERS)
    storage = Choice(_l("Where is it?"), codes.STORAGES)
    frozen_within = Choice(_l("Frozen how soon after pumping?"), codes.FROZEN_WITHIN)
    stage = Choice(_l("Which milk is it?"), codes.STAGES)
    treatment = Choice(_l("Was it heated?"), codes.TREATMENTS)
    pooled = Choice(_l("Are several pumpings in one container?"), codes.YES_NO)
    thawed = Choice(_l("Was it ever thawed?"), codes.YES_NO)
    power_loss = Choice(_l("Was there a power cut?"), codes.YES_NO)
    labelled = Choice(_l("What is written on it?"), codes.LABELLED)
    # Rows of her freezer that it was made from; never drawn.
    pumpings = Ids("", at_most=MOST_PUMPINGS)

    def validate_id(self, field: Any) -> None:
        """Made on the phone, as a UUID."""
        try:
            field.data = str(uuid.UUID(field.data))
        except ValueError:
            raise refuse(_("That is not an id.")) from None

    def validate_pumped_from(self, field: Any) -> None:
        """Both days, or "I'd have to look"."""
        if not self.look.data and not field.data:
            raise refuse(_("Say when it was pumped, or that you'd have to look."))
        state = self.state.data
        if field.data and state in KEEPS and keeps_until(state, field.data) <= now():
            raise refuse(_too_old(state))

    def validate_pumped_to(self, field: Any) -> None:
        """Not before it began."""
        if not self.look.data and not field.data:
            raise refuse(_("Say when it was pumped, or that you'd have to look."))
        if field.data and self.pumped_from.data and field.data < self.pumped_from.data:
            raise refuse(_("That is before the first day."))


def filled(batch: Batch | None, form: Any) -> Batch:
    """The batch as a BatchForm says it is; a new one where there was none."""
    batch = batch or Batch(id=uuid.UUID(form.id.data), exposed=[], off_diet={})
    batch.state, batch.look = form.state.data, form.look.data
    batch.pumped_from = None if batch.look else form.pumped_from.data
    batch.pumped_to = None if batch.look else form.pumped_to.data
    batch.volume_ml, batch.portions = form.volume_ml.data, form.portions.data
    for name in DETAILS:
        setattr(batch, name, form[name].data or "")
    return batch


def fields_of_batch(batch: Batch, pumpings: Iterable[uuid.UUID] = ()) -> dict[str, Any]:
    """The batch as its form's own names and strings; `pumpings` are rows of her freezer."""
    return {
        "id": str(batch.id),
        "state": batch.state,
        "pumped_from": batch.pumped_from and batch.pumped_from.isoformat(),
        "pumped_to": batch.pumped_to and batch.pumped_to.isoformat(),
        "look": "y" if batch.look else "",
        "volume_ml": batch.volume_ml and str(batch.volume_ml),
        "portions": batch.portions and str(batch.portions),
        "pumpings": sorted(str(each) for each in pumpings),
        **{name: getattr(batch, name) for name in DETAILS},
    }


def keeps_until(state: str, pumped_from: date) -> datetime:
    """When the oldest milk's time is over, counted from the end of the day it was pumped (UTC)."""
    return datetime.combine(pumped_from, time.max, UTC) + KEEPS[state]


def take_oldest(volumes: list[int | None], rest_ml: int) -> list[int | None]:
    """What batches hold, oldest first, once no more than `rest_ml` is left of all of them.

    The oldest goes first (CDC). A batch whose amount nobody said stays as it is.
    """
    over = sum(volume or 0 for volume in volumes) - rest_ml
    left: list[int | None] = []
    for volume in volumes:
        gone = min(over, volume or 0) if over > 0 else 0
        over -= gone
        left.append(volume if volume is None else volume - gone)
    return left


def _too_old(state: str) -> str:
    return {
        "frozen": _("Frozen milk keeps 12 months at the most (CDC)."),
        "refrigerated": _("Milk keeps 4 days in a fridge (CDC)."),
        "fresh": _("Fresh milk keeps 4 hours (CDC). Is it in the fridge or frozen?"),
    }[state]
