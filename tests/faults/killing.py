"""Rounds of SIGKILL under the load of six people, and what was true at the end."""

import base64
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pysqlite3
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import func, select

from tests.browser.push_service import PushService
from tests.cast import GRESHAM, PORTLAND, Cast
from tests.faults.audit import DIVERGED, Findings, audit
from tests.faults.clients import Client, Wire
from tests.faults.doing import Doing
from tests.faults.mortal import SERVER, WORKER, Mortal
from webapp import alerts, create_app, matching, rights, sync
from webapp.alerts import Delivery
from webapp.alerts.models import DUE
from webapp.config import read_settings
from webapp.database import db, now, reading, writing

KILLS = {(SERVER, WORKER): 6, (SERVER,): 2, (WORKER,): 2}
SHORTEST_S, LONGEST_S = 0.05, 0.6
UNDER_LOAD = 0.8
"""Of ten kills two come while it may still be starting."""
LOOKS_EVERY = 10
QUIET_WITHIN_S = 150
STRANDED_AFTER_S = 20
PEOPLE = (
    ("Ana", "offer", GRESHAM),
    ("Bea", "offer", PORTLAND),
    ("Cleo", "offer", GRESHAM),
    ("Dora", "request", PORTLAND),
    ("Edda", "request", GRESHAM),
    ("Flor", "request", PORTLAND),
)

Say = Callable[[str], None]


@dataclass
class Report:
    """What happened, and what was found wrong; `file` is what SQLite says of it, "ok" each time."""

    rounds: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    broken: int = 0
    file: Counter[str] = field(default_factory=Counter)
    refusals: list[str] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)


def run(rounds: int, seed: int, places: Path, say: Say, until_sent: bool = False) -> Report:
    """Kill so many times, let it come to rest, and look. With `until_sent` every alert is out too.

    That takes a minute longer: what a worker held when it died waits until its lease runs out.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        PushService() as push,
        Mortal(Path(folder), places, push.origin) as site,
    ):
        return _Stage(site, push, seed, say).play(rounds, until_sent)


class _Stage:
    def __init__(self, site: Mortal, push: PushService, seed: int, say: Say) -> None:
        self.site, self.chance, self.say = site, random.Random(seed), say
        self.app = create_app(read_settings(site.environment))
        with self.app.app_context():
            self.clients = [self._client(push, seed, *person) for person in PEOPLE]
        self.let_go()
        self.report = Report()

    def play(self, rounds: int, until_sent: bool) -> Report:
        for client in self.clients:
            client.start()
        for number in range(1, rounds + 1):
            self._round(number)
            self.say(f"round {number} of {rounds}")
        self._finish()
        self.say("everybody has come to an end")
        self._come_to_rest(until_sent)
        self.say("the worker has nothing left to do")
        unlike = [words for client in self.clients for words in client.unlike_a_new_phone()]
        self.site.end()
        self.say("both programs have ended")
        self._look()
        with self.app.app_context(), reading():
            self.report.findings = audit(self.clients)
        self.report.findings.wrong[DIVERGED] = unlike
        self.let_go()
        self.report.rounds = rounds
        self.report.broken = sum(client.broken for client in self.clients)
        self.report.refusals = [said for client in self.clients for said in client.refusals]
        return self.report

    def _finish(self) -> None:
        """Let everybody come to an end; who hears nothing new for long is stranded."""
        for client in self.clients:
            client.finish()
        open_ones, since = -1, time.monotonic()
        while any(client.is_alive() for client in self.clients):
            left = sum(len(client.waiting()) for client in self.clients)
            if left != open_ones:
                open_ones, since = left, time.monotonic()
            elif time.monotonic() - since > STRANDED_AFTER_S:
                break
            time.sleep(0.1)
        for client in self.clients:
            client.leave()
        self._raise_failures()

    def _round(self, number: int) -> None:
        if self.chance.random() < UNDER_LOAD:
            self._await_answers()
        time.sleep(self.chance.uniform(SHORTEST_S, LONGEST_S))
        programs = self.chance.choices([*KILLS], [*KILLS.values()])[0]
        self.site.kill(*programs)
        self.report.kills[" and ".join(programs)] += 1
        if number % LOOKS_EVERY == 0:
            self.site.kill(*{SERVER, WORKER}.difference(programs))
            self._look()
        if not self.site.answers():
            self._begin()
        self.site.start()
        self._raise_failures()

    def _await_answers(self) -> None:
        """Somebody has been answered since now: what is killed next dies at work."""
        before, deadline = self._answered(), time.monotonic() + QUIET_WITHIN_S
        while self._answered() == before:
            self._raise_failures()
            assert time.monotonic() < deadline, "nobody is answered"
            time.sleep(0.01)

    def _answered(self) -> int:
        return sum(client.answered for client in self.clients)

    def _raise_failures(self) -> None:
        for client in self.clients:
            if client.failure:
                raise RuntimeError(f"{client.name} came to a stop") from client.failure

    def _begin(self) -> None:
        """As `flask begin` does before a server starts, without starting a program for it."""
        with self.app.app_context():
            with writing():
                sync.begin_timeline()
            rights.wipe()
        self.let_go()

    def let_go(self) -> None:
        """Close the database here: it is the site that is to find it as it was left."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def _look(self) -> None:
        with closing(pysqlite3.connect(self.site.data / "milkwell.db")) as database:
            said = [row[0] for row in database.execute("PRAGMA integrity_check")]
            said += [
                f"a key leads nowhere: {row}"
                for row in database.execute("PRAGMA foreign_key_check")
            ]
        self.report.file.update(said)

    def _come_to_rest(self, until_sent: bool) -> None:
        deadline = time.monotonic() + QUIET_WITHIN_S
        while self._busy(until_sent):
            assert time.monotonic() < deadline, "the worker does not come to an end"
            time.sleep(0.2)

    def _busy(self, until_sent: bool) -> bool:
        with self.app.app_context(), reading() as session:
            due = select(func.count()).where(Delivery.state == DUE)
            sending = until_sent and bool(session.scalar(due))
            return matching.any_due(now()) or sending

    def _client(
        self, push: PushService, seed: int, name: str, kind: str, home: tuple[float, float, int]
    ) -> Client:
        phone = Cast(self.app).somebody(name, home, time_zone=_where_it_is_day())
        cookie = phone.client.get_cookie("milkwell")
        assert cookie
        chance = random.Random(f"{seed} {name}")
        wire = Wire(self.site.port, cookie.value)
        client = Client(wire, phone.person_id, Doing(name, kind, chance), chance)
        with writing():
            device = alerts.bind(phone.person_id, client.device)
            alerts.subscribe(device, push.subscribe(), *_keys())
        return client


def _keys() -> tuple[str, str]:
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    public, secret = (
        base64.urlsafe_b64encode(raw).rstrip(b"=").decode() for raw in (point, os.urandom(16))
    )
    return public, secret


def _where_it_is_day() -> str:
    """A zone without quiet hours in the next hour."""
    return "UTC" if 8 <= datetime.now(UTC).hour < 20 else "Etc/GMT-12"
