"""How many entries a second are claimed from the queue, and done, beside huey's on SQLite."""

import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask_migrate import upgrade
from huey import SqliteHuey
from sqlalchemy import delete, func, select

from tests.faults.waiting_alerts import tell_all
from webapp import create_app, sync
from webapp.alerts import Alert, Delivery, Device
from webapp.alerts.answers import Claim, Outcome
from webapp.alerts.models import SENT
from webapp.alerts.push_services import BATCH, Services
from webapp.alerts.queue import claim_deliveries
from webapp.alerts.recording import record
from webapp.config import read_settings
from webapp.database import db, now, reading, writing
from webapp.listings import Listing
from webapp.people import Person
from webapp.secrets import make_keys

COUNT, ROUNDS = 2000, 3
HOSTS = [f"{number}.notify.windows.com" for number in range(20)]


class Roomy(Services):
    """Push services of which each takes whatever there is."""

    def room(self, service: str) -> int:
        """A whole batch."""
        return BATCH


def claim_ours() -> float:
    """Seconds to claim all, a batch in each transaction, as a worker does."""
    services, claimed = Roomy(), 0
    began = time.perf_counter()
    while claimed < COUNT:
        with writing():
            claimed += len(claim_deliveries(services, now(), BATCH))
    return time.perf_counter() - began


def finish_ours() -> float:
    """Seconds to claim all and to record each as sent; a batch's end with the next one's claim."""
    services, claims, done = Roomy(), list[Claim](), 0
    began = time.perf_counter()
    while done < COUNT:
        with writing():
            record([Outcome(claim, SENT) for claim in claims], now())
            done += len(claims)
            claims = claim_deliveries(services, now(), BATCH)
    took = time.perf_counter() - began
    with reading() as session:
        if session.scalar(select(func.count()).where(Delivery.state == SENT)) != COUNT:
            raise RuntimeError("not everything was recorded")
    return took


def ours(work: Callable[[], float]) -> float:
    """The best of some rounds, each with as many deliveries that are due."""
    best = float("inf")
    for _ in range(ROUNDS):
        tell_all(COUNT, "https://127.0.0.1", HOSTS)
        best = min(best, work())
        with writing() as session:
            for model in (Delivery, Alert, Device, Listing, Person):
                session.execute(delete(model))
    return best


def theirs(folder: Path) -> tuple[float, float]:
    """Seconds in which huey dequeues all; in which it executes them too, and stores each result."""
    huey = SqliteHuey("bench", filename=str(folder / "huey.db"), fsync=True)

    @huey.task()
    def nothing(_delivery_id: str, _device_id: str) -> bool:
        """What is to be done for one, which takes no time."""
        return True

    times: tuple[list[float], list[float]] = ([], [])
    for executes in (False, True) * ROUNDS:
        for number in range(COUNT):
            nothing(f"{number:032x}", f"{number:032x}")
        began = time.perf_counter()
        for _ in range(COUNT):
            task = huey.dequeue()
            if executes:
                huey.execute(task)
        times[executes].append(time.perf_counter() - began)
    return min(times[False]), min(times[True])


def main() -> None:
    """Run both in turn and print the figures."""
    with tempfile.TemporaryDirectory(prefix="milkwell-queue-") as folder:
        settings = read_settings({**os.environ, "MILKWELL_DATA": folder, "DATABASE_URL": ""})
        make_keys(settings.data)
        with create_app(settings).app_context():
            upgrade()
            with writing():
                sync.begin_timeline()
            own = ours(claim_ours), ours(finish_ours)
            db.session.remove()
            db.engine.dispose()
        peer = theirs(Path(folder))
    for name, here, there, beside in (
        ("claims", own[0], peer[0], "huey on SQLite, dequeue(), synchronous=FULL"),
        ("done", own[1], peer[1], "huey on SQLite, dequeue() and execute(), results stored"),
    ):
        for figure, value, unit in (
            (name, round(COUNT / here), "1/s"),
            (f"{name}_of_peer", round(COUNT / there), "1/s"),
            (f"speedup_{name}", round(there / here, 2), "ratio"),
        ):
            line = {"bench": "queue", "figure": figure, "value": value, "unit": unit}
            print(json.dumps({**line, "peer": beside}))


if __name__ == "__main__":
    main()
