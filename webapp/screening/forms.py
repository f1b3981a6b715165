"""What a donor answers, and how much of it she grants."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.database import latest_today
from webapp.fields import Choice, Day, Fields, Flag, Required, Text, Whole, WireForm, refuse
from webapp.screening.questions import EVIDENCE, MORE, QUESTIONS, SEEN, Question

FIRST_YEAR = 1930

NONE, SUMMARY, ALL = "none", "summary", "all"

LEVELS = (
    (NONE, _l("Nobody sees it")),
    (SUMMARY, _l("A summary")),
    (ALL, _l("All of it")),
)


class ScreeningForm(WireForm):
    """Every question and what may stand beside its answer; all of it is optional."""

    # Said of all that stands there already, so never one of the answers.
    again = Flag(_l("All of it is still so"))

    @property
    def said(self) -> Fields:
        """What she answered, by flat names; what stands beside an answer only where it is asked."""
        fields: Fields = {}
        for question in QUESTIONS.values():
            if answer := self[question.code].data:
                fields[question.code] = answer
                fields |= self._beside(question, answer)
        return fields

    def _beside(self, question: Question, answer: str) -> Fields:
        if answer not in question.asks:
            return {}
        texts = {name: _text(self[name].data) for _what, name in question.names()}
        if texts.get(f"{question.code}_evidence") not in SEEN:
            texts.pop(f"{question.code}_seen_on", None)
        return {name: text for name, text in texts.items() if text}


class GrantForm(WireForm):
    """How much of her answers one person sees in one conversation."""

    grant = Choice(_l("What I answered about my health"), LEVELS, validators=[Required()])


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")


def _past(_form: Any, field: Any) -> None:
    if field.data and field.data > latest_today().year:
        raise refuse(_("That year is still to come."))


def _field(what: str) -> Any:
    if what == "year":
        return Whole(MORE[what], FIRST_YEAR, 9999, validators=[_past])
    if what == "evidence":
        return Choice(MORE[what], EVIDENCE)
    return Text(MORE[what], at_most=500) if what == "detail" else Day(MORE[what])


for _question in QUESTIONS.values():
    setattr(ScreeningForm, _question.code, Choice(_question.words, _question.answers))
    for _what, _name in _question.names():
        setattr(ScreeningForm, _name, _field(_what))
