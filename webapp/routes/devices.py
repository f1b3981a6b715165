"""Her phones, and where each may be alerted."""

import base64
import binascii
import re
import uuid
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext as _
from flask_login import current_user

from webapp import alerts, people
from webapp.config import Settings
from webapp.database import reading, writing
from webapp.people import Person
from webapp.routes.access import needs_person, only_json, person, same_origin
from webapp.routes.answers import answer, refuse
from webapp.routes.bodies import read_json
from webapp.routes.limits import DEVICE, TEST, limiter

blueprint = Blueprint("devices", __name__)

KEY_TEXT = re.compile(r"[A-Za-z0-9_-]{20,100}={0,2}")
KEY_BYTES = {"p256dh": 65, "auth": 16}
"""An uncompressed P-256 point and the authentication secret (RFC 8291)."""


@blueprint.get("/api/devices")
@needs_person
def index() -> Response:
    """Her phones, and how alerts to each of them fare."""
    person_id = person().id
    with reading():
        rows = [alerts.seen_by_her(device) for device in alerts.devices_of(person_id)]
    return answer({"devices": rows})


@blueprint.post("/api/devices")
@limiter.limit(DEVICE)
@same_origin
@needs_person
@only_json
def subscribe() -> Response:
    """Alert this phone from now on.

    `key` is the server's public key that the browser subscribed with. `mending` says that nobody
    asked for this just now; then a phone that she took off her list stays off it.
    """
    body = read_json()
    if refused := _refused(body):
        return refused
    device_id, subscription = uuid.UUID(body["device"]), body["subscription"]
    person_id, session = person().id, current_user.handle
    try:
        with writing():
            device = alerts.bind(person_id, device_id)
            if body.get("mending") and device.last_failure == alerts.REMOVED:
                return refuse(409, "removed", _("Alerts to this phone were stopped elsewhere."))
            device.name = people.described(request.headers.get("User-Agent", ""))
            keys = subscription["keys"]
            to = (subscription["endpoint"], keys["p256dh"], keys["auth"])
            alerts.subscribe(device, *to, key=_key(body), session=session)
    except alerts.OthersDevice:
        return others_device()
    return answer({"device": str(device_id)})


@blueprint.delete("/api/devices/<uuid:device_id>")
@same_origin
@needs_person
def unsubscribe(device_id: uuid.UUID) -> Response:
    """Alert this phone no more, until she allows it there again."""
    person_id = person().id
    with writing():
        if device := alerts.device_of(person_id, device_id):
            alerts.unsubscribe(device, alerts.REMOVED)
    return answer({"device": str(device_id)}) if device else _not_hers()


@blueprint.post("/api/devices/<uuid:device_id>/test")
@limiter.limit(TEST)
@same_origin
@needs_person
def test(device_id: uuid.UUID) -> Response:
    """Send this phone alone an alert that says it is a test, whatever the hour."""
    her = person()
    with writing() as session:
        device = alerts.device_of(her.id, device_id)
        if device is None:
            return _not_hers()
        if device.endpoint is None:
            return refuse(409, "not_alerted", _("This phone can't be alerted now."))
        alerts.test(device, session.get_one(Person, her.id))
    return answer({"state": "due", "reason": ""})


@blueprint.get("/api/devices/<uuid:device_id>/test")
@needs_person
def tested(device_id: uuid.UUID) -> Response:
    """How this phone's newest test stands: `state` due, sent or given_up, and the `reason`."""
    person_id = person().id
    with reading():
        device = alerts.device_of(person_id, device_id)
        how = alerts.tested(device) if device else None
    return answer(how) if how else _not_hers()


def _not_hers() -> Response:
    return refuse(404, "not_found", _("There is no such phone of yours."))


def others_device() -> Response:
    """The answer where a phone's store belongs to somebody else."""
    return refuse(409, "other_device", _("This phone keeps another person's things."))


def _refused(body: Any) -> Response | None:
    """The answer to what is no subscription at a push service."""
    settings: Settings = current_app.config["SETTINGS"]
    subscription = body.get("subscription") if isinstance(body, dict) else None
    if not isinstance(subscription, dict) or not _is_uuid(body.get("device")):
        return refuse(400, "malformed", _("The subscription is malformed."))
    endpoint, keys = subscription.get("endpoint"), subscription.get("keys")
    if not isinstance(endpoint, str) or not alerts.is_push_service(endpoint, settings.push_host):
        return refuse(400, "not_a_push_service", _("That address is no push service's."))
    if not isinstance(keys, dict) or not all(_is_key(keys, name) for name in KEY_BYTES):
        return refuse(400, "malformed", _("The subscription's keys are malformed."))
    return None


def _is_uuid(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(uuid.UUID(value))
    except ValueError:
        return False


def _is_key(keys: dict[str, Any], name: str) -> bool:
    text = keys.get(name)
    if not isinstance(text, str) or not KEY_TEXT.fullmatch(text):
        return False
    try:
        return len(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))) == KEY_BYTES[name]
    except (binascii.Error, ValueError):
        return False


def _key(body: dict[str, Any]) -> str:
    key = body.get("key")
    return alerts.key_id(key) if isinstance(key, str) and len(key) < 200 else ""
