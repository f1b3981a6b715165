"""What a person may send about herself."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import Optional

from webapp.fields import Choice, Flag, Line, Required, Whole, WireForm, refuse

ROLES = (
    ("mother", _l("Mother")),
    ("father", _l("Father")),
    ("parent", _l("Parent")),
    ("guardian", _l("Guardian")),
)

LANGUAGES = (("en", "English"), ("es", "Español"))
"""Each named in itself, so that whoever can't read the page still finds her own."""

HOW = (("on", _l("On")), ("quiet", _l("Quiet")), ("off", _l("Off")))
"""Whether a kind of alert is shown, and whether it makes a sound."""

WHEN = (("now", _l("At once")), ("day", _l("Once a day")), ("week", _l("Once a week")))

UNITS = (("oz", _l("Ounces and miles")), ("ml", _l("Millilitres and kilometres")))

CONSENT_VERSION = "1"
"""Of the two sentences on the welcome page; raised whenever their meaning changes."""


def _reachable(field: Any) -> None:
    try:
        found = validate_email(field.data, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise refuse(_("That doesn't look like an e-mail address.")) from None
    field.data = found.normalized.lower()


def _hashable(field: Any) -> None:
    if not 8 <= len(field.data) <= 200:
        raise refuse(_("Use 8 to 200 characters. A sentence is fine."))


def _known_zone(_form: Any, field: Any) -> None:
    if field.data and field.data not in available_timezones():
        raise refuse(_("We don't know that time zone."))


class PersonForm(WireForm):
    """Everything she may change about herself later."""

    name = Line(_l("What should people call you?"), at_most=80, validators=[Required()])
    place = Line(_l("Where are you?"), at_most=80, validators=[Required()])
    reach_km = Whole(_l("How far would you travel?"), 1, 150, validators=[Required()])
    time_zone = Line(_l("Time zone"), at_most=64, validators=[Required(), _known_zone])
    units = Choice(_l("Units"), UNITS, validators=[Required()])
    writes_as = Choice(_l("You write as"), ROLES, validators=[Required()])
    tell_match = Choice(_l("Something near me fits"), HOW, validators=[Required()])
    tell_asking = Choice(_l("Someone near needs milk today"), HOW, validators=[Required()])
    tell_letter = Choice(_l("A new message"), HOW, validators=[Required()])
    tell_right = Choice(_l("Whether mine is still right"), HOW, validators=[Required()])
    tell_free = Choice(_l("A donor can be written to again"), HOW, validators=[Required()])
    matches_when = Choice(_l("What fits is told"), WHEN, validators=[Required()])
    quiet_from = Whole(_l("Quiet from"), 0, 23, validators=[Required()])
    quiet_until = Whole(_l("Quiet until"), 0, 23, validators=[Required()])
    alerts_a_day = Whole(_l("At most so many alerts a day"), 1, 50, validators=[Required()])
    mail_me = Flag(_l("E-mail me digests, and what no phone of mine can be told"))
    alerts_detail = Flag(_l("Alerts may say what they are about"))
    read_marks = Flag(_l("Others may see that I have read their letters"))
    language = Choice(_l("Language"), LANGUAGES, validators=[Required()])


class Moment(StringField):
    """An instant in ISO form, with its offset; kept in UTC."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = None
        if text == "":
            return
        try:
            found = datetime.fromisoformat(text)
            self.data = found.astimezone(UTC) if found.tzinfo else None
        except (ValueError, OverflowError):
            pass
        if self.data is None:
            raise ValueError(_l("That is not a moment."))


class MuteForm(WireForm):
    """Until when she wants to hear of nothing."""

    until = Moment("", validators=[Required()])


class WelcomeForm(WireForm):
    """What she tells once, after signing up; two boxes that nobody ticks for her."""

    place = Line(_l("Where are you?"), at_most=80, validators=[Required()])
    reach_km = Whole(_l("How far would you travel?"), 1, 150, validators=[Required()])
    time_zone = Line(_l("Time zone"), at_most=64, validators=[Required(), _known_zone])
    units = Choice(_l("Units"), UNITS, validators=[Required()])
    writes_as = Choice(_l("You write as"), ROLES, validators=[Required()])
    adult = Flag(
        _l("I am 18 or older."),
        validators=[Required(_l("Milkwell is for people of 18 or older."))],
    )
    may_keep = Flag(
        _l(
            "Milkwell may keep what I answer about health, diet and belief to find matches. "
            "I choose who sees it and can take this back."
        ),
        validators=[Required(_l("Without this Milkwell can't find matches for you."))],
    )
    consent_version = Line("", at_most=8, validators=[Required()])

    def validate_consent_version(self, field: Any) -> None:
        """An old page asks for agreement to an old wording."""
        if field.data and field.data != CONSENT_VERSION:
            raise refuse(_("The wording has changed. Load the page again and read it first."))


class SignUpForm(FlaskForm):
    """A new account, on an ordinary page."""

    name = Line(_l("What should people call you?"), at_most=80, validators=[Required()])
    email = Line(_l("E-mail"), at_most=254, validators=[Required()])
    password = PasswordField(_l("Password"), validators=[Required()])

    def validate_email(self, field: Any) -> None:
        """The address must be one that mail can reach, by its form."""
        _reachable(field)

    def validate_password(self, field: Any) -> None:
        """Long enough, and short enough to hash (NIST SP 800-63B: at least 8, no other rule)."""
        _hashable(field)


class SignInForm(FlaskForm):
    """An existing account, on an ordinary page."""

    email = Line(_l("E-mail"), at_most=254, validators=[Required()])
    password = PasswordField(_l("Password"), validators=[Required()])
    next = Line("", at_most=200, validators=[Optional()])


class CodeForm(FlaskForm):
    """Six digits that came by e-mail."""

    code = Line(_l("Six digits"), at_most=40, validators=[Required()])


class AddressForm(FlaskForm):
    """Another e-mail address for her account, with what only she knows."""

    email = Line(_l("E-mail"), at_most=254, validators=[Required()])
    password = PasswordField(_l("Password"), validators=[Required()])

    def validate_email(self, field: Any) -> None:
        """The address must be one that mail can reach, by its form."""
        _reachable(field)


class ForgottenForm(FlaskForm):
    """The address of an account whose password is forgotten."""

    email = Line(_l("E-mail"), at_most=254, validators=[Required()])

    def validate_email(self, field: Any) -> None:
        """The address must be one that mail can reach, by its form."""
        _reachable(field)


class NewPasswordForm(ForgottenForm):
    """The six digits that came to that address, and the password from now on."""

    code = Line(_l("Six digits"), at_most=40, validators=[Required()])
    password = PasswordField(_l("New password"), validators=[Required()])

    def validate_password(self, field: Any) -> None:
        """Long enough, and short enough to hash."""
        _hashable(field)
