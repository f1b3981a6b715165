"""Alerts: telling a person that something concerns her, on each phone that she allows."""

from webapp.alerts.delivering import clock_jumped, deliver, finish, pump
from webapp.alerts.devices import (
    REMOVED,
    OthersDevice,
    bind,
    device_of,
    devices_of,
    notification,
    seen_by_her,
    subscribe,
    test,
    tested,
    unsubscribe,
)
from webapp.alerts.heart import (
    AWAY_AFTER,
    BEAT_SECONDS,
    beat,
    worker_at_work,
    worker_seen_at,
)
from webapp.alerts.keys import Keys, key_id, make_keys, read_keys, rotate_keys
from webapp.alerts.mail import mailer
from webapp.alerts.mails import person_of_token, stop_token
from webapp.alerts.models import (
    ASKING,
    CHANGED,
    FREE,
    LETTER,
    MATCH,
    RIGHT,
    TEST,
    Alert,
    Delivery,
    Device,
    Mail,
)
from webapp.alerts.operating import name_key, phones_with, retry
from webapp.alerts.payload import Notification, row
from webapp.alerts.post import drop_letters, post, send_digits
from webapp.alerts.push import Sender
from webapp.alerts.push_services import is_push_service
from webapp.alerts.seen import pushed_to, seen
from webapp.alerts.silencing import silence
from webapp.alerts.standing import ALERTED, FAILING, LOST, OFF, Standing, Waiting, standing
from webapp.alerts.telling import judge_anew, mail_instead, tell
from webapp.alerts.welcome import makes_sound, wants, welcome_at

__all__ = [
    "ALERTED",
    "ASKING",
    "AWAY_AFTER",
    "BEAT_SECONDS",
    "CHANGED",
    "FAILING",
    "FREE",
    "LETTER",
    "LOST",
    "MATCH",
    "OFF",
    "REMOVED",
    "RIGHT",
    "TEST",
    "Alert",
    "Delivery",
    "Device",
    "Keys",
    "Mail",
    "Notification",
    "OthersDevice",
    "Sender",
    "Standing",
    "Waiting",
    "beat",
    "bind",
    "clock_jumped",
    "deliver",
    "device_of",
    "devices_of",
    "drop_letters",
    "finish",
    "is_push_service",
    "judge_anew",
    "key_id",
    "mail_instead",
    "mailer",
    "make_keys",
    "makes_sound",
    "name_key",
    "notification",
    "person_of_token",
    "phones_with",
    "post",
    "pump",
    "pushed_to",
    "read_keys",
    "retry",
    "rotate_keys",
    "row",
    "seen",
    "seen_by_her",
    "send_digits",
    "silence",
    "standing",
    "stop_token",
    "subscribe",
    "tell",
    "test",
    "tested",
    "unsubscribe",
    "wants",
    "welcome_at",
    "worker_at_work",
    "worker_seen_at",
]
