"""What the site's own processes use: processor time and memory, as Linux tells it."""

import asyncio
import os
import time
from pathlib import Path

from tests.browser.site import Site

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")
EACH_S = 0.1


class Processes:
    """A site's web server and worker, each with what it started."""

    def __init__(self, site: Site) -> None:
        started = {"web": site._server, "worker": site._worker}
        self._leaders = {name: each.pid for name, each in started.items() if each}

    async def used_in(self, seconds: float) -> dict[str, float]:
        """How many cores each kept busy, in so many seconds from now on."""
        before, began = self._ticks(), time.monotonic()
        await asyncio.sleep(seconds)
        after, took = self._ticks(), time.monotonic() - began
        return {name: (after[name] - before[name]) / TICKS / took for name in after}

    def memory_mb(self) -> float:
        """What the web server holds, its share of what is shared counted once."""
        return sum(_pss_kb(pid) for pid in self._of(self._leaders["web"])) / 1024

    def _ticks(self) -> dict[str, int]:
        return {
            name: sum(int(ticks) for pid in self._of(leader) for ticks in _stat(pid)[11:13])
            for name, leader in self._leaders.items()
        }

    def _of(self, leader: int) -> list[int]:
        """The processes of a session: each of the site's programs leads one of its own."""
        pids = [int(each.name) for each in PROC.iterdir() if each.name.isdecimal()]
        return [pid for pid in pids if (found := _stat(pid)) and int(found[3]) == leader]


class Machine:
    """How a busy machine shows: in what it makes everybody wait for."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "synced"
        self.woken_late_s: list[float] = []
        self.synced_s: list[float] = []

    def clear(self) -> None:
        """Count from now on."""
        self.woken_late_s.clear()
        self.synced_s.clear()

    async def watch(self) -> None:
        """Sleep and sync a page to the disk, over and over, until cancelled."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(EACH_S)
            self.woken_late_s.append(time.perf_counter() - began - EACH_S)
            self.synced_s.append(await asyncio.to_thread(self._sync))

    def _sync(self) -> float:
        with self._path.open("wb") as file:
            file.write(bytes(4096))
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            return time.perf_counter() - began


def _stat(pid: int) -> list[str]:
    """What stands in /proc/<pid>/stat after the name; empty where it has ended."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _pss_kb(pid: int) -> int:
    for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0
