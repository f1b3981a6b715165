"""What a donor may write in her freezer's diary: the classes that draw it and that validate it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from webapp.database import now
from webapp.fields import Choice, Required, Whole, WireForm, refuse
from webapp.milk import codes

MOST_PUMPED_ML = 3_000
"""Of one pumping: typical intake is 30 oz (890 ml) a whole day at the most."""
MOST_BAGS = 50
AHEAD = timedelta(hours=14)
"""A phone set to the wrong zone is ahead by so much at the most (UTC+14)."""

MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)

FITTING = {
    "fresh": frozenset[str](),
    "refrigerated": frozenset({"fridge"}),
    "frozen": frozenset({"fridge_freezer", "separate_freezer", "deep_freezer"}),
}
"""{state: where milk in it can be}."""


class Moment(StringField):
    """An ISO instant with its zone, kept to the second. Neither to come nor before 2000."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data: datetime | None = None
        if text == "":
            return
        if not MOMENT.fullmatch(text):
            raise ValueError(_l("Write the day and the time."))
        try:
            read = datetime.fromisoformat(text).astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValueError(_l("There is no such day.")) from None
        if read.year < 2000:
            raise ValueError(_l("That is too long ago."))
        if read > now() + AHEAD:
            raise ValueError(_l("That is still to come."))
        self.data = read.replace(microsecond=0)


class PlacedForm(WireForm):
    """Where milk is."""

    state = Choice(_l("Where is it now?"), codes.STATES, validators=[Required()])
    storage = Choice(_l("In which fridge or freezer?"), codes.STORAGES)

    def validate_storage(self, field: Any) -> None:
        """Frozen milk is in a freezer, and only milk in the fridge is in the fridge."""
        if field.data and field.data not in FITTING.get(self.state.data, frozenset()):
            raise refuse(_("That is not where milk is when it is kept like this."))


class MoveForm(PlacedForm):
    """Where milk was put."""


class PumpingForm(PlacedForm):
    """One pumping in her freezer. Only when, how much and where is asked of everyone."""

    pumped_at = Moment(_l("Pumped"), validators=[Required()])
    volume_ml = Whole(_l("Amount"), 1, MOST_PUMPED_ML, validators=[Required()])
    portions = Whole(_l("In how many bags or bottles?"), 1, MOST_BAGS)
    container = Choice(_l("What is it in?"), codes.CONTAINERS)
    # When it came to where it is now; left empty, nobody knows.
    moved_at = Moment(_l("There since"))
    treatment = Choice(_l("Was it heated?"), codes.TREATMENTS)
    stage = Choice(_l("Which milk is it?"), codes.STAGES)
    thawed = Choice(_l("Was it ever thawed?"), codes.YES_NO)
    power_loss = Choice(_l("Was there a power cut?"), codes.YES_NO)
    labelled = Choice(_l("What is written on it?"), codes.LABELLED)

    def validate_moved_at(self, field: Any) -> None:
        """Nothing is put away before it was pumped."""
        if field.data and self.pumped_at.data and field.data < self.pumped_at.data:
            raise refuse(_("That is before it was pumped."))
