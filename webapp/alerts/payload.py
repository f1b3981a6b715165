"""What an alert carries: discreet words for a lock screen, and the listing behind them."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import orjson
from babel import Locale
from flask_babel import force_locale
from flask_babel import gettext as _

from webapp.alerts.models import ASKING, CHANGED, LETTER, RIGHT, TEST, Alert
from webapp.people import Person
from webapp.units import amount

MOST_BYTES = 2700
"""Before encryption: what every push service takes, with room for the declarative form."""
SIZES = (1200, 1900, MOST_BYTES)
"""Payloads are padded to one of these, so that a length tells nothing."""
SHORT = 800
"""What a message is padded to that came back as too large: it opens, and carries nothing."""
SHELF = "/nearby"
"""Where all of her matches stand."""


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
        if kind == TEST:
            return _("This is a test")
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


def payload(
    alert: Alert,
    device_id: uuid.UUID,
    shown: Notification,
    *,
    sound: bool = True,
    short: bool = False,
    many: int = 1,
) -> bytes:
    """The push message: declarative for Safari, with the rows of the service worker as its data.

    Where they make it too large, a match's lines go first, then row by row: the alert still
    opens, and the phone fetches the rest; `short` leaves all of them out. `many` matches are
    shown as one, which opens them all.
    """
    rows = {} if short else {noun: found for noun, found in shown.rows.items() if found}
    said = _notification(alert, shown, sound, short, many)
    while True:
        said["data"] = {"device": str(device_id), **_kept(alert, shown), **rows}
        body = orjson.dumps({"web_push": 8030, "notification": said, "mutable": True})
        if len(body) <= MOST_BYTES:
            break
        noun = next(iter(rows))
        if rows[noun].get("lines"):
            rows[noun] = {**rows[noun], "lines": []}
        else:
            del rows[noun]
    return body.ljust(next(size for size in (SHORT, *SIZES)[not short :] if size >= len(body)))


def _notification(
    alert: Alert, shown: Notification, sound: bool, short: bool, many: int
) -> dict[str, Any]:
    """What is shown, by the names that a browser gives them (WHATWG Notifications API)."""
    language = alert.person.language
    address = shown.address if many == 1 else SHELF
    body = _body(alert, shown, many)
    said: dict[str, Any] = {
        "title": words(alert.kind, language),
        **({"body": body} if body else {}),
        "navigate": address,
        "lang": language.replace("_", "-"),
        "dir": Locale.parse(language).text_direction,
        "tag": shown.tag,
    }
    if not sound:
        said["silent"] = True
    if alert.kind != TEST and not short:
        said["actions"] = actions(address, language)
    return said


def actions(address: str, language: str) -> list[dict[str, str]]:
    """What she may choose beneath an alert, where her phone shows it."""
    with force_locale(language):
        return [
            {"action": "open", "title": _("Open it"), "navigate": address},
            {"action": "mute", "title": _("Mute for tonight"), "navigate": "/me"},
        ]


def _body(alert: Alert, shown: Notification, many: int) -> str:
    match = shown.rows.get("match")
    if not match or not alert.person.alerts_detail:
        return ""
    if many == 1:
        return details(match["card"], alert.person)
    with force_locale(alert.person.language):
        return _("%(count)s that fit", count=many)


def _kept(alert: Alert, shown: Notification) -> dict[str, Any]:
    match = shown.rows.get("match")
    return {} if alert.kind == TEST else {"alert": row(alert, match["other"] if match else "")}


def row(alert: Alert, listing_id: str = "") -> dict[str, Any]:
    """The alert as its person's phone keeps it; `listing_id` is the other's, of a match."""
    about = {
        "match": alert.match_id,
        "conversation": alert.conversation_id,
        "listing": alert.listing_id,
    }
    named: dict[str, Any] = {name: str(found) for name, found in about.items() if found}
    if listing_id:
        named["listing"] = listing_id
    if alert.seen_at:
        named["seen"] = True
    made_at = alert.made_at.isoformat()
    return {"id": str(alert.id), "kind": alert.kind, "made_at": made_at} | named
