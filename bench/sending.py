"""How many alerts a second one sender pushes, beside `webpush` used message by message."""

import asyncio
import base64
import json
import multiprocessing
import os
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import aiohttp
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from webpush import WebPush, WebPushSubscription

from webapp.alerts import Keys, Sender, make_keys, read_keys
from webapp.alerts.push import Push

MESSAGES, BATCH = 500, 50


def serve(port: "multiprocessing.Queue[int]") -> None:
    """A push service that answers 201 at once, in a process of its own."""

    async def run() -> None:
        app = web.Application()
        app.router.add_post("/{token}", _created)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port.put(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(run())


async def _created(_request: web.Request) -> web.Response:
    return web.Response(status=201)


def pushes(host: str) -> list[Push]:
    """As many messages, each to a subscription of its own."""

    def text(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    def one(number: int) -> Push:
        key = ec.generate_private_key(ec.SECP256R1()).public_key()
        point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Push(
            delivery_id=uuid.uuid4(),
            endpoint=f"http://{host}/{number}",
            p256dh=text(point),
            auth=text(os.urandom(16)),
            body=b"x" * 1200,
            lasts=timedelta(hours=24),
            urgency="high",
            topic="t",
        )

    return [one(number) for number in range(MESSAGES)]


def ours(messages: list[Push], keys: Keys, host: str) -> None:
    """As the worker sends: a batch at once."""
    with Sender(keys, "host@example.org", host) as sender:
        for start in range(0, MESSAGES, BATCH):
            answers = sender.send(messages[start : start + BATCH])
            if not all(answer.sent for _id, answer in answers):
                raise RuntimeError("not everything was sent")


def theirs(messages: list[Push], keys: Keys) -> None:
    """The library alone: each message encrypted, signed and sent after the one before."""
    web_push = WebPush(
        BytesIO(keys.private_pem), BytesIO(keys.public_pem), subscriber="host@example.org", ttl=60
    )

    async def run() -> None:
        async with aiohttp.ClientSession() as session:
            for push in messages:
                subscription = WebPushSubscription.model_validate(
                    {
                        "endpoint": push.endpoint,
                        "keys": {"auth": push.auth, "p256dh": push.p256dh},
                    }
                )
                message = web_push.get(push.body, subscription)
                await session.post(
                    push.endpoint, data=message.encrypted, headers={**message.headers}
                )

    asyncio.run(run())


def seconds(work: Callable[[], None]) -> float:
    """How long it takes, the best of three."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def main() -> None:
    """Run both in turn and print the figures."""
    spawn = multiprocessing.get_context("spawn")
    port = spawn.Queue()
    server = spawn.Process(target=serve, args=(port,), daemon=True)
    server.start()
    host = f"127.0.0.1:{port.get(timeout=30)}"
    with tempfile.TemporaryDirectory() as folder:
        make_keys(Path(folder))
        keys = read_keys(Path(folder))
    messages = pushes(host)
    own, peer = seconds(lambda: ours(messages, keys, host)), seconds(lambda: theirs(messages, keys))
    server.terminate()
    named = {"bench": "sending", "peer": "webpush, one message after another"}
    print(json.dumps({**named, "figure": "rate", "value": round(MESSAGES / own), "unit": "1/s"}))
    print(
        json.dumps(
            {**named, "figure": "speedup_sending", "value": round(peer / own, 2), "unit": "ratio"}
        )
    )


if __name__ == "__main__":
    main()
