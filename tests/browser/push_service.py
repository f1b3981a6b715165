"""A push service for tests: browsers by WebSocket, application servers by HTTP, on one port.

The browser's side is Mozilla autopush's protocol (mozilla-services/autopush-rs), the application
server's side is RFC 8030 with RFC 8292 (VAPID) and RFC 8291 (aes128gcm), checked for real.
"""

import asyncio
import base64
import re
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec

LARGEST_BODY = 4096  # RFC 8030, 7.2: what a push service must take
LONGEST_TOKEN_S = 24 * 60 * 60  # RFC 8292, 2
SHORTEST_ENCRYPTED = 16 + 4 + 1 + 65 + 17  # RFC 8188, 2: salt, size, key, delimiter and tag
URGENCIES = ("very-low", "low", "normal", "high")


class Message(NamedTuple):
    """An accepted push; `packet` is autopush's `notification`, its data unpadded base64url."""

    topic: str
    expires_at: float
    packet: dict[str, Any]


@dataclass
class Subscription:
    """One channel of one browser; `uaid` is empty where no browser holds it.

    `key` is the application server's public point, `waiting` what no browser has acknowledged.
    """

    endpoint: str
    channel_id: str
    uaid: str
    key: bytes | None
    gone: bool = False
    waiting: list[Message] = field(default_factory=list)


class Push(NamedTuple):
    """One request of an application server and its answer; header names are lower case."""

    endpoint: str
    headers: dict[str, str]
    body: bytes
    received_at: float
    status: int
    reason: str


class Refusal(Exception):
    """Why a request is not accepted: the status it earns and the headers that go with it."""

    def __init__(self, status: int, reason: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status, self.headers = status, headers or {}


def decode_key(text: str) -> bytes:
    """Read base64url, padded or not."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def check_vapid(header: str, audiences: list[str], key: bytes | None) -> None:
    """Verify `vapid t=…, k=…` against the allowed audiences and the subscription's own key."""
    scheme, _, rest = header.partition(" ")
    given = dict(re.findall(r"(\w+)\s*=\s*\"?([^\s,\"]+)", rest))
    if scheme.lower() != "vapid" or not {"t", "k"} <= given.keys():
        raise Refusal(401, "Authorization: vapid t=…, k=… is missing")
    try:
        point = decode_key(given["k"])
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        claims = jwt.decode(given["t"], public, ["ES256"], audience=audiences)
    except (ValueError, jwt.InvalidTokenError) as error:
        raise Refusal(401, f"VAPID: {error}") from error
    if not time.time() < claims.get("exp", 0) <= time.time() + LONGEST_TOKEN_S:
        raise Refusal(401, "VAPID: exp is not within 24 hours")
    if not str(claims.get("sub")).startswith(("mailto:", "https:")):
        raise Refusal(401, "VAPID: sub is neither mailto: nor https:")
    if key is not None and point != key:
        raise Refusal(403, "VAPID: another key made this subscription")


def check_message(headers: dict[str, str], body: bytes) -> None:
    """Refuse headers RFC 8030 does not allow and a body that is not one aes128gcm record."""
    if len(body) > LARGEST_BODY:
        raise Refusal(413, f"{len(body)} bytes are more than {LARGEST_BODY}")
    if not re.fullmatch(r"\d+", headers.get("ttl", "")):
        raise Refusal(400, "TTL is missing or not a number of seconds")
    if headers.get("urgency", "normal") not in URGENCIES:
        raise Refusal(400, "Urgency is not one of " + ", ".join(URGENCIES))
    if not re.fullmatch(r"[\w-]{1,32}", headers.get("topic", "none"), re.ASCII):
        raise Refusal(400, "Topic is not 1 to 32 characters of base64url")
    if body and headers.get("content-encoding") != "aes128gcm":
        raise Refusal(400, "Content-Encoding is not aes128gcm")
    if body and (len(body) < SHORTEST_ENCRYPTED or body[20:22] != b"\x41\x04"):
        raise Refusal(400, "the body is not aes128gcm with a P-256 key")


class PushService:
    """The service in its own thread: `with PushService() as push: … push.url …`.

    Knobs: `delay_s` before each answer, `answer_next()`, `mark_gone()`, `disconnect()`,
    `browsers_allowed`, and `strict_audience_port`: False takes an audience without its port too.
    `browsers` are the connected ones by uaid; `acknowledged` holds (message id, code), where
    100 is delivered and 101 not decrypted.
    """

    def __init__(self, strict_audience_port: bool = True) -> None:
        self.strict_audience_port = strict_audience_port
        self.delay_s = 0.0
        self.browsers_allowed = True
        self.received: list[Push] = []
        self.acknowledged: list[tuple[str, int]] = []
        self.subscriptions: dict[str, Subscription] = {}
        self.port = 0
        self._planned: deque[Refusal] = deque()
        self.browsers: dict[str, web.WebSocketResponse] = {}
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        application = web.Application()
        application.add_routes([web.get("/", self._talk), web.post("/{path:.*}", self._receive)])
        self._runner = web.AppRunner(application, shutdown_timeout=1)

    @property
    def origin(self) -> str:
        """The endpoints' origin with its port: what a VAPID audience must be."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """What a browser's `dom.push.serverURL` must be."""
        return f"ws://127.0.0.1:{self.port}/"

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._drop_browsers())
        self._run(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def subscribe(self, key: bytes | None = None, uaid: str = "", channel_id: str = "") -> str:
        """Make a subscription and return its endpoint; without `uaid` no browser holds it."""
        token = uuid.uuid4().hex
        endpoint = f"{self.origin}/wpush/v2/{token}"
        self.subscriptions[endpoint] = Subscription(endpoint, channel_id or token, uaid, key)
        return endpoint

    def mark_gone(self, endpoint: str) -> None:
        """Answer 410 for this endpoint from now on."""
        self.subscriptions[endpoint].gone = True

    def answer_next(self, *statuses: int, retry_after: int | str | None = None) -> None:
        """Give these statuses in turn to the next requests that would have been accepted."""
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        self._planned.extend(Refusal(status, "planned", headers) for status in statuses)

    def disconnect(self) -> None:
        """Drop every browser; each comes back by itself unless `browsers_allowed` is False."""
        self._run(self._drop_browsers())

    def wait_for(self, seen: Callable[[], Any], timeout_s: float, what: str) -> None:
        """Wait until `seen()` is true of this service, or raise TimeoutError naming `what`."""
        with self._changed:
            if not self._changed.wait_for(seen, timeout_s):
                so_far = [(push.status, push.reason) for push in self.received]
                raise TimeoutError(f"{what}: not within {timeout_s} s; requests so far: {so_far}")

    def wait_for_push(self, count: int = 1, timeout_s: float = 30) -> Push:
        """Wait for the `count`th request of an application server, whatever its answer."""
        self.wait_for(lambda: len(self.received) >= count, timeout_s, f"push request {count}")
        return self.received[count - 1]

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def _notify(self) -> None:
        with self._changed:
            self._changed.notify_all()

    async def _start(self) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]

    async def _drop_browsers(self) -> None:
        await asyncio.gather(*(socket.close() for socket in list(self.browsers.values())))

    async def _receive(self, request: web.Request) -> web.Response:
        body, received_at = await request.read(), time.time()
        await asyncio.sleep(self.delay_s)
        endpoint = f"{self.origin}{request.path}"
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            message = await self._accept(endpoint, headers, body)
            status, reason, extra = (
                201,
                "",
                {"Location": f"{self.origin}/m/{message.packet['version']}"},
            )
        except Refusal as refusal:
            status, reason, extra = refusal.status, str(refusal), refusal.headers
        self.received.append(Push(endpoint, headers, body, received_at, status, reason))
        self._notify()
        return web.Response(status=status, text=reason, headers=extra)

    async def _accept(self, endpoint: str, headers: dict[str, str], body: bytes) -> Message:
        subscription = self.subscriptions.get(endpoint)
        if subscription is None:
            raise Refusal(404, "no such subscription")
        if subscription.gone:
            raise Refusal(410, "this subscription is gone")
        loose = [] if self.strict_audience_port else [self.origin.rpartition(":")[0]]
        check_vapid(headers.get("authorization", ""), [self.origin, *loose], subscription.key)
        check_message(headers, body)
        if self._planned:
            raise self._planned.popleft()
        return await self._deliver(subscription, headers, body)

    async def _deliver(self, held: Subscription, headers: dict[str, str], body: bytes) -> Message:
        topic, ttl_s = headers.get("topic", ""), int(headers["ttl"])
        packet: dict[str, Any] = {"messageType": "notification", "version": uuid.uuid4().hex}
        packet["channelID"] = held.channel_id
        if body:
            packet["data"] = base64.urlsafe_b64encode(body).rstrip(b"=").decode()
            packet["headers"] = {"encoding": "aes128gcm"}
        message = Message(topic, time.time() + ttl_s, packet)
        held.waiting = [old for old in held.waiting if not topic or old.topic != topic]
        browser = self.browsers.get(held.uaid)
        if browser or ttl_s:  # RFC 8030, 5.2: a TTL of 0 is now or never
            # Before it goes: it may be acknowledged while it is still being sent.
            held.waiting.append(message)
        if browser:
            await browser.send_json(packet)
        return message

    async def _talk(self, request: web.Request) -> web.StreamResponse:
        if not self.browsers_allowed:
            return web.Response(status=503)
        socket, uaid = web.WebSocketResponse(protocols=("push-notification",)), ""
        await socket.prepare(request)
        async for frame in socket:
            said = frame.json()
            if said.get("messageType") == "hello":
                uaid = await self._greet(socket, said.get("uaid", ""))
            elif reply := self._reply(uaid, said):
                await socket.send_json(reply)
            self._notify()
        if self.browsers.get(uaid) is socket:
            del self.browsers[uaid]
        self._notify()
        return socket

    def _of(self, uaid: str, channel_id: str = "") -> list[Subscription]:
        mine = [held for held in self.subscriptions.values() if uaid and held.uaid == uaid]
        return [held for held in mine if channel_id in ("", held.channel_id)]

    async def _greet(self, socket: web.WebSocketResponse, known: str) -> str:
        uaid = known if self._of(known) else uuid.uuid4().hex
        hello = {"messageType": "hello", "uaid": uaid, "status": 200, "use_webpush": True}
        await socket.send_json(hello | {"broadcasts": {}})
        self.browsers[uaid] = socket
        for held in self._of(uaid):
            held.waiting = [kept for kept in held.waiting if kept.expires_at > time.time()]
            for message in held.waiting:
                await socket.send_json(message.packet)
        return uaid

    def _reply(self, uaid: str, said: dict[str, Any]) -> dict[str, Any] | None:
        """Answer a packet; `ack`, `nack` and `broadcast_subscribe` get none, a ping is echoed."""
        kind, channel_id = said.get("messageType", "ping"), said.get("channelID", "")
        answer = {"messageType": kind, "channelID": channel_id, "status": 200}
        if kind == "register":
            key = decode_key(said["key"]) if said.get("key") else None
            return answer | {"pushEndpoint": self.subscribe(key, uaid, channel_id)}
        if kind == "unregister":
            for held in self._of(uaid, channel_id):
                held.gone = True
        for update in said.get("updates", []):
            self._acknowledge(uaid, update["channelID"], update["version"], update.get("code", 100))
        return {"unregister": answer, "ping": {}}.get(kind)

    def _acknowledge(self, uaid: str, channel_id: str, version: str, code: int) -> None:
        # First, since whoever sees that nothing waits any more counts these next.
        self.acknowledged.append((version, code))
        for held in self._of(uaid, channel_id):
            held.waiting = [kept for kept in held.waiting if kept.packet["version"] != version]
