"""Rounds of SIGKILL to workers that deliver, and whether each alert still got to its phone."""

import random
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import psycopg
from sqlalchemy import func, select, update

from tests.faults.push_counter import PushCounter
from tests.faults.waiting_alerts import tell_all
from tests.faults.workers import Workers
from webapp import alerts, create_app, sync
from webapp.alerts import Delivery
from webapp.alerts.models import DUE, SENT
from webapp.config import read_settings
from webapp.database import Base, db, now, reading, writing
from webapp.secrets import make_keys

ANSWERS_AFTER_S = 0.02
"""So that there is a time between sent and recorded."""
LATER_AT_MOST_S = 0.06
SERVICES = ("one.example", "two.example", "three.example")
"""What the one service is counted as: of one alone, a worker holds less than a batch."""
ALL_DIE = 0.5
"""In this part of the rounds, and in the last, all workers die at once; in the others one."""
QUIET_S = 0.5
SENDS_WITHIN_S = 100
"""A start and a lease: what the dead had claimed may be all that is left to send."""
AT_REST_WITHIN_S = 300

Say = Callable[[str], None]


@dataclass
class Report:
    """What was killed, what the dead had claimed and not recorded, and what became of it all."""

    alerts: int = 0
    killed: int = 0
    """Workers: several may die in one round."""
    held: list[tuple[int, int]] = field(default_factory=list)
    """Each time that none was left: how many deliveries the dead had claimed and not recorded,
    and how many had died since the last look."""
    received: Counter[str] = field(default_factory=Counter)
    """How often each phone was pushed to: it had one alert."""
    missing: set[str] = field(default_factory=set)
    unsettled: Counter[str] = field(default_factory=Counter)
    """Deliveries that came to rest otherwise than sent, by state and reason."""

    @property
    def repeats(self) -> int:
        """How many pushes more than there were alerts."""
        return self.received.total() - len(self.received)


@contextmanager
def own_database(server_url: str, name: str) -> Iterator[str]:
    """An empty database on a PostgreSQL server, as SQLAlchemy's URL."""
    plain = server_url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
        before, mark, options = plain.partition("?")
        yield f"{before.rpartition('/')[0]}/{name}{mark}{options}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run(
    data: Path,
    database_url: str,
    *,
    kills: int,
    count: int,
    workers: int = 1,
    seed: int = 1,
    hurry: bool = False,
    say: Say = print,
) -> Report:
    """Kill so many times while so many alerts go out; with `hurry` no lease is waited for."""
    with PushCounter(delay_s=ANSWERS_AFTER_S) as push:
        stage = _Stage(push, Workers(data, database_url, push.origin, workers), seed, hurry)
        try:
            return stage.play(kills, count, say)
        finally:
            stage.leave()


class _Stage:
    def __init__(self, push: PushCounter, workers: Workers, seed: int, hurry: bool) -> None:
        self.push, self.workers, self.hurry = push, workers, hurry
        self.chance = random.Random(seed)
        self.report = Report(received=push.received)
        self.held: set[tuple[uuid.UUID, datetime]] = set()
        self.looked_at = 0
        settings = read_settings(workers.environment)
        make_keys(settings.data)
        alerts.make_keys(settings.data)
        self.app = create_app(settings)

    def play(self, kills: int, count: int, say: Say) -> Report:
        """All of it; the report."""
        with self.app.app_context():
            Base.metadata.create_all(db.engine)
            with writing():
                sync.begin_timeline()
            told = tell_all(count, self.push.origin, SERVICES)
            self.report.alerts = count
            for number in range(1, kills + 1):
                left = count - len(self.push.received)
                self._round(left // (kills - number + 2), last=number == kills)
                say(f"kill {number} of {kills}, {len(self.push.received)} of {count} have come")
            self.workers.start(1)
            self._come_to_rest()
            self.workers.end()
            self.report.missing = told - self.push.received.keys()
            self._settled()
        return self.report

    def leave(self) -> None:
        """Leave no process and no connection behind."""
        self.workers.leave()
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def _round(self, share: int, last: bool) -> None:
        self.workers.start()
        self._await_pushes(self.chance.randint(1, max(1, 2 * share)))
        time.sleep(self.chance.uniform(0, LATER_AT_MOST_S))
        running = self.workers.running
        everybody = last or self.chance.random() < ALL_DIE
        # The oldest: the newest may still be starting, and hold nothing.
        dying = [*running] if everybody else running[:1]
        self.workers.kill(dying)
        self.report.killed += len(dying)
        if not running:
            self._look_at_held()

    def _await_pushes(self, more: int) -> None:
        """So many more have come, or all that can: what is killed then has been at work."""
        received, began = self.push.received, time.monotonic()
        first = newest = received.total()
        since = began
        while newest < first + more and self._any_due():
            if newest != received.total():
                newest, since = received.total(), time.monotonic()
            elif newest > first and time.monotonic() - since > QUIET_S:
                return
            self.workers.check()
            assert time.monotonic() - began < SENDS_WITHIN_S, self.workers.said()

    def _look_at_held(self) -> None:
        """What the dead had claimed. In a hurry, their lease is over now."""
        leased = select(Delivery.id, Delivery.due_at).where(
            Delivery.state == DUE, Delivery.due_at > now()
        )
        with reading() as session:
            held = {(row.id, row.due_at) for row in session.execute(leased)}
        self.report.held.append((len(held - self.held), self.report.killed - self.looked_at))
        self.held, self.looked_at = held, self.report.killed
        if self.hurry:
            with writing() as session:
                session.execute(update(Delivery).where(Delivery.state == DUE).values(due_at=now()))

    def _come_to_rest(self) -> None:
        deadline = time.monotonic() + AT_REST_WITHIN_S
        while self._any_due():
            self.workers.check()
            assert time.monotonic() < deadline, self.workers.said()

    def _any_due(self) -> bool:
        time.sleep(0.01)
        with reading() as session:
            return (
                session.scalar(select(Delivery.id).where(Delivery.state == DUE).limit(1))
                is not None
            )

    def _settled(self) -> None:
        counts = select(Delivery.state, Delivery.reason, func.count()).group_by(
            Delivery.state, Delivery.reason
        )
        with reading() as session:
            for state, reason, count in session.execute(counts):
                if state != SENT:
                    self.report.unsettled[f"{state} {reason}"] += count
