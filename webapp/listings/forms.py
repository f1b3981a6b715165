"""What an offer and a request are: the classes that draw them and that validate them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField

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
from webapp.milk import (
    AGE_BANDS,
    ANSWERS,
    DIETS,
    EXPOSURES,
    LIPASES,
    MOST_BATCHES,
    MOST_ML,
    Batch,
    BatchForm,
    WantsForm,
)

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
    lipase = Choice(_l("Does its taste change?"), LIPASES)
    show_belief = Flag(_l("Others may see halal and kosher"))
    bereaved = Flag(_l("My baby died"))

    def validate_batches(self, field: Any) -> None:
        """An offer without milk is none, and no batch is in it twice."""
        if not field.entries:
            raise refuse(_("Say how the milk is kept."))
        if len({entry.form.id.data for entry in field.entries}) < len(field.entries):
            raise refuse(_("The same milk is here twice."))

    def validate_volume_ml(self, field: Any) -> None:
        """Batches hold no more than the whole, but for what rounding ounces adds to each."""
        held = sum(entry.form.volume_ml.data or 0 for entry in self.batches)
        if field.data and held > field.data + len(self.batches):
            said = _("The batches hold %(held)s ml, more than the whole of %(all)s ml.")
            raise refuse(said % {"held": held, "all": field.data})
        field.data = max(field.data, held) if field.data else field.data

    def validate_age_band(self, field: Any) -> None:
        """Never asked of a bereaved donor, and never kept of one."""
        if self.bereaved.data:
            field.data = ""

    def dropped(self, batches: Iterable[Batch]) -> list[Batch]:
        """Those of an offer's batches that it doesn't name any more."""
        named = {entry.form.id.data for entry in self.batches}
        return [batch for batch in batches if str(batch.id) not in named]

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
        """{exposure: names and dates}, kept only beside what there was some of."""
        said = self.exposures
        return {
            code: self[f"{code}_detail"].data
            for code, _label in EXPOSURES
            if said.get(code) in ("some", "dated") and self[f"{code}_detail"].data
        }


class RequestForm(WantsForm, ListingForm):
    """Milk that is needed."""

    need = Choice(_l("For how long?"), NEEDS, validators=[Required()])
    by_on = Day(_l("By when?"), future=True)
    daily_ml = Whole(_l("How much is missing a day?"), 0, 3000)
    in_hand_days = Whole(_l("For how many days do you have milk?"), 0, 365)
    fragile = Choice(_l("Was your baby born early, or is it ill?"), FRAGILE)
    clinician_read = Flag(_l("I have read this"))

    def validate_by_on(self, field: Any) -> None:
        """A need lies ahead, within a year."""
        if field.data and not -1 <= (field.data - now().date()).days <= 366:
            raise refuse(_("Choose a day within the next year."))

    def validate_fragile(self, field: Any) -> None:
        """Whoever feeds a fragile baby reads the clinician's page first."""
        if field.data not in ("", None, "no") and not self.clinician_read.data:
            raise refuse(_("Please read the page about milk banks and your clinician first."))


for _code, _label in DIETS:
    setattr(OfferForm, f"since-{_code}", Day(_l("Since when?")))
for _code, _label in EXPOSURES:
    setattr(OfferForm, _code, Choice(_label, ANSWERS))
    setattr(OfferForm, f"{_code}_detail", Text(_l("Names and dates, for nobody else"), at_most=500))

FORMS: dict[str, type[ListingForm]] = {"offer": OfferForm, "request": RequestForm}


class GaveForm(WireForm):
    """How much of an offer was given."""

    volume_ml = Whole(_l("How much did you give?"), 1, MOST_ML, validators=[Required()])
    # Of which batch, by its id; where she doesn't say, the oldest goes first.
    batch = Line("", at_most=36)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _too_old(state: str) -> str:
    return {
        "frozen": _("Frozen milk keeps 12 months at the most (CDC)."),
        "refrigerated": _("Milk keeps 4 days in a fridge (CDC)."),
        "fresh": _("Fresh milk keeps 4 hours (CDC). Is it in the fridge or frozen?"),
    }[state]
