"""Form fields that read the wire's canonical strings strictly and answer in plain words."""

import re
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any
from unicodedata import category

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import TextArea

from webapp.database import latest_today

Fields = dict[str, str | list[str]]


class WireForm(FlaskForm):
    """A form that is drawn in a shell and validates an operation. Carries no token."""

    class Meta:
        csrf = False

    def flat_errors(self) -> dict[str, list[str]]:
        """Errors by the wire's flat names (`batches-0-volume_ml`), as plain strings."""
        return flatten(self.errors)


def read_form(form_class: type[WireForm], fields: Fields) -> WireForm:
    """The form, filled from an operation's fields."""
    data: MultiDict[str, str] = MultiDict()
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return form_class(formdata=data)


def flatten(errors: Any, prefix: str = "") -> dict[str, list[str]]:
    """Nested form errors as {flat name: [messages]}."""
    if isinstance(errors, dict):
        pairs = [(f"{prefix}{name}", value) for name, value in errors.items() if value]
    elif any(isinstance(error, dict) for error in errors):
        pairs = [(f"{prefix}{n}", value) for n, value in enumerate(errors) if value]
    else:
        return {prefix: [str(error) for error in errors]}
    flat: dict[str, list[str]] = {}
    for name, value in pairs:
        nested = isinstance(value, dict) or any(isinstance(item, dict) for item in value)
        flat |= flatten(value, f"{name}-" if nested else name)
    return flat


class Whole(IntegerField):
    """A whole number between two bounds, written in plain digits."""

    def __init__(self, label: Any, at_least: int, at_most: int, **more: Any) -> None:
        super().__init__(label, **more)
        self.at_least, self.at_most = at_least, at_most
        self.render_kw: dict[str, Any] = {
            "min": at_least,
            "max": at_most,
            "inputmode": "numeric",
            **more.get("render_kw", {}),
        }

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = None
        if text == "":
            return
        if not re.fullmatch(r"-?[0-9]{1,9}", text):
            raise ValueError(_l("Write a whole number."))
        number = int(text)
        if not self.at_least <= number <= self.at_most:
            raise ValueError(
                _l(
                    "Write a number from %(least)s to %(most)s.",
                    least=self.at_least,
                    most=self.at_most,
                )
            )
        self.data = number


class Day(DateField):
    """An ISO date. Unless `future` is allowed, not later than today where it is furthest on."""

    def __init__(self, label: Any, future: bool = False, **more: Any) -> None:
        super().__init__(label, **more)
        self.future = future

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = None
        if text == "":
            return
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError(_l("Write the date as year, month and day."))
        try:
            self.data = date.fromisoformat(text)
        except ValueError:
            raise ValueError(_l("There is no such day.")) from None
        if self.data.year < 2000:
            raise ValueError(_l("That is too long ago."))
        if not self.future and self.data > latest_today():
            raise ValueError(_l("That day is still to come."))


class Coded:
    """A field whose answers are codes of a list: (code, words) pairs, as templates draw them."""

    def __init__(self, label: Any, choices: Sequence[tuple[str, Any]], **more: Any) -> None:
        given = [SelectChoice(code, words) for code, words in choices]
        super().__init__(label, choices=given, **more)  # type: ignore[call-arg]
        self.choices = choices
        self.codes = frozenset(code for code, _words in choices)


class Choice(Coded, SelectField):
    """One of a list of codes. Left empty it means: not said."""

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in self.codes:
            raise StopValidation(_l("That is not one of the answers."))

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else ""


class Choices(Coded, SelectMultipleField):
    """Any number of a list of codes."""

    def pre_validate(self, form: Any) -> None:
        if not self.codes.issuperset(self.data or []):
            raise StopValidation(_l("That is not one of the answers."))

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = sorted({code for code in valuelist if code})


class Ids(SelectMultipleField):
    """Any number of UUIDs, made on the phone; at most so many."""

    def __init__(self, label: Any, at_most: int, **more: Any) -> None:
        super().__init__(label, choices=[], **more)
        self.at_most = at_most

    def pre_validate(self, form: Any) -> None:
        if len(self.data or []) > self.at_most:
            raise StopValidation(_l("At most %(most)s at once.", most=self.at_most))

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = sorted({str(uuid.UUID(text)) for text in valuelist if text})
        except ValueError:
            raise ValueError(_l("That is not an id.")) from None


class Flag(BooleanField):
    """A box that is ticked ("y") or not there at all."""

    false_values = (False, "false", "", "n")


class Line(StringField):
    """One line of text, trimmed, of at most so many characters."""

    def __init__(self, label: Any, at_most: int, **more: Any) -> None:
        super().__init__(label, **more)
        self.at_most = at_most
        self.render_kw: dict[str, Any] = {"maxlength": at_most, **more.get("render_kw", {})}

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = self.cleaned(valuelist[0]) if valuelist else ""

    def cleaned(self, text: str) -> str:
        """The text as it is kept: one line, whose direction is the page's to say."""
        return " ".join(DIRECTIONS.sub("", clean(text)).split())

    def pre_validate(self, form: Any) -> None:
        if self.data and len(self.data) > self.at_most:
            raise StopValidation(too_long(self.data, self.at_most))


class Text(Line):
    """A few lines of text, trimmed, of at most so many characters."""

    widget = TextArea()

    def cleaned(self, text: str) -> str:
        """The text as it is kept: at most one empty line between two."""
        return re.sub(r"\n[ \t]*\n\s*\n", "\n\n", clean(text))


DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows: harmless in a paragraph of one's own, but a
name stands inside sentences of ours."""


def clean(text: str) -> str:
    """Trimmed, without control characters, and nothing at all where nothing could be seen.

    What joins emoji and letters of some scripts stays: it is part of how people write.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in plain if c in "\n\t" or category(c) not in ("Cc", "Cs"))
    return kept.strip() if any(category(c)[0] not in "CZ" for c in kept) else ""


def too_long(text: str, at_most: int) -> Any:
    """What to say of a text over its limit, in plain words."""
    return _l(
        "That is %(length)s characters; %(most)s is the most.", length=len(text), most=at_most
    )


class Required:
    """This one needs an answer; says so in its own words."""

    field_flags = {"required": True}

    def __init__(self, message: Any = None) -> None:
        self.message = message

    def __call__(self, _form: Any, field: Any) -> None:
        if field.errors:
            raise StopValidation()
        if field.data in (None, "", [], False):
            raise StopValidation(self.message or _l("This one needs an answer."))


def refuse(message: Any) -> ValidationError:
    """A validation error with these words."""
    return ValidationError(str(message))
