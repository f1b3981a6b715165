"""What a letter may hold, and what may be opened to one person."""

import uuid
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.fields import Choices, Line, Required, Text, Whole, WireForm, refuse

FIRST_AT_MOST = 500
AT_MOST = 2000

OPENS = (
    ("name", _l("Your first name")),
    ("note", _l("Your note")),
    ("milk", _l("The milk, bag by bag")),
    ("details", _l("What you said of medicines, illness or the baby")),
)


class Id(Line):
    """A UUID in text, or nothing."""

    def __init__(self, label: Any = "", **more: Any) -> None:
        super().__init__(label, at_most=36, **more)

    def pre_validate(self, form: Any) -> None:
        try:
            self.uuid = uuid.UUID(self.data) if self.data else None
        except ValueError:
            raise refuse(_("That is not an id.")) from None


class MessageForm(WireForm):
    """One letter; the first of a conversation names the two listings."""

    conversation = Id(validators=[Required()])
    listing = Id()
    mine = Id()
    text = Text(_l("Your letter"), at_most=AT_MOST, validators=[Required()])


class OpenForm(WireForm):
    """What of her own listing she opens to the other; all that is not named is taken back."""

    opens = Choices("", OPENS)


class ReadForm(WireForm):
    """How far she has read."""

    position = Whole("", 0, 1_000_000, validators=[Required()])
