"""Handing letters to a mail server, or keeping them as files where none is named."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from webapp.config import Settings
from webapp.secrets import keep_secret

PATIENCE_SECONDS = 10.0
"""For each answer of a mail server."""
PORTS = {"smtp": 587, "smtps": 465}
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
MOST_FILES = 200
FOLDER = "mail"


@dataclass(frozen=True)
class Outcome:
    """What became of a letter: sent, or to be tried again, or refused for good."""

    sent: bool = False
    again: bool = False
    reason: str = ""
    """At most 40 characters, and nothing of what the server said: it repeats addresses."""


class Mailer(Protocol):
    """Whatever takes letters."""

    def send(self, letter: EmailMessage, name: str) -> Outcome:
        """Hand one letter over. Never raises for what a server does."""

    def close(self) -> None:
        """Let go of what was open; the next letter opens it again."""


def mailer(settings: Settings) -> Mailer:
    """What takes this installation's letters."""
    return Server(settings.smtp) if settings.mails else Files(settings.data)


class Server:
    """A mail server, as in "smtp://user:password@mail.example.org:587".

    "smtps" speaks TLS from the first byte, "smtp" turns to it before anything is said; in the clear
    only to this machine itself.
    """

    def __init__(self, smtp: str, trusted: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(smtp)
        self._scheme, self._host = parts.scheme, parts.hostname or ""
        self._port = parts.port or PORTS[parts.scheme]
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._trusted = trusted or ssl.create_default_context()
        self._open: smtplib.SMTP | None = None

    def send(self, letter: EmailMessage, name: str) -> Outcome:
        """Hand one letter over; its connection stays open for the next."""
        try:
            self._open = self._open or self._connected()
        except (smtplib.SMTPException, OSError) as error:
            return Outcome(again=True, reason=_trouble(error))
        try:
            self._open.send_message(letter)
        except smtplib.SMTPRecipientsRefused as refused:
            code, _said = next(iter(refused.recipients.values()))
            return _refused(code)
        except smtplib.SMTPDataError as refused:
            return _refused(refused.smtp_code)
        except smtplib.SMTPNotSupportedError:
            return Outcome(reason="an address that it can't write")
        except (smtplib.SMTPException, OSError) as error:
            # Its sender or its password isn't taken, or it went away: not this letter's fault.
            self.close()
            return Outcome(again=True, reason=_trouble(error))
        return Outcome(sent=True)

    def close(self) -> None:
        """Say goodbye, where a connection is open."""
        if self._open:
            with suppress(smtplib.SMTPException, OSError):
                self._open.quit()
            self._open.close()
            self._open = None

    def _connected(self) -> smtplib.SMTP:
        if self._scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=PATIENCE_SECONDS, context=self._trusted
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=PATIENCE_SECONDS)
        try:
            if self._scheme == "smtp" and self._host not in LOOPBACK:
                server.starttls(context=self._trusted)
            if self._user:
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server


class Files:
    """A folder of letters, for its owner alone; the newest 200."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    def send(self, letter: EmailMessage, name: str) -> Outcome:
        """Keep it as a file that a mail program opens."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = _path(self._folder, name)
        path.unlink(missing_ok=True)
        keep_secret(path, letter.as_bytes(policy=POLICY))
        for old in sorted(self._folder.glob("*.eml"))[:-MOST_FILES]:
            old.unlink(missing_ok=True)
        return Outcome(sent=True)

    def close(self) -> None:
        """Nothing is open."""


def drop_files(data: Path, names: list[str]) -> None:
    """Take letters out of the folder again, where they are."""
    for name in names:
        _path(data / FOLDER, name).unlink(missing_ok=True)


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.eml"


def _refused(code: int) -> Outcome:
    return Outcome(again=400 <= code < 500, reason=f"answered {code}")


def _trouble(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"answered {error.smtp_code}"
    return "no TLS" if isinstance(error, smtplib.SMTPNotSupportedError) else "unreachable"
