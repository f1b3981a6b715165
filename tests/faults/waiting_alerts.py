"""Alerts that wait to be sent, as many as one likes, each to a phone of its own."""

import base64
import os
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import insert

from webapp import geo
from webapp.alerts import RIGHT, Alert, Delivery, Device
from webapp.alerts.models import DUE
from webapp.alerts.push_services import service_of
from webapp.database import now, uuid7, writing
from webapp.listings import Listing
from webapp.people import Person

EACH = 100
"""Alerts to one person. Ten thousand people would be no harder to tell than a hundred."""
AT_ONCE = 2000

Row = dict[str, Any]


def subscription_keys() -> tuple[str, str]:
    """A browser's public point and secret, as it gives them."""
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    public, secret = (
        base64.urlsafe_b64encode(raw).rstrip(b"=").decode() for raw in (point, os.urandom(16))
    )
    return public, secret


def tell_all(count: int, origin: str, services: Sequence[str] = ()) -> set[str]:
    """So many deliveries that are due, each to an endpoint of its own there; gives their paths.

    They are counted as of these push services in turn, where some are named. They ask people who
    have no quiet hours whether an offer is still right: what is never counted, nor merged.
    """
    at = now() - timedelta(seconds=1)
    people = [_person() for _ in range(0, count, EACH)]
    listings = [_listing(people[number // EACH]["id"]) for number in range(count)]
    keys = subscription_keys()
    devices = [_device(listing["person_id"], origin, keys) for listing in listings]
    for number, device in enumerate(devices):
        device["service"] = services[number % len(services)] if services else service_of(origin)
    told: list[Row] = [
        {"id": uuid7(), "kind": RIGHT, "person_id": one["person_id"], "listing_id": one["id"]}
        for one in listings
    ]
    deliveries: list[Row] = [
        {"id": uuid7(), "alert_id": a["id"], "device_id": d["id"], "state": DUE, "due_at": at}
        for a, d in zip(told, devices, strict=True)
    ]
    with writing() as session:
        for model, rows in (
            (Person, people),
            (Listing, listings),
            (Device, devices),
            (Alert, told),
            (Delivery, deliveries),
        ):
            for start in range(0, len(rows), AT_ONCE):
                session.execute(insert(model), rows[start : start + AT_ONCE])
    return {f"/{device['id'].hex}" for device in devices}


def _person() -> Row:
    made = uuid7()
    return {
        "id": made,
        "email": f"{made.hex}@example.org",
        "password_hash": "nobody signs in",
        "name": "Ana",
        "quiet_from": 0,
        "quiet_until": 0,
        "welcomed_at": now(),
    }


def _listing(person_id: uuid.UUID) -> Row:
    cell = geo.home_cell(48.2085, 16.3721, lambda _cell: 1_700_000)
    return {
        "id": uuid7(),
        "person_id": person_id,
        "kind": "offer",
        "cell": cell,
        "feed_cell": geo.feed_cell(cell),
        "reach_km": 16,
        "open_days": 30,
        "expires_at": now() + timedelta(days=30),
        "match_due_at": None,
    }


def _device(person_id: uuid.UUID, origin: str, keys: tuple[str, str]) -> Row:
    made = uuid7()
    row = {"id": made, "person_id": person_id, "endpoint": f"{origin}/{made.hex}"}
    return row | {"p256dh": keys[0], "auth": keys[1]}
