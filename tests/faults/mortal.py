"""The real site as bin/serve runs it, whose programs are killed in the midst of work."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.browser.site import Site

SERVER, WORKER = "server", "worker"
STARTS_WITHIN_S = 60
ENDS_WITHIN_S = 20


class Mortal(Site):
    """Two web processes and a worker: each of the two programs dies and comes back by itself."""

    def __init__(self, data: Path, places: Path, push_origin: str = "") -> None:
        super().__init__(data, places, push_origin)
        self.port = _port_of_no_client()

    def start(self, worker: bool = True) -> None:
        """Start what doesn't run, both at once, and wait until the web server answers."""
        if self._server is None:
            self._server = self._spawn(self._command())
        if worker and self._worker is None:
            self._worker = self._spawn([sys.executable, "-m", "flask", "work"])
        deadline = time.monotonic() + STARTS_WITHIN_S
        while not self.answers():
            assert self._server.poll() is None, "the web server ended by itself"
            assert time.monotonic() < deadline, "the web server did not answer in time"
            time.sleep(0.02)

    def kill(self, *programs: str) -> None:
        """SIGKILL these programs with all their processes, at the same instant."""
        dying = [process for process in map(self._take, programs) if process]
        for process in dying:
            os.killpg(process.pid, signal.SIGKILL)
        for process in dying:
            assert process.wait(ENDS_WITHIN_S) == -signal.SIGKILL, "it had ended before"

    def end(self) -> None:
        """Stop both as a host does, by SIGTERM, and see that they end."""
        for process in [p for p in map(self._take, (SERVER, WORKER)) if p]:
            process.terminate()
            process.wait(ENDS_WITHIN_S)

    def _take(self, program: str) -> subprocess.Popen[bytes] | None:
        name = f"_{program}"
        process: subprocess.Popen[bytes] | None = getattr(self, name)
        setattr(self, name, None)
        return process

    def _command(self) -> list[str]:
        return [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
            *("--port", str(self.port), "--workers", "2", "--blocking-threads", "1"),
            *("--workers-kill-timeout", "10", "--no-ws", "--no-access-log"),
            *("--log-level", "warning", "wsgi:app"),
        ]


def _port_of_no_client() -> int:
    """A free port that no connecting socket is given.

    Whoever keeps trying a closed port of the range that is given out ends up connected to itself.
    """
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
