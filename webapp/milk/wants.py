"""What milk must be, had better be, and must be without: asked by requests and by watches."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.fields import Choice, Choices, Whole, WireForm, refuse
from webapp.milk.codes import DIETS, DIMENSIONS, EXPOSURES

WEEKS = (0, 2, 3, 4, 8)
"""Lengths of a diet before pumping that can be asked for: families ask for 2 to 4 weeks (Academy
of Breastfeeding Medicine, in summary). Few: each one asked tells a little of a pumping day."""

MILK_AGES = (
    ("1", _l("1 month")),
    ("3", _l("3 months")),
    ("6", _l("6 months")),
    ("12", _l("12 months")),
)
MILK_AGE = "milk_age"

OF_MILK = tuple(choice for choices in DIMENSIONS.values() for choice in choices)
MUST = (*DIETS, *OF_MILK)
AVOID = (*EXPOSURES, *OF_MILK)
NICE = (*MUST, *EXPOSURES, (MILK_AGE, _l("Age of the milk")))

_DIETS = frozenset(code for code, _label in DIETS)


class WantsForm(WireForm):
    """What the milk is to be. Everything is optional: the less is asked, the more fits."""

    must = Choices(_l("The milk must be"), MUST)
    nice = Choices(_l("It would be good"), NICE)
    avoid = Choices(_l("The milk must be without"), AVOID)
    milk_age_months = Choice(_l("Pumped at most so long ago"), MILK_AGES)

    def validate_must(self, field: Any) -> None:
        """A diet has a length, and what must be can't be avoided."""
        for code in (*(field.data or []), *(self.nice.data or [])):
            if code in _DIETS and self[f"weeks-{code}"].data is None:
                raise refuse(_("Say for how many weeks before pumping."))
        against = {*(field.data or [])} & {*(self.avoid.data or [])}
        if against:
            names = ", ".join(str(label) for code, label in MUST if code in against)
            raise refuse(_("You ask for this and want to be without it: %(what)s.", what=names))

    def validate_nice(self, field: Any) -> None:
        """What must be, or must not be, is more than a wish."""
        decided = {*(self.must.data or []), *(self.avoid.data or [])}
        field.data = [code for code in field.data or [] if code not in decided]

    @property
    def weeks(self) -> dict[str, int]:
        """{diet: weeks before pumping} of what the milk must or had better be."""
        asked = {*(self.must.data or []), *(self.nice.data or [])} & _DIETS
        return {code: self[f"weeks-{code}"].data for code in sorted(asked)}


class Weeks(Whole):
    """One of a few lengths of a diet."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, 0, max(WEEKS), **more)

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and self.data not in WEEKS:
            raise refuse(_("Choose one of the lengths that are offered."))


for _code, _label in DIETS:
    setattr(WantsForm, f"weeks-{_code}", Weeks(_l("For how many weeks?")))


def fill_wants(row: Any, form: WantsForm) -> None:
    """Write what the form asks on a row with diet, must, nice, avoid and milk_age_months."""
    row.diet = form.weeks
    row.must = [code for code in form.must.data or [] if code not in _DIETS]
    row.nice, row.avoid = form.nice.data or [], form.avoid.data or []
    months = form.milk_age_months.data
    row.milk_age_months = int(months) if months else None


def wants_fields(row: Any) -> dict[str, Any]:
    """What such a row asks for, as its form's own names and strings."""
    return {
        "must": sorted([*must_diets(row), *row.must]),
        "nice": sorted(row.nice),
        "avoid": sorted(row.avoid),
        "milk_age_months": row.milk_age_months and str(row.milk_age_months),
        **{f"weeks-{code}": str(weeks) for code, weeks in row.diet.items()},
    }


def must_diets(row: Any) -> dict[str, int]:
    """{diet: weeks} of what the milk must be, without wishes."""
    return {code: weeks for code, weeks in row.diet.items() if code not in row.nice}
