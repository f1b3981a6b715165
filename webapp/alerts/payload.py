"""What an alert carries: discreet words for a lock screen, and the listing behind them."""

import uuid
from dataclasses import dataclass
from typing import Any

import orjson
from flask_babel import force_locale
from flask_babel import gettext as _

from webapp.alerts.models import ASKING, Alert
from webapp.people import Person
from webapp.units import amount

MOST_BYTES = 2700
"""Before encryption: what every push service takes, with room for the declarative form."""
SIZES = (1200, 1900, MOST_BYTES)
"""Payloads are padded to one of these, so that a length tells nothing."""


@dataclass(frozen=True)
class Notification:
    """What an alert opens: an address inside the app, a tag that replaces, and the match."""

    address: str
    tag: str
    match: dict[str, Any]


def words(kind: str, language: str) -> str:
    """The one sentence that may stand on a lock screen."""
    with force_locale(language):
        return _("Someone near you is asking today") if kind == ASKING else _("Something near you")


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
    """The push message: declarative for Safari, and the match for the service worker.

    Where the match makes it too large, its lines go first, then the match itself: the alert
    still opens, and the phone fetches the rest.
    """
    for match in (shown.match, {**shown.match, "lines": []}, None):
        body = orjson.dumps(_message(alert, device_id, shown, match))
        if len(body) <= MOST_BYTES:
            return body.ljust(next(size for size in SIZES if size >= len(body)))
    raise ValueError("an alert's own words are too large")


def _message(
    alert: Alert, device_id: uuid.UUID, shown: Notification, match: dict[str, Any] | None
) -> dict[str, Any]:
    language = alert.person.language
    body = details(shown.match["card"], alert.person) if alert.person.alerts_detail else ""
    message: dict[str, Any] = {
        "web_push": 8030,
        "notification": {
            "title": words(alert.kind, language),
            **({"body": body} if body else {}),
            "navigate": shown.address,
            "lang": language,
            "dir": "ltr",
            "tag": shown.tag,
            "mutable": True,
        },
        "device": str(device_id),
        "alert": row(alert, shown.match["other"]),
    }
    return message | ({"match": match} if match else {})


def row(alert: Alert, listing_id: str) -> dict[str, Any]:
    """The alert as its person's phone keeps it."""
    return {
        "id": str(alert.id),
        "kind": alert.kind,
        "match": str(alert.match_id),
        "listing": listing_id,
        "made_at": alert.made_at.isoformat(),
    }
