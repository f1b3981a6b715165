"""The real site as its own processes, so that a test can really stop it."""

import atexit
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from webapp.config import ROOT

BYTECODE = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(ROOT / ".cache/bytecode")}
"""Starting hundreds of times is mostly reading Python: once is enough, whatever a machine says."""
BEGIN = (("init",), ("db", "upgrade"), ("begin",))


@cache
def begun_folders() -> Path:
    """Where data folders that were begun wait to be copied; MILKWELL_BEGUN names a run's own."""
    if named := os.environ.get("MILKWELL_BEGUN"):
        return Path(named)
    folder = tempfile.mkdtemp(prefix="milkwell-begun-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


class Site:
    """A web server and a worker on a data folder of their own; stopped and started at will.

    `filled` with the demo, or empty.
    """

    def __init__(
        self, data: Path, places: Path, push_origin: str = "", filled: bool = False
    ) -> None:
        # Held until the end: while the site is stopped, nobody else is given its port.
        self._place = socket.socket()
        self._place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._place.bind(("127.0.0.1", 0))
        self.port = self._place.getsockname()[1]
        self.data, self.filled = data, filled
        self.environment = {
            **os.environ,
            **BYTECODE,
            "FLASK_APP": "wsgi",
            "MILKWELL_DATA": str(data),
            "MILKWELL_PLACES": str(places),
            "MILKWELL_PUSH_HOST": push_origin.removeprefix("http://"),
            "MILKWELL_RATE_LIMITS": "0",
        }
        self._server: subprocess.Popen[bytes] | None = None
        self._worker: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        assert not (self.data / "milkwell.db").exists(), "a site begins on a folder of its own"
        shutil.copytree(self._begun(self.filled), self.data, dirs_exist_ok=True)
        self.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()
        self._place.close()

    def flask(self, *words: str) -> str:
        """Run one of the app's commands; gives what it printed."""
        return self._run(self.data, *words)

    def _run(self, data: Path, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "flask", *words],
            cwd=ROOT,
            env=self.environment | {"MILKWELL_DATA": str(data)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _begun(self, filled: bool) -> Path:
        """A data folder as a host's commands make it: once, since each start of them costs one."""
        folders = begun_folders()
        ready = folders / ("filled" if filled else "empty")
        source = self._begun(False) if filled else None
        with (folders / f"{ready.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not ready.exists():
                making = Path(tempfile.mkdtemp(dir=folders))
                if source:
                    shutil.copytree(source, making, dirs_exist_ok=True)
                for words in (("demo",),) if filled else BEGIN:
                    self._run(making, *words)
                making.rename(ready)
        return ready

    def start(self, worker: bool = True) -> None:
        """Start the web server, and the worker, and wait until it answers."""
        server = [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
            *("--port", str(self.port), "--workers", "1", "--blocking-threads", "1"),
            *("--no-ws", "--no-access-log", "--log-level", "warning", "wsgi:app"),
        ]
        self._server = self._spawn(server)
        if worker:
            self._worker = self._spawn([sys.executable, "-m", "flask", "work"])
        deadline = time.monotonic() + 60
        while not self.answers():
            assert self._server.poll() is None, "the web server ended"
            assert time.monotonic() < deadline, "the web server did not answer within 60 s"
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop every process at once, and see that nothing answers any more."""
        for process in (self._server, self._worker):
            if process and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)
        self._server = self._worker = None
        assert not self.answers()

    def hang(self) -> None:
        """Take what is asked and answer nothing, until `go_on`."""
        assert self._server
        os.killpg(self._server.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Answer again, also what was asked meanwhile."""
        assert self._server
        os.killpg(self._server.pid, signal.SIGCONT)

    def answers(self) -> bool:
        """Whether the web server answers right now."""
        try:
            with urllib.request.urlopen(f"{self.origin}/healthz", timeout=2) as response:
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _spawn(self, command: list[str]) -> subprocess.Popen[bytes]:
        log = (self.data / "site.log").open("ab")
        with log:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
