"""Push services, some of them broken in ways of their own, behind one loopback port.

Which service is asked stands first in the path: "/7/…" is the seventh.
"""

import asyncio
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any, Self

from sqlalchemy import insert

from tests.faults.waiting_alerts import subscription_keys
from webapp import geo
from webapp.alerts import RIGHT, Alert, Delivery, Device
from webapp.database import now, uuid7, writing
from webapp.listings import Listing
from webapp.people import Person

DRIPS, RESETS, BUSY, FAILS, HANGS = range(5)
BROKEN = range(5)
"""The first five services: drop by drop, cut off, 429, 500, and no answer at all."""
CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
ANSWERS = {
    BUSY: b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n",
    FAILS: b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
}
TAKES_S, DROP_S = 0.03, 0.5

Row = dict[str, Any]


class ScriptedServices:
    """The services in a thread of their own: `with ScriptedServices() as services: …`.

    `asked` counts requests by device, `came_at` is when each first came by `time.time()`, `most`
    how many were with a service at once. `mended` services answer as healthy ones do.
    """

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.came_at: dict[str, float] = {}
        self.at_once: Counter[int] = Counter()
        self.most: Counter[int] = Counter()
        self.mended = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        starting = asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=500)
        self._server = asyncio.run_coroutine_threadsafe(starting, self._loop).result(10)
        self.host = f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *_error: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                _before, _name, rest = head.lower().partition(b"content-length:")
                await reader.readexactly(int(rest.split(b"\r\n", 1)[0]))
                _empty, service, device = head.split(b" ", 2)[1].decode().split("/")
                await self._answer(int(service), device, writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            # The other side hung up, or all is over.
            pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, service: int, device: str, writer: asyncio.StreamWriter) -> None:
        self.asked[device] += 1
        self.came_at.setdefault(device, time.time())
        self.at_once[service] += 1
        self.most[service] = max(self.most[service], self.at_once[service])
        try:
            if self.mended or service not in BROKEN:
                await asyncio.sleep(TAKES_S)
                writer.write(CREATED)
            else:
                await self._fail(service, writer)
        finally:
            self.at_once[service] -= 1

    async def _fail(self, service: int, writer: asyncio.StreamWriter) -> None:
        if service in ANSWERS:
            writer.write(ANSWERS[service])
        elif service == RESETS:
            writer.transport.abort()
        elif service == HANGS:
            await asyncio.sleep(3600)
        else:
            for drop in CREATED:
                writer.write(bytes([drop]))
                await writer.drain()
                await asyncio.sleep(DROP_S)


class Teller:
    """Tells alerts to phones of so many services, in turn; each to a phone of its own."""

    def __init__(self, host: str, services: int) -> None:
        self._host, self._services, self._told = host, services, 0
        self._keys = subscription_keys()
        self._person_id = uuid7()
        person = {"email": "ana@example.org", "password_hash": "nobody signs in", "name": "Ana"}
        hours = {"quiet_from": 0, "quiet_until": 0, "welcomed_at": now()}
        with writing() as session:
            session.execute(insert(Person), [{"id": self._person_id, **person, **hours}])

    def tell(self, count: int) -> dict[str, int]:
        """Commit so many alerts that are due now; {device: its service}."""
        kinds: tuple[Any, ...] = (Listing, Device, Alert, Delivery)
        rows = [self._one((self._told + number) % self._services) for number in range(count)]
        self._told += count
        with writing() as session:
            for kind, told in zip(kinds, zip(*rows, strict=True), strict=True):
                session.execute(insert(kind), [*told])
        return {device["id"].hex: int(device["service"].split(".")[0]) for _l, device, *_r in rows}

    def _one(self, service: int) -> tuple[Row, Row, Row, Row]:
        cell = geo.home_cell(48.2085, 16.3721, lambda _cell: 1_700_000)
        device, alert, hers = uuid7(), uuid7(), {"person_id": self._person_id}
        listing = {
            "id": uuid7(),
            "kind": "offer",
            "cell": cell,
            "feed_cell": geo.feed_cell(cell),
            "reach_km": 16,
            "open_days": 30,
            "match_due_at": None,
            **hers,
            "expires_at": now() + timedelta(days=30),
        }
        phone = {
            "id": device,
            "service": f"{service}.push.apple.com",
            **hers,
            "endpoint": f"http://{self._host}/{service}/{device.hex}",
            "p256dh": self._keys[0],
            "auth": self._keys[1],
        }
        told = {"id": alert, "kind": RIGHT, "listing_id": listing["id"], "made_at": now(), **hers}
        due = {"id": uuid7(), "alert_id": alert, "device_id": device, "due_at": now()}
        return listing, phone, told, due
