"""What is due by time alone: expiring, asking, matching, telling; and what each alert shows."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from math import inf

from sqlalchemy.exc import IntegrityError, OperationalError

from webapp import alerts, listings, matching, messages
from webapp.database import now, reading, writing

log = logging.getLogger(__name__)

DEADLOCK = "40P01"
"""PostgreSQL's word for two transactions that wait for each other; it ends one of them."""

RENDER = {
    alerts.MATCH: matching.notification,
    alerts.ASKING: matching.notification,
    alerts.LETTER: messages.notification,
    alerts.CHANGED: messages.changed,
    alerts.RIGHT: listings.notification,
    alerts.FREE: listings.notification,
    alerts.TEST: alerts.notification,
}
"""What each kind of alert shows, at the moment it is sent."""


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


def set_right() -> None:
    """Nothing is matched, and no wave told, later for a clock that was ahead."""
    with writing():
        matching.set_right(now())


def match(until: float = inf) -> bool:
    """Match every listing that is due, each in its own transaction; whether there was any."""
    return _one_by_one(
        matching.any_due, lambda at: matching.match_due(at, messages.opened_of), until
    )


def tell_waves(until: float = inf) -> bool:
    """Tell eight more families of each offer whose time has come; whether there was any."""
    return _one_by_one(
        matching.any_wave_due, lambda at: matching.wave_due(at, messages.has_room), until
    )


def _one_by_one(
    any_due: Callable[[datetime], bool], take: Callable[[datetime], object], until: float
) -> bool:
    """Take up one after another, each in its own transaction, until that time of `monotonic()`."""
    taken = False
    while not taken or time.monotonic() < until:
        with reading():
            if not any_due(now()):
                return taken
        try:
            with writing():
                # Another worker may have taken the last one meanwhile.
                if take(now()) is None:
                    return taken
        except IntegrityError:
            log.info("another worker made the same pair first; looking again")
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", "") != DEADLOCK:
                raise
            log.info("another worker was at the same pair; looking again")
        taken = True
    return taken
