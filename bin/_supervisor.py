"""Several programs as one: they start together, stop together, and none outlives its parent."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType

from _steps import dies_with_parent

STOP_WITHIN_S = 15
Command = Sequence[str | os.PathLike[str]]


class Stopped(BaseException):
    """Ctrl-C or SIGTERM reached the parent."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def stops_on_signals() -> None:
    """From here on SIGTERM and SIGINT raise Stopped."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)


def start(command: Command, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a child, in a session of its own, that ends when this process dies.

    Its own session keeps a Ctrl-C in the terminal from reaching it: granian's workers hang when
    they get the signal from the terminal and from their parent.
    """
    dies = dies_with_parent()
    return subprocess.Popen(command, env=env, start_new_session=True, preexec_fn=dies)


class Together:
    """Programs that belong together: when one ends, all end."""

    def __init__(self) -> None:
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.asides: dict[subprocess.Popen[bytes], Callable[[int], None]] = {}

    def add(self, name: str, command: Command, env: Mapping[str, str] | None = None) -> None:
        """Start a program that all others depend on."""
        self.children[name] = start(command, env)

    def aside(
        self, command: Command, ended: Callable[[int], None], env: Mapping[str, str] | None = None
    ) -> None:
        """Start a program that may end by itself; `ended` is then called with its exit code."""
        self.asides[start(command, env)] = ended

    def ended(self) -> str | None:
        """Which program has ended by itself, in words, or None while all run."""
        for name, child in self.children.items():
            if child.poll() is not None:
                return f"{name} ended with {child.returncode}"
        for child in [c for c in self.asides if c.poll() is not None]:
            self.asides.pop(child)(child.returncode)
        return None

    def wait(self) -> str:
        """Sleep until a program ends by itself, and say which."""
        while (news := self.ended()) is None:
            # WNOWAIT leaves the dead child to Popen, which alone may collect its exit code.
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        return news

    def stop(self) -> None:
        """Ask all to stop, wait for them, and end by force what is left of their sessions."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        children = [*self.children.values(), *self.asides]
        for child in children:
            child.terminate()
        deadline = time.monotonic() + STOP_WITHIN_S
        for child in children:
            _finish(child, deadline)


def _finish(child: subprocess.Popen[bytes], deadline: float) -> None:
    """Wait for a child until the deadline, then sweep its session and collect it.

    A child that is not collected yet keeps its process group's number from being used again, so
    the sweep can't hit a stranger. One that Popen collected before has only orphans left, if any.
    """
    looks = os.WEXITED | os.WNOWAIT | os.WNOHANG
    while child.returncode is None and time.monotonic() < deadline:
        if os.waitid(os.P_PID, child.pid, looks) is not None:
            break
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
