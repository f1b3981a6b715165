"""One step of a set-up: said in a line, timed, skipped when done, done again when broken off."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
NEWS_EVERY_S = 10
PR_SET_PDEATHSIG = 1


class StepError(Exception):
    """A step that could not be done; its text is what the person at the keyboard reads."""


def say(line: str) -> None:
    """Print a line at once, also into a pipe."""
    print(line, flush=True)


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """Hash of the given files' names and contents and of the given words, as 64 hex digits."""
    digest = hashlib.sha256()
    for word in words:
        digest.update(word.encode() + b"\0")
    for file in sorted(files):
        digest.update(os.fsencode(file) + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def step(name: str, stamp: Path, inputs: str, work: Callable[[], object]) -> bool:
    """Do `work` unless `stamp` says it was done with these inputs; True when it was done now.

    The stamp goes before the work begins and comes back after it ended, so a step that was broken
    off is never taken for a finished one.
    """
    if stamp.is_file() and stamp.read_text() == inputs:
        say(f"{name}: up to date")
        return False
    stamp.unlink(missing_ok=True)
    began = time.monotonic()
    say(f"{name} ...")
    work()
    write_whole(stamp, inputs)
    say(f"{name}: done in {time.monotonic() - began:.1f} s")
    return True


def timed(name: str, work: Callable[[], str]) -> str:
    """Do quick work that is done at every start, and say how long it took."""
    began = time.monotonic()
    answer = work()
    say(f"{name}: done in {time.monotonic() - began:.1f} s")
    return answer


def write_whole(file: Path, text: str) -> None:
    """Write a file so that nobody ever sees half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f"{file.name}.{os.getpid()}.half")
    half.write_text(text)
    half.replace(file)


def run(
    command: Sequence[str | Path],
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    live: bool = False,
) -> str:
    """Run a program to its end and return what it printed, or let it print at once when `live`.

    A program that takes long is reported on every ten seconds; one that fails raises StepError
    with what it said.
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        try:
            dies = dies_with_parent()
            into = None if live else out
            child = subprocess.Popen(
                command, stdout=into, stderr=err, env=env, cwd=cwd, preexec_fn=dies
            )
        except OSError as reason:
            raise StepError(f"Can't start {command[0]}: {reason.strerror}") from reason
        code = _wait(child)
        out.seek(0)
        err.seek(0)
        printed, complaints = out.read(), err.read()
    if code:
        said = "\n".join(part.strip() for part in (printed, complaints) if part.strip())
        raise StepError(f"{_words(command)} ended with {code}:\n{said}")
    return printed


def dies_with_parent() -> Callable[[], None]:
    """What a child does between fork and exec so that Linux ends it when this process dies."""
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def ask() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def _words(command: Sequence[str | Path]) -> str:
    return " ".join([Path(command[0]).name, *map(str, command[1:])])


def _wait(child: subprocess.Popen[bytes]) -> int:
    began = time.monotonic()
    try:
        while True:
            try:
                return child.wait(NEWS_EVERY_S)
            except subprocess.TimeoutExpired:
                say(f"  still at it after {time.monotonic() - began:.0f} s")
    except BaseException:
        child.terminate()
        child.wait()
        raise


@contextlib.contextmanager
def only_one(file: Path, waiting: str) -> Iterator[None]:
    """Hold a lock that one process at a time can have, saying `waiting` when another has it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(waiting)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def ends_politely(main: Callable[[], int]) -> None:
    """Run a command's main function; a step that failed ends it with its own words, not a trace."""
    try:
        sys.exit(main())
    except StepError as reason:
        sys.exit(f"\n{reason}")
    except KeyboardInterrupt:
        sys.exit(130)
