"""What happens with time and not with a request: matching, delivering, expiring."""

import logging
import signal
import threading
import time

from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError

from webapp import alerts, listings, matching, messages, rights
from webapp.config import Settings
from webapp.database import db, now, reading, writing

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
"""Between two looks at the queue: a quarter of the two seconds an alert may take."""
PAUSE_AFTER_TROUBLE_SECONDS = 5.0
WIPE_SECONDS = 60.0
"""Between two looks whether what was erased is still to be wiped off the disk."""
DEADLOCK = "40P01"
"""PostgreSQL's word for two transactions that wait for each other; it ends one of them."""

RENDER = {
    alerts.MATCH: matching.notification,
    alerts.ASKING: matching.notification,
    alerts.LETTER: messages.notification,
    alerts.CHANGED: messages.changed,
    alerts.RIGHT: listings.notification,
    alerts.FREE: listings.notification,
}
"""What each kind of alert shows, at the moment it is sent."""


def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT. Any trouble is logged and tried again, never the end."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    keys = alerts.read_keys(settings.data)
    with alerts.Sender(keys, settings.subscriber, settings.push_host) as sender:
        _loop(sender, stop)


def _loop(sender: alerts.Sender, stop: threading.Event) -> None:
    wiped_at = 0.0
    while not stop.is_set():
        try:
            busy = work_once(sender)
            if time.monotonic() - wiped_at > WIPE_SECONDS:
                rights.wipe()
                wiped_at = time.monotonic()
        except SQLAlchemyError:
            log.exception("the database is in the way")
            stop.wait(PAUSE_AFTER_TROUBLE_SECONDS)
            continue
        if not busy:
            stop.wait(PAUSE_SECONDS)


def work_once(sender: alerts.Sender) -> bool:
    """Do what is due now; returns whether there was anything."""
    try:
        return any([expire(), ask(), match(), alerts.deliver(sender, render) > 0])
    finally:
        db.session.remove()


def render(alert: alerts.Alert) -> alerts.Notification | None:
    """What an alert shows now, or None where what it is about no longer stands."""
    return RENDER[alert.kind](alert)


def ask() -> bool:
    """Ask who has something that runs out in two days whether it is still right."""
    with reading():
        if not listings.any_to_ask(now()):
            return False
    with writing():
        listings.ask_due(now())
    return True


def expire() -> bool:
    """Expire what has run out; its matches leave both phones."""
    with reading():
        if not listings.any_to_expire(now()):
            return False
    with writing():
        for listing in (*listings.expire_due(now()), *listings.end_emergencies(now())):
            matching.touch(listing)
            messages.touch_about(listing)
    return True


def match() -> bool:
    """Match every listing that is due, each in its own transaction; whether there was any."""
    matched = False
    while True:
        with reading():
            if not matching.any_due(now()):
                return matched
        try:
            with writing():
                # Another worker may have taken the last one meanwhile.
                if matching.match_due(now(), messages.opened_of) is None:
                    return matched
        except IntegrityError:
            log.info("another worker made the same pair first; looking again")
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", "") != DEADLOCK:
                raise
            log.info("another worker was at the same pair; looking again")
        matched = True
