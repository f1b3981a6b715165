"""A push service that takes everything at once, and counts what came to each endpoint.

It checks nothing and keeps no text: where thousands a second are sent, it must not be what takes
the time. The double that checks is `tests/browser/push_service.py`.
"""

import asyncio
import ssl
import threading
from collections import Counter
from typing import Self

CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


class PushCounter:
    """The service in a thread of its own: `with PushCounter() as push: … push.origin …`.

    `delay_s` passes before each answer; `received` is how often each path was pushed to.
    """

    def __init__(self, context: ssl.SSLContext | None = None, delay_s: float = 0) -> None:
        self.received: Counter[str] = Counter()
        self.delay_s = delay_s
        self.open: set[asyncio.Transport] = set()
        self._context = context
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        serving = self._loop.create_server(
            lambda: _Connection(self), "127.0.0.1", 0, ssl=self._context
        )
        self._server = asyncio.run_coroutine_threadsafe(serving, self._loop).result(10)
        scheme = "https" if self._context else "http"
        self.origin = f"{scheme}://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *_error: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        for transport in [*self.open]:
            transport.abort()
        # Once round the loop, so that what was broken off is closed too.
        await asyncio.sleep(0)


class _Connection(asyncio.Protocol):
    def __init__(self, service: PushCounter) -> None:
        self._service = service
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._service.open.add(transport)

    def connection_lost(self, _error: Exception | None) -> None:
        self._service.open.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._rest += data
        while self._take_one():
            pass

    def _take_one(self) -> bool:
        head, end, body = self._rest.partition(b"\r\n\r\n")
        if not end:
            return False
        lowered = head.lower()
        at = lowered.find(b"content-length:")
        length = int(lowered[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(body) < length:
            return False
        self._rest = body[length:]
        self._service.received[head.split(b" ", 2)[1].decode()] += 1
        if self._service.delay_s:
            asyncio.get_running_loop().call_later(self._service.delay_s, self._answer)
        else:
            self._answer()
        return True

    def _answer(self) -> None:
        if not self._transport.is_closing():
            self._transport.write(CREATED)
