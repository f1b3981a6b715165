"""What a thousand phones with a lively conversation open cost, and how soon a letter shows."""

import argparse
import asyncio
import json
import signal
import sys
import tempfile
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench._open_phones import Counted, Letter, OpenPhone
from bench._open_world import PAIRS, OpenWorld
from bench._processes import Machine, Processes
from tests.cast import Client, offer, operation
from tests.faults.mortal import Mortal
from tests.places import built_places
from webapp import create_app, sync
from webapp.config import read_settings
from webapp.database import uuid7

BUDGET_S = 5.0
"""Within which a letter shows in a lively conversation."""
OTHERS_A_SECOND = 8.0
ALONE_S, SETTLE_S = 20.0, 10.0
COST_RUNS = 300

Work = Coroutine[Any, Any, None]


async def others(world: OpenWorld, counted: Counted) -> None:
    """The normal traffic, until cancelled: whatever people do who have no conversation open."""
    under_way: set[asyncio.Task[None]] = set()
    while True:
        await asyncio.sleep(world.chance.expovariate(OTHERS_A_SECOND))
        phone = world.chance.choice(world.busy)
        (kind,) = world.chance.choices([_page, _search, _first, _publish], [3, 3, 1, 1])
        task = asyncio.create_task(kind(phone, counted))
        under_way.add(task)
        task.add_done_callback(under_way.discard)


async def _page(phone: OpenPhone, counted: Counted) -> None:
    await _get(phone, counted, "page", "/nearby")


async def _search(phone: OpenPhone, counted: Counted) -> None:
    await _get(phone, counted, "search", "/api/nearby?kind=offer&order=newest")


async def _get(phone: OpenPhone, counted: Counted, kind: str, path: str) -> None:
    status, _read, seconds = await phone.wire.ask(path)
    counted.refused += status != 200
    counted.seconds[kind].append(seconds)


async def _first(phone: OpenPhone, counted: Counted) -> None:
    await OpenPhone(phone.wire).sync(counted, "first sync")


async def _publish(phone: OpenPhone, counted: Counted) -> None:
    made = operation("listing.publish", uuid7(), offer(place=""))
    await phone.sync(counted, "publish", made)


async def write(world: OpenWorld, number: int, counted: Counted, waits: list[float]) -> None:
    """Two people who take turns, each a while after the other's letter showed; until cancelled."""
    *both, conversation = world.pairs[number]
    while True:
        for writer, reader in (both, both[::-1]):
            await asyncio.sleep(world.chance.uniform(1, 2 + BUDGET_S))
            sent = operation(
                "message.send", uuid7(), {"conversation": conversation, "text": "And at four?"}
            )
            letter = Letter(time.perf_counter(), asyncio.get_running_loop().create_future())
            reader.awaited[sent["row"]] = letter
            await writer.sync(counted, "letter", sent)
            waits.append(await letter.came)


@contextmanager
def at_once(works: list[Work]) -> Iterator[None]:
    """Works that go on inside, and what goes wrong in one of them said."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
        for task in tasks:
            if task.done():
                task.result()
    finally:
        for task in tasks:
            task.cancel()


async def measure(
    world: OpenWorld, site: Processes, machine: Machine, seconds: float
) -> list[dict[str, Any]]:
    """The figures: first the normal traffic alone, then beside the open phones."""
    filling, alone, beside = Counted(), Counted(), Counted()
    waits: list[float] = []
    for phone in [*world.busy, *world.open]:
        await phone.sync(filling, "first sync")
    with at_once([others(world, alone)]):
        await asyncio.sleep(SETTLE_S)
        alone.seconds.clear()
        used_alone = await site.used_in(ALONE_S)
    memory_alone = site.memory_mb()
    lively = [phone.beat(beside, world.chance) for phone in world.open]
    talks = [write(world, number, beside, waits) for number in range(PAIRS)]
    with at_once([others(world, beside), machine.watch(), *lively, *talks]):
        await asyncio.sleep(SETTLE_S)
        beside.seconds.clear()
        waits.clear()
        machine.clear()
        used = await site.used_in(seconds)
    say(f"refused: {filling.refused}, {alone.refused}, {beside.refused}")
    took = beside.seconds
    beats = took["beat"] + took["beat with news"]
    web = used["web"] - used_alone["web"]
    return [
        figure("phones", len(world.open), "phones"),
        figure("beats", len(beats) / seconds, "1/s"),
        figure("beats_idle", len(took["beat"]) / len(beats), "share"),
        figure("processor_alone", 100 * used_alone["web"], "% of a core"),
        figure("processor_beside", 100 * used["web"], "% of a core"),
        figure("processor_worker", 100 * used["worker"], "% of a core"),
        figure("processor_a_beat", 1000 * web * seconds / len(beats), "ms"),
        figure("memory_alone", memory_alone, "MB"),
        figure("memory_beside", site.memory_mb(), "MB"),
        *latencies(alone, beside),
        *(figure(f"letter_{name}", at(waits, q), "s", BUDGET) for name, q in QUANTILES),
        figure("ratio_letter_p99", at(waits, 0.99) / BUDGET_S, "ratio", BUDGET),
        figure("letters", len(waits), "letters"),
        figure("machine_woke_late_p99", 1000 * at(machine.woken_late_s, 0.99), "ms"),
        figure("machine_synced_p99", 1000 * at(machine.synced_s, 0.99), "ms"),
    ]


QUANTILES = (("median", 0.5), ("p99", 0.99))
BUDGET = f"the budget of {BUDGET_S} s"
OTHERS = ("page", "search", "first sync", "publish")


def latencies(alone: Counted, beside: Counted) -> list[dict[str, Any]]:
    """How long requests took: beats, and all others without and with the open phones."""
    lines = [figure(f"idle_{n}", 1000 * at(beside.seconds["beat"], q), "ms") for n, q in QUANTILES]
    before, after = (
        [each for kind in OTHERS for each in counted.seconds[kind]] for counted in (alone, beside)
    )
    peer = "the same traffic without them"
    for name, q in QUANTILES:
        without, with_them = (1000 * at(seconds, q) for seconds in (before, after))
        lines += [
            figure(f"others_alone_{name}", without, "ms"),
            figure(f"others_beside_{name}", with_them, "ms", peer),
            figure(f"ratio_others_{name}", with_them / without, "ratio", peer),
        ]
    for kind in OTHERS:
        named = kind.replace(" ", "_")
        lines.append(figure(f"{named}_beside_p99", 1000 * at(beside.seconds[kind], 0.99), "ms"))
    return lines


def at(values: list[float], share: float) -> float:
    """The value below which this share of them lies."""
    return sorted(values)[min(len(values) - 1, round(share * (len(values) - 1)))]


def figure(name: str, value: float, unit: str, peer: str = "") -> dict[str, Any]:
    """One line."""
    named = {"bench": "idle", "figure": name, "value": round(value, 3), "unit": unit}
    return named | ({"peer": peer} if peer else {})


def cost(world: OpenWorld) -> list[dict[str, Any]]:
    """Processor time of one idle sync in this process, beside the whole way's for the same."""
    took = {}
    for name, way in (("short", sync.is_idle), ("whole", _never)):
        with patch.object(sync, "is_idle", way):
            world.ask_in_process()
            began = time.process_time()
            for _ in range(COST_RUNS):
                world.ask_in_process()
            took[name] = 1000 * (time.process_time() - began) / COST_RUNS
    peer = "the whole way, with the ORM"
    return [
        figure("handled", took["short"], "ms", peer),
        figure("handled_the_whole_way", took["whole"], "ms", peer),
        figure("speedup_handled", took["whole"] / took["short"], "ratio", peer),
    ]


def _never(*_asked: object) -> bool:
    return False


def say(words: str) -> None:
    """Progress."""
    print(words, file=sys.stderr)


def main() -> None:
    """Run the site and the phones, and print the figures."""
    parser = argparse.ArgumentParser(prog="bin/bench idle", description=__doc__)
    parser.add_argument("--phones", type=int, default=1000, help="with a conversation open (1000)")
    parser.add_argument("--seconds", type=float, default=60, help="how long to measure (60)")
    asked = parser.parse_args()
    # So that the site ends with whoever runs this.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as name, Mortal(Path(name), built_places()) as site:
        app = create_app(read_settings(site.environment))
        app.test_client_class = Client
        with app.app_context():
            say("making people")
            world = OpenWorld(app, site.port, asked.phones)
            say("measuring")
            running, machine = Processes(site), Machine(Path(name))
            lines = asyncio.run(measure(world, running, machine, asked.seconds))
            lines += cost(world)
    for line in lines:
        print(json.dumps(line))


if __name__ == "__main__":
    main()
