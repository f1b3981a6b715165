"""From a bare checkout to a running site: set up, migrate, start the server and the worker."""

from __future__ import annotations

import argparse
import contextlib
import errno
import fcntl
import http.client
import os
import socket
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from _steps import CACHE, ROOT, StepError, run, say
from _supervisor import Stopped, Together, stops_on_signals
from _tools import PYTHON, set_up

ANSWERS_WITHIN_S = 60
DEFAULT_PORT = 8000
DEFAULT_WORKERS = "2"
BROKEN_OFF = 130


@dataclass(frozen=True)
class Site:
    """Where one site listens and keeps its data."""

    host: str
    port: int
    data: Path

    @property
    def address(self) -> str:
        """The address a browser on this machine opens."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def environment(self) -> dict[str, str]:
        """The machine's environment plus what tells Flask where this site lives."""
        places = os.environ.get("MILKWELL_PLACES", str(CACHE / "places.db"))
        return {
            "MILKWELL_ORIGIN": self.address,
            **os.environ,
            "MILKWELL_DATA": str(self.data),
            "MILKWELL_PLACES": places,
            "FLASK_APP": "wsgi",
        }


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for on the command line."""
    data = os.environ.get("MILKWELL_DATA", str(ROOT / "instance"))
    parser = argparse.ArgumentParser(prog="bin/serve", description=__doc__)
    parser.add_argument("--demo", action="store_true", help="fill a town and print two accounts")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="0 takes any free port")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--data", type=Path, default=Path(data), help="another instance folder")
    return parser.parse_args(arguments)


def free_port(host: str, port: int) -> int:
    """The port, or any free one for 0; StepError in plain words where it can't be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as reason:
            raise StepError(
                f"Port {port} on {host} can't be used: {_why(reason)}.\n"
                f"Choose another, as in: bin/serve --port {port % 60000 + 1}"
            ) from None
        return int(probe.getsockname()[1])


def _why(reason: Exception) -> str:
    if isinstance(reason, OverflowError):
        return "ports go from 0 to 65535"
    if getattr(reason, "errno", None) == errno.EADDRINUSE:
        return "another program is using it"
    return str(getattr(reason, "strerror", None) or reason)


@contextlib.contextmanager
def owned(data: Path) -> Iterator[None]:
    """Keep the data folder for this site alone while it runs: two would number changes twice."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "serve.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise StepError(
                f"A site already runs on {data} (process {lock.read().strip()}).\n"
                "Give this one a folder of its own, as in: bin/serve --data another-folder"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def prepare(site: Site, demo: bool) -> str:
    """Secrets, tables and a new timeline in the data folder; returns what the demo printed."""
    steps = ["init", "upgrade", "begin", *(["demo"] if demo else [])]
    with tempfile.NamedTemporaryFile("r") as printed:
        command = [str(PYTHON), str(ROOT / "bin/_prepare.py"), printed.name, *steps]
        run(command, env=site.environment(), live=True)
        return Path(printed.name).read_text() if demo else ""


def server_command(site: Site) -> list[str]:
    """One blocking thread a process: with SQLite more threads are slower."""
    return [
        *(str(PYTHON), "-m", "granian", "--interface", "wsgi"),
        *("--host", site.host, "--port", str(site.port)),
        *("--workers", os.environ.get("MILKWELL_WORKERS", DEFAULT_WORKERS)),
        *("--blocking-threads", "1", "--workers-kill-timeout", "10"),
        *("--no-ws", "--no-access-log", "--log-level", "warning", "wsgi:app"),
    ]


def await_answer(site: Site, together: Together) -> None:
    """Return once /healthz answers 200; StepError when a program ends or a minute passes first."""
    deadline = time.monotonic() + ANSWERS_WITHIN_S
    while not _healthy(site):
        if news := together.ended():
            raise StepError(f"The site did not start: {news}.")
        if time.monotonic() > deadline:
            raise StepError(f"The site did not answer within {ANSWERS_WITHIN_S} s.")
        time.sleep(0.1)


def _healthy(site: Site) -> bool:
    host = site.address.removeprefix("http://").rpartition(":")[0].strip("[]")
    connection = http.client.HTTPConnection(host, site.port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def index_places(site: Site, together: Together) -> None:
    """Build the place index beside the running site, which answers 503 for places until then."""

    def ended(code: int) -> None:
        if code:
            say(f"Place index: ended with {code}; places can't be searched until it is built")

    command = [str(PYTHON), str(ROOT / "bin/_places.py"), site.environment()["MILKWELL_PLACES"]]
    together.aside(command, ended, env=site.environment())


def keep_running(site: Site, printed: str) -> int:
    """Start server and worker, say where the site is, and stay until it is to stop."""
    together = Together()
    env = site.environment()
    try:
        together.add("The web server", server_command(site), env)
        together.add("The worker", [PYTHON, "-m", "flask", "work"], env)
        await_answer(site, together)
        say(f"\nMilkwell is running on {site.address} (Ctrl-C stops it)")
        if printed:
            say(printed.rstrip())
        index_places(site, together)
        say(f"{together.wait()}; stopping the rest")
        return 1
    except Stopped:
        say("Stopping")
        return 0
    finally:
        together.stop()


def main(arguments: Sequence[str] | None = None) -> int:
    """The whole of bin/serve; returns its exit code."""
    asked = options(arguments)
    data = asked.data.absolute()
    stops_on_signals()
    os.chdir(ROOT)
    try:
        site = Site(asked.host, free_port(asked.host, asked.port), data)
        with owned(site.data):
            set_up()
            printed = prepare(site, asked.demo)
            free_port(site.host, site.port)
            return keep_running(site, printed)
    except Stopped:
        say("Broken off; what was unfinished is done at the next start")
        return BROKEN_OFF
