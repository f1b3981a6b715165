"""Many alerts over fifty push services of which five are broken, through the real worker."""

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from flask_migrate import upgrade

from tests.alerts.scripted_services import BROKEN, ScriptedServices, Teller
from tests.faults.workers import Workers
from webapp import alerts, create_app, sync
from webapp.config import read_settings
from webapp.database import db, now, reading, writing
from webapp.secrets import make_keys

SERVICES = 50
AT_ONCE, EVERY_S = 50, 0.5
"""A hundred alerts a second: what a large city has on its worst evening in an hour."""
SETTLES_WITHIN_S = 30


@dataclass
class Report:
    """How it went: seconds from commit to request of the healthy services, and what is missing."""

    waits: list[float]
    missing: int
    repeats: int
    asked_broken: int


def run(count: int) -> Report:
    """Tell so many alerts at an even pace to a worker of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="milkwell-broken-") as folder,
        ScriptedServices() as far,
    ):
        settings = read_settings({**os.environ, "MILKWELL_DATA": folder, "DATABASE_URL": ""})
        workers = Workers(Path(folder), settings.database_url, f"http://{far.host}", at_once=1)
        make_keys(settings.data)
        alerts.make_keys(settings.data)
        with create_app(settings).app_context():
            upgrade()
            with writing():
                sync.begin_timeline()
            try:
                workers.start()
                _await_worker(workers)
                return _told(Teller(far.host, SERVICES), count, far)
            finally:
                workers.leave()
                db.session.remove()
                db.engine.dispose()


def _await_worker(workers: Workers) -> None:
    while True:
        workers.check()
        with reading():
            if alerts.worker_at_work(now()):
                return
        time.sleep(0.1)


def _told(teller: Teller, count: int, far: ScriptedServices) -> Report:
    committed: dict[str, float] = {}
    broken: set[str] = set()
    began = time.monotonic()
    for number in range(count // AT_ONCE):
        time.sleep(max(0.0, began + number * EVERY_S - time.monotonic()))
        told = teller.tell(AT_ONCE)
        at = time.time()
        committed |= dict.fromkeys((device for device, of in told.items() if of not in BROKEN), at)
        broken |= {device for device, of in told.items() if of in BROKEN}
        if number % 20 == 19:
            print(f"{(number + 1) * AT_ONCE} of {count} told", file=sys.stderr)
    deadline = time.monotonic() + SETTLES_WITHIN_S
    while not committed.keys() <= far.asked.keys() and time.monotonic() < deadline:
        time.sleep(0.1)
    came = [device for device in committed if device in far.came_at]
    return Report(
        waits=sorted(max(0.0, far.came_at[device] - committed[device]) for device in came),
        missing=len(committed) - len(came),
        repeats=sum(far.asked[device] - 1 for device in came),
        asked_broken=sum(far.asked[device] for device in broken),
    )
