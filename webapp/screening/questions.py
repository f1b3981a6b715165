"""The questionnaire: what families ask of a donor's health, as data.

The blocks are those that peer-to-peer milk sharing and milk banks screen by (Eats on Feets' donor
screening; HMBANA's and NICE's exclusion lists), said as questions to a person. None has to be
answered, every one can be talked about instead, and what is untouched was not said.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

# Lazy strings: in the language of whoever reads them.
Words = Any
Answers = tuple[tuple[str, Words], ...]

TALK = "talk"

_TALK: Answers = ((TALK, _l("I'd rather talk about it")),)
_NO_YES: Answers = (("no", _l("No")), ("yes", _l("Yes")), *_TALK)
_NO_YES_UNSURE: Answers = (*_NO_YES[:2], ("unsure", _l("I'm not sure")), *_TALK)
_RESULT: Answers = (
    ("negative", _l("Negative")),
    ("positive", _l("Positive")),
    ("unclear", _l("Not clear")),
    *_TALK,
)
_IMMUNITY: Answers = (
    ("immune", _l("Immune")),
    ("not_immune", _l("Not immune")),
    ("unclear", _l("Not clear")),
    *_TALK,
)

EVIDENCE: Answers = (
    ("self_reported", _l("I say so")),
    ("shown_in_person", _l("I showed the result in person")),
    ("clinician_confirmed", _l("A clinician confirmed it")),
)

SEEN = frozenset({"shown_in_person", "clinician_confirmed"})
"""Evidence that has a day of its own: when somebody saw it."""

MORE: dict[str, Words] = {
    "year": _l("In which year?"),
    "on": _l("When?"),
    "detail": _l("What, and when?"),
    "evidence": _l("How can this be known?"),
    "seen_on": _l("When was it seen?"),
}
"""What may stand beside an answer, by the end of its field's name, and how it is asked."""


@dataclass(frozen=True)
class Question:
    """One question. `quiet` is the one answer that leaves nothing to talk about."""

    code: str
    words: Words
    answers: Answers = _NO_YES
    quiet: str = "no"
    more: tuple[str, ...] = ()
    hint: Words = ""

    @property
    def asks(self) -> tuple[str, ...]:
        """The answers beside which more is asked: of a test each result, else what isn't quiet."""
        codes = tuple(code for code, _words in self.answers if code != TALK)
        return codes if "evidence" in self.more else tuple(c for c in codes if c != self.quiet)

    def names(self) -> Iterator[tuple[str, str]]:
        """(what, flat name) of each field that may stand beside its answer."""
        for what in self.more:
            yield what, f"{self.code}_{what}"


@dataclass(frozen=True)
class Block:
    """Questions that stand together. One without any is a way out, and asks nothing."""

    code: str
    words: Words
    questions: tuple[Question, ...] = ()
    hint: Words = ""


def _ever(code: str, words: Words) -> Question:
    return Question(code, words, _NO_YES_UNSURE, more=("year",))


def _within_a_year(code: str, words: Words) -> Question:
    return Question(code, words, more=("on",))


def _test(code: str, words: Words, answers: Answers = _RESULT, quiet: str = "negative") -> Question:
    return Question(code, words, answers, quiet, ("on", "evidence", "seen_on"))


def _told(code: str, words: Words, hint: Words = "") -> Question:
    return Question(code, words, more=("detail",), hint=hint)


EXIT = Block(
    "exit",
    _l("Reasons not to share"),
    hint=_l("You never have to share milk, and you never have to say why."),
)
"""A private way out: it has no field, so that nothing of it is kept, sent or shown."""

BLOCKS = (
    Block(
        "infection",
        _l("Infections"),
        (
            _ever("hiv_ever", _l("Have you ever tested positive for HIV?")),
            _ever("htlv_ever", _l("Have you ever tested positive for HTLV?")),
            _ever("hepatitis_b_ever", _l("Have you ever tested positive for hepatitis B?")),
            _ever("hepatitis_c_ever", _l("Have you ever tested positive for hepatitis C?")),
            _ever("syphilis_ever", _l("Have you ever tested positive for syphilis?")),
            Question("tuberculosis_now", _l("Do you have active tuberculosis?"), _NO_YES_UNSURE),
            Question(
                "breast_sores",
                _l("Sores or blisters on the breast, now or while you pumped?"),
                more=("detail",),
            ),
        ),
    ),
    Block(
        "blood",
        _l("Blood and tissue"),
        (
            _within_a_year("transfusion", _l("A blood transfusion in the last 12 months?")),
            _within_a_year(
                "transplant", _l("A transplant of an organ or tissue in the last 12 months?")
            ),
            _within_a_year("needlestick", _l("Hurt by a used needle in the last 12 months?")),
            _within_a_year("tattoo", _l("A tattoo or a piercing in the last 12 months?")),
        ),
    ),
    Block(
        "tests",
        _l("Tests"),
        (
            _test("hiv_test", _l("HIV 1 and 2")),
            _test("htlv_test", _l("HTLV I and II")),
            _test("hepatitis_b_test", _l("Hepatitis B")),
            _test("hepatitis_c_test", _l("Hepatitis C")),
            _test("syphilis_test", _l("Syphilis")),
            _test("cmv_test", _l("CMV")),
            _test("rubella_test", _l("Rubella"), _IMMUNITY, "immune"),
        ),
        _l("The last result that you know of. Results from pregnancy count."),
    ),
    Block(
        "health",
        _l("Health"),
        (
            _told("condition", _l("A long illness, or one that you are treated for?")),
            _told("ill_while_pumping", _l("Ill while you pumped: a fever, mastitis, thrush?")),
            _told("vaccinated", _l("Vaccinated in the 28 days before you pumped, or since?")),
        ),
    ),
    Block(
        "medicines",
        _l("Medicines"),
        (
            _told(
                "takes_medicine", _l("Medicines, now or while you pumped?"), _l("Name and dose.")
            ),
            _told("takes_herbs", _l("Supplements, vitamins or herbs?")),
        ),
    ),
    Block(
        "substances",
        _l("Drinks and smoke"),
        (
            _told("drinks", _l("Alcohol while you pumped this milk?")),
            _told("smokes", _l("Do you smoke, vape or use nicotine?")),
            _told("smoke_at_home", _l("Does anybody smoke where you live?")),
            _told("uses_cannabis", _l("Cannabis?")),
            _told("uses_drugs", _l("Other drugs?")),
        ),
    ),
    Block(
        "eating",
        _l("What you eat"),
        (
            _told("keeps_diet", _l("Do you keep to a diet, or leave foods out?")),
            Question(
                "takes_b12",
                _l("If you eat vegan: do you take vitamin B12?"),
                (("yes", _l("Yes")), ("no", _l("No")), *_TALK),
                "yes",
            ),
        ),
    ),
    Block(
        "own_baby",
        _l("Your own baby"),
        (
            Question(
                "baby_thriving",
                _l("Is your own baby well and growing?"),
                (("yes", _l("Yes")), ("no", _l("No")), *_NO_YES_UNSURE[2:]),
                "yes",
                ("detail",),
            ),
        ),
    ),
    Block(
        "travel",
        _l("Travel"),
        (
            _told("travelled", _l("Have you been abroad in the last 12 months?")),
            _told("lived_abroad", _l("Have you lived in another country for longer?")),
        ),
    ),
    Block(
        "handling",
        _l("How you handle milk"),
        (
            Question(
                "washes_hands",
                _l("Do you wash your hands before you pump?"),
                (("yes", _l("Yes")), ("no", _l("Not always")), *_TALK),
                "yes",
            ),
            Question(
                "cleans_pump",
                _l("Do you wash the pump's parts after each use?"),
                (("yes", _l("Yes")), ("no", _l("Not always")), *_TALK),
                "yes",
            ),
            Question(
                "freezer_cold",
                _l("Is your freezer at -18 °C (0 °F) or colder?"),
                (("yes", _l("Yes")), ("no", _l("No")), *_NO_YES_UNSURE[2:]),
                "yes",
            ),
            _told("thaw_or_outage", _l("Was the power ever off, or the milk ever soft?")),
        ),
    ),
)

QUESTIONS: dict[str, Question] = {
    question.code: question for block in BLOCKS for question in block.questions
}
