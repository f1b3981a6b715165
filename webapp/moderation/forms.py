"""What a person may say in a report."""

import uuid
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.fields import Choice, Line, Required, Text, WireForm, refuse

REASONS = (
    ("asks_money", _l("Asks for money")),
    ("untrue", _l("Says what isn't true")),
    ("unkind", _l("Is unkind or threatens")),
    ("no_parent", _l("Isn't a parent or guardian")),
    ("danger", _l("Puts a baby in danger")),
    ("other", _l("Something else")),
)


def _is_id(_form: Any, field: Any) -> None:
    try:
        field.uuid = uuid.UUID(field.data) if field.data else None
    except ValueError:
        raise refuse(_("That is not an id.")) from None


class ReportForm(WireForm):
    """A listing or a conversation, and what is wrong with it."""

    listing = Line("", at_most=36, validators=[_is_id])
    conversation = Line("", at_most=36, validators=[_is_id])
    reason = Choice(_l("What is wrong?"), REASONS, validators=[Required()])
    note = Text(_l("What happened? Only whoever hosts this site reads it."), at_most=1000)

    def validate_conversation(self, field: Any) -> None:
        """A report is about one thing."""
        if bool(field.data) == bool(self.listing.data):
            raise refuse(_("Report either a listing or a conversation."))
