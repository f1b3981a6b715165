"""Sending through push services: the only place that knows `webpush`, and that calls them."""

import asyncio
import copy
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any, Self
from urllib.parse import urlsplit

import aiohttp
import jwt
from pydantic import ValidationError
from webpush import WebPush, WebPushSubscription
from webpush.types import WebPushKeys
from webpush.vapid import VAPID

from webapp.alerts.keys import Keys

SERVICES = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
"""The push services' own hosts: an endpoint's host is one of these, or below one on a dot."""
PATIENCE = aiohttp.ClientTimeout(total=10)
TOKEN_LASTS = 12 * 3600
CONNECTIONS = 8
"""To one push service at a time."""
LONGEST_WAIT = timedelta(hours=12)


@dataclass(frozen=True)
class Push:
    """One message to one subscription."""

    delivery_id: uuid.UUID
    endpoint: str
    p256dh: str
    auth: str
    body: bytes
    lasts: timedelta
    urgency: str
    topic: str


@dataclass(frozen=True)
class Answer:
    """What became of it. `again_after` None on a failure means: don't try again."""

    sent: bool = False
    gone: bool = False
    again_after: timedelta | None = None
    reason: str = ""


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
        good_until, header = self._cached.get(audience, (0.0, ""))
        if good_until > time.time():
            return header
        claims = {
            "aud": audience,
            "exp": int(time.time()) + expiration,
            "sub": f"mailto:{subscriber}",
        }
        token = jwt.encode(claims, key=self.private_key, algorithm="ES256")
        header = f"vapid t={token}, k={self._key}"
        self._cached[audience] = (time.time() + expiration / 2, header)
        return header


class Sender:
    """Encrypts and sends batches of pushes, all of a batch at once. Closed at the end of `with`."""

    def __init__(self, keys: Keys, subscriber: str, test_host: str = "") -> None:
        self._test_host = test_host
        self._web_push = WebPush(
            private_key=BytesIO(keys.private_pem),
            public_key=BytesIO(keys.public_pem),
            subscriber=subscriber,
            expiration=TOKEN_LASTS,
        )
        self._web_push.vapid = PortedVapid(keys)
        self._runner = asyncio.Runner()
        self._session: aiohttp.ClientSession | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._session:
            self._runner.run(self._session.close())
        self._runner.close()

    def send(self, pushes: Sequence[Push]) -> list[tuple[uuid.UUID, Answer]]:
        """Send them; an answer for each, in their order. Never raises for what a service does."""
        return self._runner.run(self._send_all(pushes)) if pushes else []

    async def _send_all(self, pushes: Sequence[Push]) -> list[tuple[uuid.UUID, Answer]]:
        # One session for good: its connections stay open from batch to batch.
        session = self._session = self._session or aiohttp.ClientSession(
            timeout=PATIENCE, connector=aiohttp.TCPConnector(limit_per_host=CONNECTIONS)
        )
        answers = await asyncio.gather(*(self._send_one(session, push) for push in pushes))
        return [(push.delivery_id, answer) for push, answer in zip(pushes, answers, strict=True)]

    async def _send_one(self, session: aiohttp.ClientSession, push: Push) -> Answer:
        if not is_push_service(push.endpoint, self._test_host):
            return Answer(gone=True, reason="not a push service")
        try:
            encrypted, headers = self._encrypt(push)
        except (ValueError, ValidationError):
            return Answer(gone=True, reason="unusable keys")
        try:
            async with session.post(
                push.endpoint, data=encrypted, headers=headers, allow_redirects=False
            ) as response:
                return understand(response.status, response.headers.get("Retry-After", ""))
        except (aiohttp.ClientError, TimeoutError, OSError):
            return Answer(again_after=timedelta(seconds=5), reason="unreachable")

    def _encrypt(self, push: Push) -> tuple[bytes, dict[str, str]]:
        # A `ttl` given to get() sticks to the object for whoever comes next, so each has its own.
        web_push = copy.copy(self._web_push)
        web_push.ttl = int(push.lasts.total_seconds())
        keys = WebPushKeys(auth=push.auth, p256dh=push.p256dh)
        subscription = WebPushSubscription.model_validate({"endpoint": push.endpoint, "keys": keys})
        message = web_push.get(push.body, subscription)
        more = {"Urgency": push.urgency, "Topic": push.topic[:32]}
        return message.encrypted, {**message.headers, **more}


def understand(status: int, retry_after: str) -> Answer:
    """What a push service's status means for a delivery."""
    if status in (200, 201, 202):
        return Answer(sent=True)
    if status in (404, 410):
        return Answer(gone=True, reason="gone")
    if status == 429 or status >= 500:
        return Answer(again_after=_wait(retry_after), reason=f"answered {status}")
    return Answer(reason=f"answered {status}")


def is_push_service(endpoint: str, test_host: str = "") -> bool:
    """Whether an endpoint is a push service's own, over https, on a plain host.

    `test_host` ("127.0.0.1:9000") adds one loopback service, over plain http.
    """
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if len(endpoint) > 1000 or not (endpoint.isascii() and endpoint.isprintable()):
        return False
    if parts.username is not None or parts.password is not None:
        return False
    if test_host and parts.scheme == "http" and parts.netloc == test_host:
        return True
    host = parts.hostname or ""
    known = any(host == service or host.endswith(f".{service}") for service in SERVICES)
    return parts.scheme == "https" and known and port in (None, 443)


def _wait(retry_after: str) -> timedelta:
    seconds = int(retry_after) if retry_after.isdecimal() and len(retry_after) < 9 else 5
    return min(timedelta(seconds=seconds), LONGEST_WAIT)
