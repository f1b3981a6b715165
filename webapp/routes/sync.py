"""The wire: one round trip pushes what a phone did and pulls what changed."""

import uuid
from typing import Any

from flask import Blueprint, Response, session
from flask_babel import gettext as _
from flask_login import current_user

from webapp import alerts, messages, moderation, people, rights, sync
from webapp.database import db, now, reading, writing
from webapp.people import Person, Session
from webapp.routes.access import (
    is_signed_in,
    keep_cookie,
    only_json,
    person,
    same_origin,
    signed_out,
    suspended,
)
from webapp.routes.answers import answer, refuse
from webapp.routes.bodies import read_json
from webapp.routes.devices import others_device
from webapp.routes.limits import SYNC, limiter

blueprint = Blueprint("sync", __name__)


@blueprint.post("/api/sync")
@limiter.limit(SYNC)
@same_origin
@only_json
def exchange() -> Response:
    """Apply operations one by one, then answer what changed since the cursors."""
    body = read_json()
    if _is_idle(body):
        return answer(_filled([], {}))
    if not is_signed_in() or person().suspended_at:
        return ended(body)
    if isinstance(body, dict) and body.get("protocol") != sync.PROTOCOL:
        return refuse(426, "client_too_old", _("This page is out of date. Load it again."))
    try:
        asked = sync.read_request(body)
    except sync.BadRequest as bad:
        return refuse(400, "malformed", str(bad))
    person_id = person().id
    if rights.erased(asked.device):
        return ended(body)
    if sync.is_anothers(person_id, asked.cursors):
        return others_device()
    try:
        settle(person_id, asked.device)
    except alerts.OthersDevice:
        return others_device()
    early = bool(asked.operations) and (asked.renewed or begins_anew(asked.cursors))
    results = [sync.apply(person_id, raw, asked.sent_at, early) for raw in asked.operations]
    if results and db.session.get(Person, person_id) is None:
        # Erased on another phone while this request was under way.
        return ended(body)
    if asked.seen:
        mark_seen(person_id, asked)
    with reading():
        delivered = sync.newly_delivered(person_id, asked.cursors)
    if delivered:
        with writing():
            messages.delivered_to(person_id, delivered)
    with reading():
        scopes = sync.pull(person_id, asked.cursors, asked.most, acted=bool(results))
        device = db.session.get(alerts.Device, asked.device)
        lost = {"lost": True} if device and device.is_lost else {}
    return answer(_filled(results, scopes) | lost)


def ended(body: Any) -> Response:
    """Why nobody is signed in here: an account's end ends its sessions, and phones are told."""
    try:
        device_id = uuid.UUID(body["device"])
    except (KeyError, TypeError, ValueError, AttributeError):
        device_id = None
    if device_id and rights.erased(device_id):
        return refuse(410, "erased", _("This account was erased."))
    if is_signed_in() or (device_id and moderation.suspended_device(device_id)):
        return suspended()
    return signed_out()


def settle(person_id: uuid.UUID, device_id: uuid.UUID) -> None:
    """Bind the phone to her and roll her session; writes only when there is something to."""
    session_id = current_user.get_id()
    device = db.session.get(alerts.Device, device_id)
    if device is not None and device.person_id != person_id:
        raise alerts.OthersDevice
    signed_in = db.session.get(Session, session_id)
    if device is not None and not (signed_in and people.rolls(signed_in)):
        return
    with writing() as written:
        alerts.bind(person_id, device_id)
        if people.roll_session(written.get_one(Session, session_id)):
            keep_cookie()


def mark_seen(person_id: uuid.UUID, asked: sync.Request) -> None:
    """Remember which alerts need no telling any more."""
    with writing():
        known = sync.known_alerts(person_id, asked.device, asked.cursors, asked.seen)
        alerts.seen(person_id, known)


def begins_anew(cursors: dict[str, str]) -> bool:
    """Whether this phone knows of a future that this server lost."""
    with reading():
        return sync.begins_anew(cursors)


def _is_idle(body: Any) -> bool:
    """Whether this is one of the many syncs that find nothing, before anything is loaded."""
    session_id = session.get("_user_id")
    if not session_id or not isinstance(body, dict) or body.get("protocol") != sync.PROTOCOL:
        return False
    try:
        return sync.is_idle(session_id, sync.read_request(body))
    except sync.BadRequest:
        return False


def _filled(results: list[Any], scopes: dict[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = {"server_time": now().isoformat(timespec="seconds")}
    if results:
        whole["results"] = results
    if scopes:
        whole["scopes"] = scopes
    return whole | {"oldest_client": 1}
