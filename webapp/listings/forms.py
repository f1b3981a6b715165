"""What an offer and a request are: the classes that draw them and that validate them."""

import uuid
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField

from webapp.database import now
from webapp.fields import (
    Choice,
    Choices,
    Day,
    Flag,
    Line,
    Required,
    Text,
    Whole,
    WireForm,
    refuse,
)
from webapp.milk import AGE_BANDS, ANSWERS, DIETS, EXPOSURES, KEEPS, STATES, keeps_until

MOST_ML = 200_000
"""Some 6,800 oz: over four times the 1,500 oz of one donor's deep freezer."""
MOST_BATCHES = 1

HANDOVERS = (
    ("public_place", _l("A public place")),
    ("meet_halfway", _l("Meet halfway")),
    ("clinic", _l("A clinic")),
)

NEEDS = (
    ("emergency", _l("Tonight")),
    ("short", _l("For two weeks")),
    ("bridge_supply", _l("Until my own milk is enough")),
    ("ongoing", _l("For longer")),
    ("stockpile", _l("To have some at home")),
)

FRAGILE = (
    ("no", _l("No")),
    ("preterm", _l("Born early")),
    ("under_1500g", _l("Under 1,500 g at birth")),
    ("nicu", _l("In intensive care")),
    ("immunocompromised", _l("A weak immune system")),
    ("complex", _l("Something else that a doctor follows")),
)

MILK_AGES = (
    ("1", _l("1 month")),
    ("3", _l("3 months")),
    ("6", _l("6 months")),
    ("12", _l("12 months")),
)


class BatchForm(Form):
    """Milk that was pumped and kept together."""

    class Meta:
        csrf = False

    id = Line("", at_most=36, validators=[Required()])
    state = Choice(_l("How is it kept?"), STATES, validators=[Required()])
    pumped_from = Day(_l("Pumped from"))
    pumped_to = Day(_l("Pumped to"))
    look = Flag(_l("I'd have to look"))

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


class ListingForm(WireForm):
    """What an offer and a request have in common."""

    kind = Choice("", (("offer", _l("Offer")), ("request", _l("Request"))), validators=[Required()])
    volume_ml = Whole(_l("Amount"), 1, MOST_ML, validators=[Required()])
    place = Line(_l("Near"), at_most=80)
    reach_km = Whole(_l("How far would you travel?"), 1, 150, validators=[Required()])
    handover = Choices(_l("Where would you meet?"), HANDOVERS)
    note = Text(_l("Anything else"), at_most=1000)
    open_days = Whole(_l("For how many days?"), 1, 30, validators=[Required()])
    age_band = Choice(_l("Your baby"), AGE_BANDS)
    # Her answer where a listing was over when an edit of it came; never drawn.
    reopen = Flag("")


class OfferForm(ListingForm):
    """Milk to give."""

    batches = FieldList(FormField(BatchForm), min_entries=0, max_entries=MOST_BATCHES)
    diet = Choices(_l("Do you keep to a diet?"), DIETS)
    show_belief = Flag(_l("Others may see halal and kosher"))
    bereaved = Flag(_l("My baby died"))

    def validate_batches(self, field: Any) -> None:
        """An offer without milk is none."""
        if not field.entries:
            raise refuse(_("Say how the milk is kept."))

    def validate_age_band(self, field: Any) -> None:
        """Never asked of a bereaved donor, and never kept of one."""
        if self.bereaved.data:
            field.data = ""

    @property
    def since(self) -> dict[str, str | None]:
        """{diet: ISO since-date or None} of what she keeps to."""
        return {code: _iso(self[f"since-{code}"].data) for code in self.diet.data}

    @property
    def exposures(self) -> dict[str, str]:
        """{exposure: answer} of what she said; silence is not there."""
        return {code: self[code].data for code, _label in EXPOSURES if self[code].data}

    @property
    def details(self) -> dict[str, str]:
        """{exposure: names and dates}, kept only beside "some"."""
        said = self.exposures
        return {
            code: self[f"{code}_detail"].data
            for code, _label in EXPOSURES
            if said.get(code) == "some" and self[f"{code}_detail"].data
        }


class RequestForm(ListingForm):
    """Milk that is needed."""

    need = Choice(_l("For how long?"), NEEDS, validators=[Required()])
    by_on = Day(_l("By when?"), future=True)
    daily_ml = Whole(_l("How much is missing a day?"), 0, 3000)
    must = Choices(_l("The milk must be"), DIETS)
    avoid = Choices(_l("The milk must be without"), EXPOSURES)
    milk_age_months = Choice(_l("Pumped at most so long ago"), MILK_AGES)
    fragile = Choice(_l("Was your baby born early, or is it ill?"), FRAGILE)
    clinician_read = Flag(_l("I have read this"))

    def validate_must(self, field: Any) -> None:
        """A diet that the milk must have has a length."""
        for code in field.data or []:
            weeks = self[f"weeks-{code}"]
            if weeks.data is None and not weeks.errors:
                raise refuse(_("Say for how many weeks before pumping."))

    def validate_by_on(self, field: Any) -> None:
        """A need lies ahead, within a year."""
        if field.data and not -1 <= (field.data - now().date()).days <= 366:
            raise refuse(_("Choose a day within the next year."))

    def validate_fragile(self, field: Any) -> None:
        """Whoever feeds a fragile baby reads the clinician's page first."""
        if field.data not in ("", None, "no") and not self.clinician_read.data:
            raise refuse(_("Please read the page about milk banks and your clinician first."))

    @property
    def weeks(self) -> dict[str, int]:
        """{diet: weeks before pumping} of what the milk must have."""
        return {code: self[f"weeks-{code}"].data for code in self.must.data}


for _code, _label in DIETS:
    setattr(OfferForm, f"since-{_code}", Day(_l("Since when?")))
    setattr(RequestForm, f"weeks-{_code}", Whole(_l("For how many weeks?"), 0, 52))
for _code, _label in EXPOSURES:
    setattr(OfferForm, _code, Choice(_label, ANSWERS))
    setattr(OfferForm, f"{_code}_detail", Text(_l("Names and dates, for nobody else"), at_most=500))

FORMS: dict[str, type[ListingForm]] = {"offer": OfferForm, "request": RequestForm}


class GaveForm(WireForm):
    """How much of an offer was given."""

    volume_ml = Whole(_l("How much did you give?"), 1, MOST_ML, validators=[Required()])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _too_old(state: str) -> str:
    return {
        "frozen": _("Frozen milk keeps 12 months at the most (CDC)."),
        "refrigerated": _("Milk keeps 4 days in a fridge (CDC)."),
        "fresh": _("Fresh milk keeps 4 hours (CDC). Is it in the fridge or frozen?"),
    }[state]
