"""People at their phones, all at once, against a real site that comes and goes."""

import contextlib
import http.client
import random
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from json import dumps, loads
from types import SimpleNamespace
from typing import Any, Self

from tests.cast import Phone, Row
from tests.faults.doing import Doing

FINAL = ("done", "rejected", "conflict", "confirm")
PATIENCE_S = 15.0
BETWEEN_TRIES_S = 0.05
MOST_WAITING = 12
HANGS_UP = 0.03
SENDS_AGAIN = 0.2
Fault = (OSError, http.client.HTTPException)


@dataclass
class Reply:
    """What came back whole: a status and a body, as Flask's test client names them."""

    status_code: int
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read."""
        return loads(self.body)

    def get_data(self, as_text: bool) -> str | bytes:
        """The body, unread."""
        return self.body.decode() if as_text else self.body


class Wire:
    """A connection that is kept open, and opened anew after any fault."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port, self._cookie = port, cookie
        self._open: http.client.HTTPConnection | None = None

    def post(self, path: str, json: Any, headers: dict[str, str], heard: bool = True) -> Reply:
        """One request and its answer, read to the end; raises one of `Fault`.

        Unless it is to be `heard` it hangs up as soon as the request is sent, and so raises too.
        """
        if self._open is None:
            self._open = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_S)
        told = {"Content-Type": "application/json", "Cookie": f"milkwell={self._cookie}"}
        try:
            self._open.request("POST", path, dumps(json), headers | told)
            if not heard:
                raise ConnectionAbortedError("hung up")
            response = self._open.getresponse()
            return Reply(response.status, response.read())
        except Fault:
            self.close()
            raise

    def close(self) -> None:
        """Hang up; the next request opens it anew."""
        if self._open:
            self._open.close()
        self._open = None


class WirePhone(Phone):
    """A phone that speaks to a site's own processes."""

    wire: Wire

    @classmethod
    def of(cls, wire: Wire, person_id: uuid.UUID) -> Self:
        """A person's phone, signed in by the wire's cookie, holding nothing yet."""
        # The wire posts as Flask's own client does, and that is all a phone asks of it.
        phone = cls(wire, person_id)  # type: ignore[arg-type]
        phone.wire = wire
        return phone

    def hang_up_on(self, *operations: Row) -> None:
        """Send these and don't wait for the answer."""
        # A double that can do as little as is asked of it here.
        deaf = SimpleNamespace(post=partial(self.wire.post, heard=False))
        self.client = deaf  # type: ignore[assignment]
        try:
            with contextlib.suppress(ConnectionAbortedError):
                self.send(*operations)
        finally:
            self.client = self.wire  # type: ignore[assignment]

    def keep(self, answer: Row) -> None:
        """Lay what came into the rows that it holds."""
        self._keep(answer)


@dataclass
class Deed:
    """An operation that a phone sent, every answer to it, and when a request with it broke."""

    operation: Row
    answers: list[Row] = field(default_factory=list)
    broken_at: list[float] = field(default_factory=list)

    @property
    def final(self) -> Row | None:
        """The first answer that is for good: with it the operation is acknowledged."""
        return next((answer for answer in self.answers if answer["outcome"] in FINAL), None)

    @property
    def outcome(self) -> str:
        """What was acknowledged; empty where nothing was."""
        return str(self.final["outcome"]) if self.final else ""


class Client(threading.Thread):
    """One person who goes on doing things until told to finish, and sends again what had no answer.

    `deeds` is everything that she did, in order. Of what was acknowledged some is sent again too,
    as a phone does whose store was put back.
    """

    def __init__(
        self, wire: Wire, person_id: uuid.UUID, doing: Doing, chance: random.Random
    ) -> None:
        super().__init__(daemon=True, name=doing.name)
        self.doing, self.chance = doing, chance
        self.phone = WirePhone.of(wire, person_id)
        self.deeds: dict[str, Deed] = {}
        self.refusals: list[str] = []
        self.answered = self.broken = 0
        self.failure: BaseException | None = None
        self._finishing, self._leaving = threading.Event(), threading.Event()

    def run(self) -> None:
        """Act, send, and send again; ends when told to finish and all is acknowledged."""
        try:
            while not (self._leaving.is_set() or (self._finishing.is_set() and not self.waiting())):
                self._turn()
        except BaseException as failure:
            self.failure = failure

    def finish(self) -> None:
        """Do nothing new, and end when everything is acknowledged."""
        self._finishing.set()

    def leave(self) -> None:
        """End, whatever is acknowledged."""
        self._leaving.set()
        self.join(PATIENCE_S)

    @property
    def device(self) -> uuid.UUID:
        """Her phone's own id."""
        return uuid.UUID(self.phone.device)

    def unlike_a_new_phone(self) -> list[str]:
        """Rows that her phone holds otherwise than one that begins with nothing, after quiet."""
        # The one that was open may have been idle for longer than the server waits.
        self.phone.wire.close()
        new = WirePhone.of(self.phone.wire, self.phone.person_id)
        for phone in (self.phone, new, self.phone, new):
            phone.sync()
        self.phone.wire.close()
        held, right = self.phone.rows, new.rows
        return [
            f"{self.name}: {' '.join(key)} {row_id}"
            for key in {*held, *right}
            for row_id in {*held.get(key, {}), *right.get(key, {})}
            if held.get(key, {}).get(row_id) != right.get(key, {}).get(row_id)
        ]

    def waiting(self) -> list[Deed]:
        """What is not acknowledged yet, in the order in which it was done."""
        # A copy: another thread may be asking while she goes on.
        return [deed for deed in [*self.deeds.values()] if deed.final is None]

    def _turn(self) -> None:
        waiting = self.waiting()
        if not self._finishing.is_set() and len(waiting) < MOST_WAITING:
            for operation in self.doing.next(self.phone):
                self.deeds[operation["id"]] = Deed(operation)
            waiting = self.waiting()
        sent = self._and_again(waiting)
        try:
            self._exchange(sent)
        except Fault:
            self.broken += 1
            for deed in waiting:
                deed.broken_at.append(time.time())
            time.sleep(BETWEEN_TRIES_S)

    def _and_again(self, waiting: Sequence[Deed]) -> list[Deed]:
        """What waits, and now and then something that needn't be sent at all, anywhere between."""
        sent = [*waiting]
        known = [*self.deeds.values()]
        if self.chance.random() < SENDS_AGAIN:
            for deed in self.chance.sample(known, min(3, len(known))):
                if deed.final:
                    sent.insert(self.chance.randint(0, len(sent)), deed)
        return sent

    def _exchange(self, sent: Sequence[Deed]) -> None:
        operations = [deed.operation for deed in sent]
        if self.chance.random() < HANGS_UP:
            # The same again while the first may still be under way in another process.
            self.phone.hang_up_on(*operations)
        reply = self.phone.send(*operations)
        if reply.status_code != HTTPStatus.OK:
            self.refusals.append(f"{reply.status_code} {reply.get_data(as_text=True)[:200]}")
            raise http.client.HTTPException(reply.status_code)
        answer = reply.json
        for result in answer.get("results", []):
            deed = self.deeds[result["id"]]
            deed.answers.append({name: result[name] for name in result if name != "rows"})
            self.doing.heard(deed.operation, result["outcome"])
        self.phone.keep(answer)
        self.answered += 1
