"""Her phones, and where each may be alerted."""

import base64
import binascii
import re
import uuid
from typing import Any

from flask import Blueprint, Response, current_app
from flask_babel import gettext as _

from webapp import alerts
from webapp.config import Settings
from webapp.database import reading, writing
from webapp.routes.access import needs_person, only_json, person, same_origin
from webapp.routes.answers import answer, refuse
from webapp.routes.bodies import read_json
from webapp.routes.limits import DEVICE, limiter

blueprint = Blueprint("devices", __name__)

KEY_TEXT = re.compile(r"[A-Za-z0-9_-]{20,100}={0,2}")
KEY_BYTES = {"p256dh": 65, "auth": 16}
"""An uncompressed P-256 point and the authentication secret (RFC 8291)."""


@blueprint.get("/api/devices")
@needs_person
def index() -> Response:
    """Her phones, and whether each can be alerted."""
    person_id = person().id
    with reading():
        rows = [
            {
                "device": str(device.id),
                "alerts": device.endpoint is not None,
                "last_sent_at": device.last_sent_at and device.last_sent_at.isoformat(),
                "last_failure": device.last_failure,
            }
            for device in alerts.devices_of(person_id)
        ]
    return answer({"devices": rows})


@blueprint.post("/api/devices")
@limiter.limit(DEVICE)
@same_origin
@needs_person
@only_json
def subscribe() -> Response:
    """Alert this phone from now on."""
    settings: Settings = current_app.config["SETTINGS"]
    body = read_json()
    subscription = body.get("subscription") if isinstance(body, dict) else None
    device_id = _uuid(body.get("device")) if isinstance(body, dict) else None
    if device_id is None or not isinstance(subscription, dict):
        return refuse(400, "malformed", _("The subscription is malformed."))
    endpoint, keys = subscription.get("endpoint"), subscription.get("keys")
    if not isinstance(endpoint, str) or not alerts.is_push_service(endpoint, settings.push_host):
        return refuse(400, "not_a_push_service", _("That address is no push service's."))
    if not isinstance(keys, dict) or not all(_is_key(keys, name) for name in KEY_BYTES):
        return refuse(400, "malformed", _("The subscription's keys are malformed."))
    person_id = person().id
    try:
        with writing():
            device = alerts.bind(person_id, device_id)
            alerts.subscribe(device, endpoint, keys["p256dh"], keys["auth"])
    except alerts.OthersDevice:
        return others_device()
    return answer({"device": str(device_id)})


@blueprint.delete("/api/devices/<uuid:device_id>")
@same_origin
@needs_person
def unsubscribe(device_id: uuid.UUID) -> Response:
    """Alert this phone no more."""
    person_id = person().id
    with writing():
        for device in alerts.devices_of(person_id):
            if device.id == device_id:
                alerts.unsubscribe(device)
                return answer({"device": str(device_id)})
    return refuse(404, "not_found", _("There is no such phone of yours."))


def others_device() -> Response:
    """The answer where a phone's store belongs to somebody else."""
    return refuse(409, "other_device", _("This phone keeps another person's things."))


def _uuid(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _is_key(keys: dict[str, Any], name: str) -> bool:
    text = keys.get(name)
    if not isinstance(text, str) or not KEY_TEXT.fullmatch(text):
        return False
    try:
        return len(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))) == KEY_BYTES[name]
    except (binascii.Error, ValueError):
        return False
