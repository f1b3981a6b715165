"""Handling, as authorities wrote it. Every number names whose it is; none is our advice.

CDC is the US Centers for Disease Control and Prevention. Each row was read in November 2026 unless
it says otherwise; whoever reads one anew changes its `read`.

Celsius and Fahrenheit, ounces and millilitres stand side by side in the words themselves, since a
thermometer or a bag shows one of them. A US fluid ounce is 29.5735 ml; 2 to 4 oz are rounded to
60 to 120 ml.
"""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

# Lazy strings: in the language of whoever reads them.
Text = Any

READ = _l("As read in November 2026.")
CDC = _l("CDC")


@dataclass(frozen=True)
class Fact:
    """One row of the guide: what it is about, the number, who says so, and when it was read."""

    about: Text
    number: Text
    authority: Text
    read: Text = READ


KEEPING = (
    Fact(_l("Fresh, at room temperature up to 25 °C / 77 °F"), _l("4 hours"), CDC),
    Fact(_l("In a refrigerator at 4 °C / 40 °F"), _l("4 days"), CDC),
    Fact(_l("In a freezer at -18 °C / 0 °F"), _l("6 months is best, 12 months is acceptable"), CDC),
    Fact(_l("In a cooler bag with frozen ice packs"), _l("24 hours"), CDC),
)

USING = (
    Fact(_l("Thawed, at room temperature"), _l("1 to 2 hours"), CDC),
    Fact(_l("Thawed, in the refrigerator"), _l("24 hours"), CDC),
    Fact(_l("Thawed milk"), _l("Never freeze it again"), CDC),
    Fact(_l("Left in the bottle after a feed"), _l("2 hours"), CDC),
    Fact(_l("Warming"), _l("No microwave"), CDC),
)

LABELLING = (
    Fact(_l("A portion"), _l("2 to 4 oz (60 to 120 ml)"), CDC),
    Fact(_l("Room left at the top of a bag or bottle"), _l("1 inch (2.5 cm)"), CDC),
    Fact(_l("Which milk first"), _l("The oldest"), CDC),
)

CARRYING = (
    Fact(_l("A cooler bag with frozen ice packs"), _l("24 hours"), CDC),
    Fact(
        _l("What to pack around frozen milk"),
        _l("Ice packs, not water ice, which thaws frozen milk. Fill the gaps."),
        _l("A donor's guide"),
    ),
)

HEATING = (
    Fact(
        _l("Holder pasteurisation"),
        _l("62.5 °C / 145 °F for 30 minutes"),
        _l("Milk banks, Eats on Feets"),
    ),
    Fact(
        _l("Flash-heating at home: how much, and how"),
        _l(
            "50 to 150 ml (about 2 to 5 oz) in a glass jar, the water two fingers above the milk, "
            "off at a rolling boil"
        ),
        _l("Israel-Ballard, Eats on Feets"),
    ),
    Fact(
        _l("Flash-heating at home: how hot the milk gets"),
        _l("Near 73 °C / 163 °F at its peak"),
        _l("Israel-Ballard, Eats on Feets"),
    ),
    Fact(
        _l("After flash-heating, feed within"),
        _l("6 hours"),
        _l("Israel-Ballard, Eats on Feets"),
    ),
)

WAITING = (
    Fact(_l("After alcohol"), _l("12 hours"), _l("Milk banks")),
    Fact(_l("After a live vaccine (yellow fever)"), _l("28 days"), _l("A bank in the UK")),
)

BANKS = (
    Fact(_l("A first donation"), _l("50 oz (1.5 litres)"), _l("Mid-Atlantic, US")),
    Fact(
        _l("A first donation, and in all"),
        _l("75 oz, then 150 oz in all (2.2 and 4.4 litres)"),
        _l("British Columbia, Canada"),
    ),
    Fact(
        _l("A first donation"),
        _l("100 oz (3 litres)"),
        _l("San Jose, US"),
        _l("As it was in 2012."),
    ),
    Fact(_l("The oldest milk"), _l("5, 6, 8 or 9 months"), _l("Different banks")),
    Fact(_l("The oldest milk"), _l("10 weeks, and frozen within 24 hours"), _l("Chester, UK")),
    Fact(
        _l("Antidepressants, and antihistamines that make drowsy"),
        _l("Taken by some, refused by others"),
        _l("Different banks"),
    ),
    Fact(
        _l("After a loss"),
        _l("Any amount, medicines and herbs too. What can't be fed goes to research."),
        _l("Austin, US"),
    ),
)
"""What single banks ask for. Rules differ and change: these say "ask them", to nobody "no"."""
