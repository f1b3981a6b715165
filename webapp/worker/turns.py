"""The turns of a worker: what is done how often, and what comes through."""

import logging
import signal
import threading
import time
from collections.abc import Callable

from flask import Flask, current_app

from webapp import alerts, rights
from webapp.config import Settings
from webapp.database import db, now, writing
from webapp.worker.chores import ask, expire, match, render, set_right, tell_waves

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
"""Between two looks at what is due: a quarter of the two seconds an alert may take."""
TURN_SECONDS = 0.02
"""Between two turns of a sender that has much to do: several answers are recorded at once."""
MATCHING_SECONDS = 0.25
"""Of matching at a time: alerts that are due go out in between."""
PAUSE_AFTER_TROUBLE_SECONDS = 2.0
MAIL_SECONDS = 2.0
WIPE_SECONDS = 60.0
"""Between two looks whether what was erased is still to be wiped off the disk."""
SET_RIGHT_SECONDS = 60.0
"""Between two looks whether matching waits for a time that a wrong clock named."""
JUMP_SECONDS = 2.0
"""So far apart from the machine's steady clock, the time of day has been set."""
ENDING_SECONDS = 11.0
"""For what is on its way when told to stop: a push has 10 s."""


def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT. Any trouble is logged and tried again, never the end."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    # The proxy stands for nothing in another thread; this is how Flask says to get behind it.
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    post = threading.Thread(target=_post, args=(app, settings, stop), name="mail", daemon=True)
    post.start()
    keys = alerts.read_keys(settings.data)
    with alerts.Sender(keys, settings.subscriber, settings.push_host) as sender:
        turns = Turns(sender, settings)
        while not stop.is_set():
            turns.turn(stop)
        Again(0, lambda: alerts.finish(sender, ENDING_SECONDS)).look()
    post.join(PAUSE_AFTER_TROUBLE_SECONDS)


class Turns:
    """The worker's turns: what happens at its times, and in each turn what is to be sent."""

    def __init__(self, sender: alerts.Sender, settings: Settings) -> None:
        self._sender = sender
        clock = Clock()
        self._works = (
            Again(0, lambda: look_at(clock, sender)),
            Again(PAUSE_SECONDS, chores),
            Again(PAUSE_SECONDS, lambda: take_up_keys(sender, settings)),
            Again(alerts.BEAT_SECONDS, beat),
            Again(WIPE_SECONDS, rights.wipe),
            Again(SET_RIGHT_SECONDS, set_right),
            Again(0, lambda: alerts.pump(sender, render)),
        )

    def turn(self, stop: threading.Event) -> None:
        """One turn, with a rest behind it."""
        left = [work.look() for work in self._works]
        db.session.remove()
        busy = any(left) or self._sender.in_hand.claims
        stop.wait(TURN_SECONDS if busy else PAUSE_SECONDS)


class Again:
    """Work that is done every so many seconds of the steady clock, sooner where more is left.

    Its trouble is logged and holds up nothing else.
    """

    def __init__(self, seconds: float, work: Callable[[], object]) -> None:
        self._seconds, self._work, self._next = seconds, work, 0.0

    def look(self) -> bool:
        """Do it where it is time; whether more is left."""
        began, more = time.monotonic(), False
        if began < self._next:
            return False
        try:
            more = self._work() is True
            self._next = began if more else began + self._seconds
        except Exception:
            log.exception("something is in the way")
            db.session.remove()
            self._next = began + max(self._seconds, PAUSE_AFTER_TROUBLE_SECONDS)
        return more


class Clock:
    """Notices when the time of day is set, beside the machine's steady clock."""

    def __init__(self) -> None:
        self._apart = self._difference()

    def jumped(self) -> bool:
        """Whether it was set since the last look."""
        before, self._apart = self._apart, self._difference()
        jumped = abs(self._apart - before) > JUMP_SECONDS
        if jumped:
            log.warning("the clock was set by %.0f seconds", self._apart - before)
        return jumped

    @staticmethod
    def _difference() -> float:
        return now().timestamp() - time.monotonic()


def look_at(clock: Clock, sender: alerts.Sender) -> None:
    """Where the clock was set, what is due later is looked at now: welcome hours decide."""
    if clock.jumped():
        alerts.clock_jumped(sender)


def beat() -> None:
    """Say that a worker is at work."""
    with writing():
        alerts.beat()


def take_up_keys(sender: alerts.Sender, settings: Settings) -> None:
    """Sign with the newest keys: a phone may have subscribed with them a moment ago."""
    keys = alerts.read_keys(settings.data)
    if keys != sender.keys:
        sender.use(keys)


def chores() -> bool:
    """What is due now, except sending; whether something is left for lack of time."""
    until = time.monotonic() + MATCHING_SECONDS
    expire()
    ask()
    match(until)
    tell_waves(until)
    return time.monotonic() >= until


def work_once(sender: alerts.Sender) -> bool:
    """Do what is due now and wait until all is sent; returns whether there was anything."""
    try:
        return any([expire(), ask(), match(), tell_waves(), alerts.deliver(sender, render) > 0])
    finally:
        db.session.remove()


def _post(app: Flask, settings: Settings, stop: threading.Event) -> None:
    """Letters by e-mail, in a thread of their own: a mail server may be slow."""
    with app.app_context():
        mailer = alerts.mailer(settings)
        work = Again(MAIL_SECONDS, lambda: alerts.post(mailer, render) > 0)
        while not stop.is_set():
            work.look()
            db.session.remove()
            stop.wait(PAUSE_SECONDS)
