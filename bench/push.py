"""How many push messages a second are built, and sent over TLS, beside pywebpush and webpush."""

import json
import multiprocessing
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from bench import _certificate
from bench._push_peers import SUBSCRIBER, Floor, Pywebpush, Readme
from tests.faults.push_counter import PushCounter
from tests.faults.waiting_alerts import subscription_keys
from webapp.alerts import Keys, Sender, make_keys, read_keys
from webapp.alerts.answers import Push
from webapp.alerts.payload import SIZES
from webapp.alerts.push_services import BATCH

BUILT, SENT, SENT_BY_PEER, ROUNDS = 2000, 5000, 500, 5
NAMED = {"bench": "push"}


def messages(origin: str, count: int) -> list[Push]:
    """So many of the smallest of our sizes, each to a subscription of its own."""

    def one(number: int) -> Push:
        p256dh, auth = subscription_keys()
        return Push(
            delivery_id=uuid.uuid4(),
            endpoint=f"{origin}/{number}",
            p256dh=p256dh,
            auth=auth,
            body=b"x" * SIZES[0],
            lasts=timedelta(hours=24),
            urgency="high",
            topic=uuid.uuid4().hex,
        )

    return [one(number) for number in range(count)]


def processor_seconds(works: dict[str, Callable[[Push], object]]) -> dict[str, float]:
    """What each takes of a core for all messages: the best of some rounds, in turns."""
    pushes = messages("https://updates.push.services.mozilla.com/wpush/v2", BUILT)
    best = dict.fromkeys(works, float("inf"))
    for _ in range(ROUNDS):
        for name, work in works.items():
            began = time.process_time()
            for push in pushes:
                work(push)
            best[name] = min(best[name], time.process_time() - began)
    return best


def build(keys: Keys) -> None:
    """The figures of building."""
    peer = Pywebpush(keys)
    with Sender(keys, SUBSCRIBER) as sender:
        took = processor_seconds(
            {
                "ours": sender.build,
                "whole": peer.build,
                "encrypting": peer.encrypt,
                "floor": Floor().build,
            }
        )
    say("built", BUILT / took["ours"], "1/s", "a core")
    say("built_by_pywebpush", BUILT / took["whole"], "1/s", "a core")
    say("speedup_building", took["whole"] / took["ours"], "ratio", "pywebpush's webpush(), unsent")
    say(
        "speedup_encrypting",
        took["encrypting"] / took["ours"],
        "ratio",
        "pywebpush's WebPusher.encode(), neither signed nor with headers; ours with both",
    )
    say("floor", BUILT / took["floor"], "1/s", "a core")
    say("ratio_floor", took["ours"] / took["floor"], "ratio", "one key generation and one ECDH")


def send(keys: Keys, origin: str, trusts: Path, more: str) -> None:
    """The figures of sending: ours as a worker does, with at most a batch on its way."""
    os.environ |= {"REQUESTS_CA_BUNDLE": str(trusts)}
    host = origin.partition("//")[2]
    ours, theirs = messages(origin, SENT), messages(origin, SENT_BY_PEER)
    readme = Readme(keys)
    own = peer = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        for push in theirs:
            readme.send(push)
        peer = min(peer, (time.perf_counter() - began) / len(theirs))
        own = min(own, send_ours(keys, host, ours) / len(ours))
    beside = "the README's way of webpush, over TLS"
    say(f"sent{more}", 1 / own, "1/s", "a local push service over TLS")
    say(f"sent_by_peer{more}", 1 / peer, "1/s", beside)
    say(f"speedup_sending{more}", peer / own, "ratio", beside)


def send_ours(keys: Keys, host: str, pushes: list[Push]) -> float:
    """Seconds for all, from the first until the last is answered."""
    waiting, on_their_way, began = iter(pushes), 0, time.perf_counter()
    with Sender(keys, SUBSCRIBER, host) as sender:
        left = len(pushes)
        while left:
            while on_their_way < BATCH and (push := next(waiting, None)):
                sender.submit(push)
                on_their_way += 1
            answered = sender.answers(1)
            if not all(one.answer.sent for one in answered):
                raise RuntimeError(f"not everything was sent: {answered[0].answer}")
            left -= len(answered)
            on_their_way -= len(answered)
    return time.perf_counter() - began


def serve(own: Path, origin: Connection) -> None:
    """A push service that takes everything, in a process of its own, until it is ended."""
    with PushCounter(_certificate.context(own)) as push:
        origin.send(push.origin)
        origin.recv()


@contextmanager
def service(own: Path) -> Iterator[str]:
    """Its origin."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    server = spawn.Process(target=serve, args=(own, there), daemon=True)
    server.start()
    try:
        yield here.recv()
    finally:
        here.send("end")
        server.join(10)


def say(figure: str, value: float, unit: str, peer: str) -> None:
    """One line."""
    shown = round(value) if unit == "1/s" else round(value, 2)
    print(
        json.dumps({**NAMED, "figure": figure, "value": shown, "unit": unit, "peer": peer}),
        flush=True,
    )


def main() -> None:
    """Build, then send, each time in a process that trusts the service before it reads anything."""
    with tempfile.TemporaryDirectory(prefix="milkwell-push-") as name:
        folder = Path(name)
        make_keys(folder)
        keys = read_keys(folder)
        build(keys)
        own, alone, trusted = _certificate.make(folder)
        with service(own) as origin:
            for trusts, more in ((trusted, ""), (alone, "_one_authority")):
                os.environ["SSL_CERT_FILE"] = str(trusts)
                spawn = multiprocessing.get_context("spawn")
                sender = spawn.Process(target=send, args=(keys, origin, trusts, more))
                sender.start()
                sender.join()
                if sender.exitcode:
                    sys.exit(sender.exitcode)


if __name__ == "__main__":
    main()
