"""Alerts: telling a person that something concerns her, on each phone that she allows."""

from webapp.alerts.devices import (
    OthersDevice,
    bind,
    devices_of,
    subscribe,
    unsubscribe,
)
from webapp.alerts.keys import Keys, make_keys, read_keys
from webapp.alerts.models import (
    ASKING,
    CHANGED,
    FREE,
    LETTER,
    MATCH,
    RIGHT,
    Alert,
    Delivery,
    Device,
)
from webapp.alerts.payload import Notification, row
from webapp.alerts.push import Sender, is_push_service
from webapp.alerts.verbs import deliver, tell

__all__ = [
    "ASKING",
    "CHANGED",
    "FREE",
    "LETTER",
    "MATCH",
    "RIGHT",
    "Alert",
    "Delivery",
    "Device",
    "Keys",
    "Notification",
    "OthersDevice",
    "Sender",
    "bind",
    "deliver",
    "devices_of",
    "is_push_service",
    "make_keys",
    "read_keys",
    "row",
    "subscribe",
    "tell",
    "unsubscribe",
]
