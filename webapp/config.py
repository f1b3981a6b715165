"""Every setting, its default and one line why. A bad value is refused at boot, by name."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(ValueError):
    """A setting has a value that can't be used; the message names the setting."""


@dataclass(frozen=True)
class Settings:
    """What a host may choose. Read once, at boot, from the environment."""

    data: Path
    """MILKWELL_DATA: database, keys and mail of this installation."""
    database_url: str
    """DATABASE_URL: SQLite in the data folder unless a PostgreSQL is named."""
    places: Path
    """MILKWELL_PLACES: the place index; built once a checkout, not once a data folder."""
    geocoder: str
    """MILKWELL_GEOCODER: "embedded", or an outside one as "name:address"."""
    origin: str
    """MILKWELL_ORIGIN: the address people type; https there makes cookies Secure."""
    proxies: int
    """MILKWELL_PROXIES: how many proxies of yours stand in front, for true client addresses."""
    push_host: str
    """MILKWELL_PUSH_HOST: one loopback push service ("127.0.0.1:9000"), for tests only."""
    subscriber: str
    """MILKWELL_SUBSCRIBER: the host's address, for push services and on the About page."""
    smtp: str
    """MILKWELL_SMTP: the mail server; without one, letters are files in the data folder."""
    mail_from: str
    """MILKWELL_MAIL_FROM: the address that letters by e-mail come from."""
    remove_worker: bool
    """MILKWELL_REMOVE_WORKER: "1" serves a service worker that removes itself."""
    rate_limits: bool
    """MILKWELL_RATE_LIMITS: "0" only for load tests."""
    metrics: str
    """MILKWELL_METRICS: the token that opens /metrics; without one there is no such page."""

    @property
    def secure(self) -> bool:
        """Whether cookies may travel over https only."""
        return self.origin.startswith("https://")

    @property
    def mails(self) -> bool:
        """Whether letters by e-mail reach anybody."""
        return bool(self.smtp)


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check every setting; raises BadSetting naming the first bad one."""
    data = Path(environ.get("MILKWELL_DATA") or ROOT / "instance").resolve()
    subscriber = environ.get("MILKWELL_SUBSCRIBER") or "host@example.org"
    return Settings(
        data=data,
        database_url=_database_url(environ.get("DATABASE_URL", ""), data),
        places=Path(environ.get("MILKWELL_PLACES") or ROOT / ".cache" / "places.db").resolve(),
        geocoder=_geocoder(environ.get("MILKWELL_GEOCODER") or "embedded"),
        origin=_origin(environ.get("MILKWELL_ORIGIN") or "http://127.0.0.1:8000"),
        proxies=_count("MILKWELL_PROXIES", environ.get("MILKWELL_PROXIES") or "0"),
        push_host=_loopback(environ.get("MILKWELL_PUSH_HOST", "")),
        subscriber=_address("MILKWELL_SUBSCRIBER", subscriber),
        smtp=_smtp(environ.get("MILKWELL_SMTP", "")),
        mail_from=_address("MILKWELL_MAIL_FROM", environ.get("MILKWELL_MAIL_FROM") or subscriber),
        remove_worker=_switch("MILKWELL_REMOVE_WORKER", environ.get("MILKWELL_REMOVE_WORKER", "0")),
        rate_limits=_switch("MILKWELL_RATE_LIMITS", environ.get("MILKWELL_RATE_LIMITS", "1")),
        metrics=_token("MILKWELL_METRICS", environ.get("MILKWELL_METRICS", "")),
    )


def flask_config(settings: Settings) -> dict[str, object]:
    """The settings as Flask and its extensions name them."""
    return {
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=90),
        # A shell sets no cookie; only sign-in and the sync route roll the session.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SESSION_COOKIE_NAME": "milkwell",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure,
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "RATELIMIT_ENABLED": settings.rate_limits,
        "RATELIMIT_STORAGE_URI": "memory://",
        "BABEL_TRANSLATION_DIRECTORIES": "translations",
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _database_url(url: str, data: Path) -> str:
    if not url:
        return f"sqlite:///{data / 'milkwell.db'}"
    if url.startswith("sqlite:///"):
        return url
    for prefix in ("postgresql+psycopg://", "postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    raise BadSetting("DATABASE_URL must begin with sqlite:/// or postgresql://")


def _geocoder(value: str) -> str:
    name, _colon, address = value.partition(":")
    if value != "embedded" and not (name in ("nominatim", "photon") and address.startswith("http")):
        raise BadSetting('MILKWELL_GEOCODER must be "embedded" or like nominatim:https://host')
    return value


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise BadSetting("MILKWELL_ORIGIN must look like https://milk.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def _loopback(value: str) -> str:
    if value and value.rpartition(":")[0] not in ("127.0.0.1", "localhost"):
        raise BadSetting("MILKWELL_PUSH_HOST takes a loopback address with a port, for tests")
    return value


def _address(name: str, value: str) -> str:
    if "@" not in value or ":" in value or not value.isprintable() or " " in value:
        raise BadSetting(f"{name} must look like you@example.org")
    return value


def _smtp(value: str) -> str:
    if not value:
        return value
    # Its password stands in it: what is wrong is said without repeating it.
    wrong = BadSetting("MILKWELL_SMTP must look like smtp://user:password@mail.example.org:587")
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise wrong from None
    rest = parts.path.strip("/") or parts.query or parts.fragment
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or rest or port == 0:
        raise wrong
    if (parts.username is None) != (parts.password is None):
        raise wrong
    return value


def _token(name: str, value: str) -> str:
    if value and not re.fullmatch(r"[!-~]{16,200}", value):
        raise BadSetting(f"{name} must be 16 to 200 letters, digits and signs, without spaces")
    return value


def _count(name: str, value: str) -> int:
    if not value.isdecimal():
        raise BadSetting(f"{name} must be a whole number")
    return int(value)


def _switch(name: str, value: str) -> bool:
    if value not in ("", "0", "1"):
        raise BadSetting(f"{name} must be 0 or 1")
    return value == "1"
