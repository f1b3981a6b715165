"""Sending through push services: the only place that knows `webpush`, and that calls them."""

import asyncio
import copy
import logging
import threading
import time
import uuid
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

import aiohttp
import jwt
from webpush import WebPush
from webpush.vapid import VAPID

from webapp.alerts.answers import AT_ONCE, Answer, Answered, InHand, Push, understand
from webapp.alerts.connecting import NotPublic, open_socket
from webapp.alerts.keys import Keys
from webapp.alerts.push_services import BATCH, Services, is_push_service

log = logging.getLogger(__name__)

PATIENCE = aiohttp.ClientTimeout(total=10)
"""For all of a request: a service that answers drop by drop has no longer."""
TOKEN_LASTS = 12 * 3600
ADDRESSES_LAST_SECONDS = 300
LOOKING_UP = 32
"""Names looked up at once: a resolver that hangs on some leaves threads to the others."""


class _Subscription(NamedTuple):
    """What `webpush` reads of one. Its own type checks again what was checked when it was saved."""

    endpoint: str
    keys: Push


class PortedVapid(VAPID):
    """VAPID whose audience keeps its port, and whose header is signed once an audience."""

    def __init__(self, keys: Keys) -> None:
        super().__init__(BytesIO(keys.private_pem), BytesIO(keys.public_pem))
        self._key = keys.application_server_key
        self._cached: dict[str, tuple[float, str]] = {}

    def get_authorization_header(self, endpoint: Any, subscriber: Any, expiration: int) -> str:
        """The Authorization header for this endpoint's origin, good for half its time at least."""
        parts = urlsplit(str(endpoint))
        audience = f"{parts.scheme}://{parts.netloc}"
        made_at, header = self._cached.get(audience, (0.0, ""))
        # Made later than now: the clock was set back, and its end would lie too far ahead.
        if made_at <= time.time() < made_at + expiration / 2:
            return header
        made_at = time.time()
        claims = {
            "aud": audience,
            "exp": int(made_at) + expiration,
            "sub": f"mailto:{subscriber}",
        }
        token = jwt.encode(claims, key=self.private_key, algorithm="ES256")
        header = f"vapid t={token}, k={self._key}"
        self._cached[audience] = (made_at, header)
        return header


class Sender:
    """Encrypts and sends pushes, in a thread of its own; ended at the end of `with`.

    `submit()` never waits; answers are fetched with `answers()`. Never raises for what a service
    does. `services` counts what is on its way, `in_hand` is what its worker has yet to record.
    """

    def __init__(self, keys: Keys, subscriber: str, test_host: str = "") -> None:
        self.services = Services()
        self.in_hand = InHand()
        self._test_host, self._subscriber = test_host, subscriber
        self._came: deque[Answered] = deque()
        self._something = threading.Event()
        self._thread: threading.Thread | None = None
        self._loop = asyncio.new_event_loop()
        self._session: aiohttp.ClientSession | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self.use(keys)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._thread:
            asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()

    def use(self, keys: Keys) -> None:
        """Sign with these keys from now on; the pair before them, where a phone still needs it."""
        pairs = [keys, keys.before] if keys.before else [keys]
        self._keys = keys
        self._builders = {pair.id: self._builder(pair) for pair in pairs}

    @property
    def keys(self) -> Keys:
        """The keys that it signs with."""
        return self._keys

    def submit(self, push: Push) -> None:
        """Send this when its turn comes: at once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
            self._thread.start()
        self._loop.call_soon_threadsafe(self._begin, push)

    def answers(self, wait_s: float = 0) -> list[Answered]:
        """What has been answered since; waits up to so long for the first."""
        if wait_s:
            self._something.wait(wait_s)
        self._something.clear()
        return [self._came.popleft() for _ in range(len(self._came))]

    def send(self, pushes: Sequence[Push]) -> list[tuple[uuid.UUID, Answer]]:
        """Send all of these and wait: an answer for each, in their order."""
        for push in pushes:
            self.submit(push)
        came: dict[uuid.UUID, Answer] = {}
        while len(came) < len(pushes):
            came |= {push.delivery_id: answer for push, answer, _s in self.answers(1)}
        return [(push.delivery_id, came[push.delivery_id]) for push in pushes]

    def build(self, push: Push) -> tuple[bytes, dict[str, str]]:
        """The encrypted body and the headers. Raises ValueError for keys that are none."""
        # A `ttl` given to get() sticks to the object for whoever comes next, so each has its own.
        builder = copy.copy(self._builders.get(push.key_id) or self._builders[self._keys.id])
        builder.ttl = int(push.lasts.total_seconds())
        message = builder.get(push.body, _Subscription(push.endpoint, push))
        more = {"Urgency": push.urgency, "Topic": push.topic[:32]}
        return message.encrypted, {**message.headers, **more}

    def _builder(self, keys: Keys) -> WebPush:
        builder = WebPush(
            private_key=BytesIO(keys.private_pem),
            public_key=BytesIO(keys.public_pem),
            subscriber=self._subscriber,
            expiration=TOKEN_LASTS,
        )
        builder.vapid = PortedVapid(keys)
        return builder

    def _begin(self, push: Push) -> None:
        task = self._loop.create_task(self._carry(push))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _carry(self, push: Push) -> None:
        began = time.monotonic()
        try:
            answer = await self._post(push)
        except Exception:
            # Whatever it is, whoever waits for an answer gets one.
            log.exception("a push failed in an unknown way")
            answer = Answer(again_after=AT_ONCE, reason="failed")
        self._came.append(Answered(push, answer, time.monotonic() - began))
        self._something.set()

    async def _post(self, push: Push) -> Answer:
        if not is_push_service(push.endpoint, self._test_host):
            return Answer(gone=True, reason="not a push service")
        try:
            encrypted, headers = self.build(push)
        except ValueError:
            return Answer(gone=True, reason="unusable keys")
        # One session for good: its connections stay open.
        session = self._session = self._session or self._new_session()
        try:
            # Of the answer the head is enough: the body is never read.
            async with session.post(
                push.endpoint, data=encrypted, headers=headers, allow_redirects=False
            ) as response:
                return understand(response.status, response.headers.get("Retry-After", ""))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            if isinstance(getattr(error, "os_error", None), NotPublic):
                return Answer(again_after=AT_ONCE, reason="not a public address")
            return Answer(again_after=AT_ONCE, reason="unreachable")

    def _new_session(self) -> aiohttp.ClientSession:
        self._loop.set_default_executor(ThreadPoolExecutor(LOOKING_UP))
        connector = aiohttp.TCPConnector(
            limit=BATCH,
            ttl_dns_cache=ADDRESSES_LAST_SECONDS,
            socket_factory=partial(open_socket, test_host=self._test_host),
        )
        # No service gets to keep anything here.
        return aiohttp.ClientSession(
            timeout=PATIENCE, connector=connector, cookie_jar=aiohttp.DummyCookieJar()
        )

    async def _end(self) -> None:
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        if self._session:
            await self._session.close()
