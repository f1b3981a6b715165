"""The donor's calendar: what she took, had or caught, by day. It belongs to days."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import db, now
from webapp.fields import Choice, Day, Fields, Line, Required, WireForm, refuse
from webapp.milk.batches import Batch
from webapp.milk.codes import DIETS, EXPOSURES, KEEPS, OFF_DIET
from webapp.people import Person

Errors = dict[str, list[str]]
Row = dict[str, Any]

MOST_EXPOSURES = 1_000
"""Of one person: one every day for nearly three years."""
WHAT = (*EXPOSURES, (OFF_DIET, _l("Off a diet")))


class Exposure(db.Model):
    """Something that concerns milk pumped on these days; nobody's but hers."""

    __tablename__ = "exposure"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(String(12))
    diet: Mapped[str] = mapped_column(String(12), default="")
    from_on: Mapped[date]
    # None where it goes on.
    to_on: Mapped[date | None]
    name: Mapped[str] = mapped_column(Text, default="")
    dose: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (Index("ix_exposure_person_id", "person_id"),)

    def scopes(self) -> list[str]:
        """The feeds this row stands in: hers alone."""
        return [f"me:{self.person_id}"]

    def meets(self, batch: Batch) -> bool:
        """Whether milk of this batch may have been pumped on these days.

        Where she would have to look, it may: of anything that still keeps.
        """
        if batch.days is None:
            return self.to_on is None or self.to_on >= (now() - KEEPS[batch.state]).date()
        begins, ends = batch.days
        return self.from_on <= ends and (self.to_on is None or self.to_on >= begins)


class ExposureForm(WireForm):
    """One entry of the calendar."""

    what = Choice(_l("What was it?"), WHAT, validators=[Required()])
    diet = Choice(_l("Which diet?"), DIETS)
    from_on = Day(_l("From"), validators=[Required()])
    to_on = Day(_l("To"), future=True)
    name = Line(_l("What exactly"), at_most=120)
    dose = Line(_l("How much, how often"), at_most=120)

    def validate_diet(self, field: Any) -> None:
        """Asked with a break of a diet, and kept with nothing else."""
        if self.what.data != OFF_DIET:
            field.data = ""
        elif not field.data:
            raise refuse(_("Say which diet."))

    def validate_to_on(self, field: Any) -> None:
        """Not before it began, and within what can be planned."""
        if not field.data:
            return
        if self.from_on.data and field.data < self.from_on.data:
            raise refuse(_("That is before the first day."))
        if field.data > now().date() + timedelta(days=366):
            raise refuse(_("Choose a day within the next year."))


def log_exposure(person: Person, exposure_id: uuid.UUID, form: ExposureForm) -> Errors:
    """A new entry of hers."""
    if db.session.get(Exposure, exposure_id) is not None:
        return {"row": [_("This id is taken. Make a new one.")]}
    if len(exposures_of(person.id)) >= MOST_EXPOSURES:
        return {"": [_("Your calendar holds a thousand entries. Remove some first.")]}
    exposure = Exposure(id=exposure_id, person_id=person.id)
    _fill(exposure, form)
    db.session.add(exposure)
    db.session.flush()
    return {}


def edit_exposure(exposure: Exposure, form: ExposureForm) -> None:
    """Change what an entry says."""
    _fill(exposure, form)


def exposures_of(person_id: uuid.UUID) -> list[Exposure]:
    """All her entries, by their first day."""
    query = select(Exposure).where(Exposure.person_id == person_id)
    return [*db.session.scalars(query.order_by(Exposure.from_on, Exposure.id))]


def exposure_fields(exposure: Exposure) -> Fields:
    """The entry as its form's own names and strings; what is empty is left out."""
    said = {
        "what": exposure.what,
        "diet": exposure.diet,
        "from_on": exposure.from_on.isoformat(),
        "to_on": exposure.to_on.isoformat() if exposure.to_on else "",
        "name": exposure.name,
        "dose": exposure.dose,
    }
    return {name: value for name, value in said.items() if value}


def exposure_row(exposure: Exposure) -> Row:
    """The entry as her own phone keeps it."""
    return {"id": str(exposure.id), "fields": exposure_fields(exposure)}


def mark(batch: Batch, exposures: Iterable[Exposure]) -> bool:
    """Write on a batch what the calendar says of its days; whether that changed anything."""
    met = [each for each in exposures if each.meets(batch)]
    exposed = sorted({each.what for each in met if each.what != OFF_DIET})
    off_diet = _last_days_off(batch, exposures)
    changed = (batch.exposed or [], batch.off_diet or {}) != (exposed, off_diet)
    if changed:
        batch.exposed, batch.off_diet = exposed, off_diet
    return changed


def _last_days_off(batch: Batch, exposures: Iterable[Exposure]) -> dict[str, str]:
    """{diet: ISO date of the last day off it that counts for this batch}.

    Days off before pumping began count, since a diet is asked for with a length; days off after
    it ended don't. Where the days of pumping are not known, every day off counts.
    """
    last: dict[str, str] = {}
    for each in exposures:
        ends = batch.days[1] if batch.days else None
        if each.what != OFF_DIET or (ends and each.from_on > ends):
            continue
        off = (min(each.to_on, ends) if ends and each.to_on else each.to_on) or ends or now().date()
        last[each.diet] = max(last.get(each.diet, ""), off.isoformat())
    return last


def _fill(exposure: Exposure, form: Any) -> None:
    exposure.what, exposure.diet = form.what.data, form.diet.data or ""
    exposure.from_on, exposure.to_on = form.from_on.data, form.to_on.data
    exposure.name, exposure.dose = form.name.data or "", form.dose.data or ""
