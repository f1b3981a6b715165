"""What an alert carries: discreet words for a lock screen, and the listing behind them."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import orjson
from babel import Locale
from flask_babel import force_locale
from flask_babel import gettext as _

from webapp.alerts.models import ASKING, CHANGED, LETTER, RIGHT, Alert
from webapp.people import Person
from webapp.units import amount

MOST_BYTES = 2700
"""Before encryption: what every push service takes, with room for the declarative form."""
SIZES = (1200, 1900, MOST_BYTES)
"""Payloads are padded to one of these, so that a length tells nothing."""


@dataclass(frozen=True)
class Notification:
    """What an alert opens: an address inside the app, a tag that replaces, and what is there."""

    address: str
    tag: str
    rows: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    """Rows by noun, what can be done without first: they go where the whole is too large."""


def words(kind: str, language: str) -> str:
    """The one sentence that may stand on a lock screen."""
    with force_locale(language):
        if kind == ASKING:
            return _("Someone near you is asking today")
        if kind in (LETTER, CHANGED):
            return _("A new message")
        if kind == RIGHT:
            return _("Is this still right?")
        return _("Something near you")


def details(card: dict[str, Any], person: Person) -> str:
    """What a lock screen says beneath, for somebody who chose that it may say so."""
    with force_locale(person.language):
        said = {
            "amount": amount(card["volume_ml"], person.units),
            "place": card["cell"].get("near") or _("you"),
        }
        if card["kind"] == "offer":
            return _("Offered: %(amount)s near %(place)s", **said)
        return _("Needed: %(amount)s near %(place)s", **said)


def payload(alert: Alert, device_id: uuid.UUID, shown: Notification) -> bytes:
    """The push message: declarative for Safari, and rows for the service worker.

    Where they make it too large, a match's lines go first, then row by row: the alert still
    opens, and the phone fetches the rest.
    """
    rows = {noun: found for noun, found in shown.rows.items() if found}
    while len(body := orjson.dumps(_message(alert, device_id, shown, rows))) > MOST_BYTES:
        noun = next(iter(rows))
        if rows[noun].get("lines"):
            rows[noun] = {**rows[noun], "lines": []}
        else:
            del rows[noun]
    return body.ljust(next(size for size in SIZES if size >= len(body)))


def _message(
    alert: Alert, device_id: uuid.UUID, shown: Notification, rows: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    language = alert.person.language
    match = shown.rows.get("match")
    body = details(match["card"], alert.person) if match and alert.person.alerts_detail else ""
    return {
        "web_push": 8030,
        "notification": {
            "title": words(alert.kind, language),
            **({"body": body} if body else {}),
            "navigate": shown.address,
            "lang": language.replace("_", "-"),
            "dir": Locale.parse(language).text_direction,
            "tag": shown.tag,
            "mutable": True,
        },
        "device": str(device_id),
        "alert": row(alert, match["other"] if match else ""),
        **rows,
    }


def row(alert: Alert, listing_id: str = "") -> dict[str, Any]:
    """The alert as its person's phone keeps it; `listing_id` is the other's, of a match."""
    about = {
        "match": alert.match_id,
        "conversation": alert.conversation_id,
        "listing": alert.listing_id,
    }
    named = {name: str(found) for name, found in about.items() if found}
    if listing_id:
        named["listing"] = listing_id
    made_at = alert.made_at.isoformat()
    return {"id": str(alert.id), "kind": alert.kind, "made_at": made_at} | named
