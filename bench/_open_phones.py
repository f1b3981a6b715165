"""Phones with a conversation open, each on a connection that it keeps, in one event loop."""

import asyncio
import json
import random
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import brotli

from bench._phone import ASKED, BROWSER, instant
from tests.cast import operation

BEAT_S = 4.5
"""As in static/js/phone/triggers.js, while a conversation is as lively as can be."""


class Wire:
    """HTTP/1.1 to a port of this machine, one request after another."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port = port
        named = {"Host": f"127.0.0.1:{port}", "Cookie": f"milkwell={cookie}"}
        self._head = _lines(BROWSER | named | ASKED | {"Origin": f"http://127.0.0.1:{port}"})
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()

    async def ask(self, path: str, body: dict[str, Any] | None = None) -> tuple[int, bytes, float]:
        """Status, body and the seconds that it took; a POST where there is a body."""
        sent = json.dumps(body, separators=(",", ":")).encode() if body else b""
        method = "POST" if body else "GET"
        head = f"{method} {path} HTTP/1.1\r\n{self._head}Content-Length: {len(sent)}\r\n\r\n"
        async with self._turn:
            began = time.perf_counter()
            try:
                status, read = await self._once(head.encode() + sent)
            except (asyncio.IncompleteReadError, ConnectionError):
                self.close()
                status, read = await self._once(head.encode() + sent)
            return status, read, time.perf_counter() - began

    async def _once(self, request: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(request)
        first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        named = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
        read = await reader.readexactly(int(named.get("content-length", "0")))
        squeezed = named.get("content-encoding") == "br"
        return int(first.split()[1]), brotli.decompress(read) if squeezed else read

    def close(self) -> None:
        """Let the connection go."""
        if self._streams:
            self._streams[1].close()
        self._streams = None


@dataclass
class Letter:
    """A letter on its way, and since when."""

    began: float
    came: asyncio.Future[float]


@dataclass
class Counted:
    """Seconds that requests took, by what was asked, and how many were refused."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: int = 0


@dataclass
class OpenPhone:
    """One phone with a conversation open."""

    wire: Wire
    device: str = field(default_factory=lambda: str(uuid.uuid4()))
    cursors: dict[str, str] = field(default_factory=lambda: {"me": "", "near": ""})
    awaited: dict[str, Letter] = field(default_factory=dict)

    async def sync(self, counted: Counted, kind: str, *operations: Any) -> None:
        """Round trips until nothing more comes; a letter that was awaited is noted."""
        todo, more = [*operations], True
        while more:
            told = {"protocol": 1, "device": self.device, "cursors": self.cursors}
            body = told | {"sent_at": instant(), "operations": todo}
            status, read, seconds = await self.wire.ask("/api/sync", body)
            if status != 200:
                counted.refused += 1
                return
            answer = json.loads(read)
            scopes = answer.get("scopes", {})
            found = "beat" if kind == "beat" and not scopes else f"{kind} with news"
            counted.seconds[found if kind == "beat" else kind].append(seconds)
            kept = [self._keep(*each) for each in scopes.items()]
            todo = self._read(scopes)
            more = any(kept) or bool(todo)

    async def beat(self, counted: Counted, chance: random.Random) -> None:
        """Ask as a lively conversation does, until cancelled."""
        next_at = time.monotonic() + chance.uniform(0, BEAT_S)
        while True:
            await asyncio.sleep(max(0, next_at - time.monotonic()))
            next_at += BEAT_S
            await self.sync(counted, "beat")

    def _keep(self, name: str, scope: dict[str, Any]) -> bool:
        self.cursors[name] = scope["cursor"]
        return bool(scope.get("more"))

    def _read(self, scopes: dict[str, Any]) -> list[Any]:
        """What she tells when a letter came that she looks at."""
        told = []
        for row in scopes.get("me", {}).get("put", {}).get("message", []):
            if letter := self.awaited.pop(row["id"], None):
                letter.came.set_result(time.perf_counter() - letter.began)
                position = {"position": str(row["position"])}
                told.append(operation("conversation.read", row["conversation"], position))
        return told


def _lines(headers: dict[str, str]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items())
