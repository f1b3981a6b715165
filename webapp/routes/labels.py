"""What codes and form fields are called on a phone: one table, taken from the forms."""

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList

from webapp.listings import OfferForm, RequestForm

# Lazy strings: in the language of whoever reads them.
Text = Any

# A code that reads otherwise within a card's sentence, or of somebody else, stands once more
# as "card-<code>". An open listing's state has words of its own: who was told.
SAID_OF_LISTINGS: dict[str, Text] = {
    "y": _l("Yes"),
    "amount": _l("Amount"),
    "milk_age": _l("Age of the milk"),
    "reach": _l("Distance"),
    "card-frozen": _l("frozen"),
    "card-refrigerated": _l("in the fridge"),
    "card-fresh": _l("fresh"),
    "card-raw": _l("not heated"),
    "card-scalded": _l("scalded"),
    "card-flash_heated": _l("flash-heated"),
    "card-holder": _l("Holder pasteurised"),
    "card-no_change": _l("stays"),
    "card-changes_in_fridge": _l("changes in the fridge"),
    "card-changes_in_freezer": _l("changes in the freezer"),
    "card-scalded_before_freezing": _l("scalded before freezing"),
    "card-not_tested": _l("not tested"),
    # A line of a match by what it is about; and what a diet goes without.
    "line-state": _l("How it is kept"),
    "line-treatment": _l("Heating"),
    "line-lipase": _l("Taste"),
    "line-keeps": _l("How long it keeps"),
    "off-dairy_free": _l("dairy"),
    "off-soy_free": _l("soy"),
    "off-egg_free": _l("egg"),
    "off-nut_free": _l("nuts"),
    "off-gluten_free": _l("gluten"),
    "off-corn_free": _l("corn"),
    "off-vegan": _l("animal products"),
    "off-vegetarian": _l("meat or fish"),
    "card-bridge_supply": _l("Until her own milk is enough"),
    "paused": _l("Paused. Nobody sees it."),
    "withdrawn": _l("Withdrawn. Nobody sees it."),
    "expired": _l("Its time is over. Nobody sees it."),
    "closed": _l("Closed. Nobody sees it."),
    "pause": _l("Pause"),
    "resume": _l("Show it again"),
    "withdraw": _l("Withdraw"),
    "renew": _l("Renew"),
    "gave": _l("I gave some"),
    "enough": _l("I have enough"),
}


def labels() -> dict[str, str]:
    """{code or field name: label} of what listings are made of, in the language of this answer.

    A batch's fields go by their names in the batch. Numbers are said by the phone, and fields
    that there are one of a code (since-, weeks-, _detail) by their code.
    """
    fields = [field for field in _fields() if not _is_of_a_code(field.short_name)]
    table = {field.short_name: field.label.text for field in fields}
    for field in fields:
        table |= {code: text for code, text in _choices(field) if not code.isdigit()}
    return {code: str(text) for code, text in (table | SAID_OF_LISTINGS).items() if text}


def _fields() -> Iterator[Any]:
    for form in (OfferForm(formdata=None), RequestForm(formdata=None)):
        for field in form:
            if not isinstance(field, FieldList):
                yield field
            else:
                yield from field.append_entry().form


def _choices(field: Any) -> list[tuple[str, Text]]:
    return [(choice[0], choice[1]) for choice in getattr(field, "choices", None) or ()]


def _is_of_a_code(name: str) -> bool:
    return "-" in name or name.endswith("_detail")
