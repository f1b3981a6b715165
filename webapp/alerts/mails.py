"""What a letter by e-mail says: as discreet outside as a lock screen, in her language."""

import hmac
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from babel import Locale
from flask import current_app
from flask_babel import force_locale, get_locale, ngettext
from flask_babel import gettext as _

from webapp.alerts.models import MATCH, Alert, Mail
from webapp.alerts.payload import SHELF, Notification, details, words
from webapp.config import Settings
from webapp.database import now
from webapp.people import Code, Person, codes
from webapp.secrets import derived_key

SENDER = "Well"
"""The app's short name, as a lock screen prints it."""
MOST_LINES = 8
SEAL_BYTES = 16

Shown = tuple[Alert, Notification]


@dataclass(frozen=True)
class Page:
    """The parts of a letter, of which its plain and its HTML form are made."""

    subject: str
    address: str
    """Where what it is about opens, on this site."""
    opens: str
    lines: list[str] = field(default_factory=list)
    digits: str = ""
    why: str = ""
    """Why she gets it, and what she can do."""
    stop: str = ""
    """Where one click ends such letters; empty where she asked for this one herself."""


def letter_of_alert(mail: Mail, shown: Shown) -> EmailMessage:
    """The letter of one alert that no phone of hers could be told of."""
    person = mail.person
    with force_locale(person.language):
        page = Page(
            subject=words(shown[0].kind, person.language),
            address=_site(shown[1].address),
            opens=_("Open it"),
            lines=_detailed(person, [shown]),
            why=_("You get this because no phone of yours could be told."),
            stop=_site(f"/unsubscribe/{stop_token(person.id)}"),
        )
        told_at = int(shown[0].made_at.timestamp())
        return _letter(page, person.email, f"{mail.id.hex}.{told_at}")


def letter_of_digest(mail: Mail, shown: list[Shown]) -> EmailMessage:
    """The letter of all that was found for her since the last one."""
    person, count = mail.person, len(shown)
    with force_locale(person.language):
        lines = _detailed(person, shown[:MOST_LINES])
        if not lines or count > len(lines):
            found = ngettext(
                "%(num)s that may suit you since the last letter.",
                "%(num)s that may suit you since the last letter.",
                count,
            )
            lines = [found, *lines]
        page = Page(
            subject=words(MATCH, person.language),
            address=_site(shown[0][1].address if count == 1 else SHELF),
            opens=_("Open it") if count == 1 else _("Open them"),
            lines=lines,
            why=_("You get this because you chose to hear of it once a day or once a week."),
            stop=_site(f"/unsubscribe/{stop_token(person.id)}"),
        )
        return _letter(page, person.email, mail.id.hex)


def letter_of_code(mail: Mail, code: Code, digits: str) -> EmailMessage:
    """The letter that brings six digits; to the address that they are to show is hers."""
    confirms = code.purpose == codes.CONFIRM
    with force_locale(mail.person.language):
        page = Page(
            subject=_("Your code"),
            address=_site("/confirm" if confirms else "/reset/code"),
            opens=_("Type them here"),
            lines=[
                _("With these six digits you show that this address is yours.")
                if confirms
                else _("With these six digits you set a new password."),
                _("They hold ten minutes. Nobody who helps you needs them."),
            ],
            digits=digits,
            why=_("You didn't ask for them? Then somebody mistyped an address. Do nothing."),
        )
        return _letter(page, code.address, f"{mail.id.hex}.{mail.tries}")


def stop_token(person_id: uuid.UUID) -> str:
    """What names a person in the address that ends her letters; nobody else can make it."""
    return urlsafe_b64encode(person_id.bytes + _seal(person_id.bytes)).rstrip(b"=").decode()


def person_of_token(token: str) -> uuid.UUID | None:
    """Whom the address names, or None where it isn't one of ours."""
    try:
        whole = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    if len(whole) != 16 + SEAL_BYTES or not hmac.compare_digest(whole[16:], _seal(whole[:16])):
        return None
    return uuid.UUID(bytes=whole[:16])


def _detailed(person: Person, shown: list[Shown]) -> list[str]:
    """Amount and place of each, for somebody who chose that alerts may say so."""
    matches = [notification.rows.get("match") for _alert, notification in shown]
    return [details(match["card"], person) for match in matches if match and person.alerts_detail]


def _letter(page: Page, to: str, name: str) -> EmailMessage:
    sender = _settings().mail_from
    letter = EmailMessage()
    letter["Subject"] = page.subject
    letter["From"] = Address(SENDER, addr_spec=sender)
    letter["To"] = Address(addr_spec=_reachable(to))
    letter["Date"] = format_datetime(now())
    letter["Message-ID"] = f"<{name}@{sender.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    if page.stop:
        letter["List-Unsubscribe"] = f"<{page.stop}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter.set_content(_plain(page), cte="quoted-printable")
    letter.add_alternative(_html(page), subtype="html", cte="quoted-printable")
    return letter


def _plain(page: Page) -> str:
    parts = [
        page.subject,
        "\n".join(page.lines),
        page.digits,
        f"{page.opens}: {page.address}",
        page.why,
        f"{_stop_words()}: {page.stop}" if page.stop else "",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _html(page: Page) -> str:
    locale = Locale.parse(_language())
    template = current_app.jinja_env.get_template("mail/letter.html")
    return template.render(
        page=page,
        stop_words=_stop_words(),
        lang=_language().replace("_", "-"),
        dir=locale.text_direction,
    )


def _stop_words() -> str:
    return _("No more such letters")


def _language() -> str:
    return str(get_locale() or "en")


def _reachable(address: str) -> str:
    local, _at, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def _site(path: str) -> str:
    return _settings().origin + path


def _seal(of: bytes) -> bytes:
    return hmac.digest(derived_key(_settings().data, "unsubscribe"), of, "sha256")[:SEAL_BYTES]


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
