import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from _steps import ROOT, StepError, fingerprint, only_one, run, step

PARENT = """
import sys
sys.path.insert(0, {bin!r})
from _supervisor import Stopped, Together, stops_on_signals
stops_on_signals()
together = Together()
try:
    for name in {names!r}:
        together.add(name, [sys.executable, {child!r}, name])
    ended = lambda code: print("code", code, flush=True)
    together.aside([sys.executable, "-c", "print('aside')"], ended)
    print(together.wait(), flush=True)
    sys.exit(1)
except Stopped:
    sys.exit(0)
finally:
    together.stop()
"""
# Each child has a child of its own, as granian has its workers.
CHILD = """
import os, pathlib, signal, sys, time
below = os.fork()
if below == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(60)
pathlib.Path(sys.argv[1] + ".half").write_text(f"{os.getpid()} {below}")
pathlib.Path(sys.argv[1] + ".half").rename(sys.argv[1])
time.sleep(60)
"""


def eventually(true: Callable[[], bool], within_s: float = 15) -> bool:
    deadline = time.monotonic() + within_s
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()


def gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


class Family:
    """A parent with two children, started for real; `pids` are (child, grandchild) by name."""

    def __init__(self, folder: Path) -> None:
        child = folder / "child.py"
        child.write_text(CHILD)
        names = [str(folder / "web"), str(folder / "worker")]
        code = PARENT.format(bin=str(ROOT / "bin"), names=names, child=str(child))
        self.parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        assert eventually(lambda: all(Path(name).exists() for name in names))
        self.pids = {Path(n).name: [int(p) for p in Path(n).read_text().split()] for n in names}

    def everyone(self) -> list[int]:
        return [pid for pids in self.pids.values() for pid in pids]


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = Family(tmp_path)
    yield made
    made.parent.kill()
    for pid in made.everyone():
        if not gone(pid):
            os.kill(pid, signal.SIGKILL)
    made.parent.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_the_parent_stops_everyone(family: Family, number: signal.Signals) -> None:
    family.parent.send_signal(number)

    assert family.parent.wait(10) == 0
    assert eventually(lambda: all(map(gone, family.everyone())))


@pytest.mark.parametrize("name", ["web", "worker"])
def test_when_one_program_dies_the_other_is_stopped(family: Family, name: str) -> None:
    os.kill(family.pids[name][0], signal.SIGKILL)

    assert family.parent.wait(10) == 1
    assert family.parent.stdout is not None
    assert f"{name} ended with -9" in family.parent.stdout.read().decode()
    assert eventually(lambda: all(map(gone, family.everyone())))


def test_a_killed_parent_leaves_no_child_behind(family: Family) -> None:
    family.parent.kill()

    children = [pids[0] for pids in family.pids.values()]
    assert eventually(lambda: all(map(gone, children)))


def test_a_program_beside_the_others_may_end_by_itself(family: Family) -> None:
    assert family.parent.stdout is not None

    said = [family.parent.stdout.readline().decode() for _ in range(2)]
    assert "code 0\n" in said


def test_a_step_is_done_once_and_again_when_its_inputs_change(tmp_path: Path) -> None:
    source, stamp = tmp_path / "source", tmp_path / "out" / ".stamp"
    times: list[int] = []

    def make() -> None:
        step("Making", stamp, fingerprint([source]), lambda: times.append(1))

    source.write_text("one")
    make()
    make()
    assert len(times) == 1
    source.write_text("two")
    make()
    assert len(times) == 2


def test_a_step_that_was_broken_off_is_done_again(tmp_path: Path) -> None:
    stamp = tmp_path / ".stamp"

    def breaks() -> None:
        raise KeyboardInterrupt

    step("Making", stamp, "one", lambda: None)
    with pytest.raises(KeyboardInterrupt):
        step("Making", stamp, "two", breaks)

    assert step("Making", stamp, "one", lambda: None)


def test_a_fingerprint_knows_a_renamed_file(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("same")
    second.write_text("same")

    assert fingerprint([first]) != fingerprint([second])
    assert fingerprint([first, second]) == fingerprint([second, first])


def test_a_program_that_fails_says_what_it_said() -> None:
    with pytest.raises(StepError, match=r"ended with 3:\nwhat went wrong"):
        run([sys.executable, "-c", "import sys; print('what went wrong'); sys.exit(3)"])


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(StepError, match="Can't start /nowhere/node: No such file"):
        run(["/nowhere/node"])


def test_a_second_command_waits_for_the_first_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock, ready = tmp_path / "lock", tmp_path / "ready"
    code = f"""
import fcntl, pathlib, sys
handle = open({str(lock)!r}, "a")
fcntl.flock(handle, fcntl.LOCK_EX)
pathlib.Path({str(ready)!r}).touch()
sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as first:
        assert eventually(ready.exists)
        assert first.stdin is not None
        first.stdin.close()
        with only_one(lock, "waiting"):
            assert first.wait(5) == 0
    assert capsys.readouterr().out in ("", "waiting\n")


def serve(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "bin/serve"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, cwd=cwd)


def test_a_port_in_use_is_said_plainly(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = serve("--port", str(port), "--data", str(tmp_path), cwd=tmp_path)

    assert answer.returncode == 1
    assert f"Port {port} on 127.0.0.1 can't be used: another program is using it." in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_port_that_does_not_exist_is_said_plainly(tmp_path: Path) -> None:
    answer = serve("--port", "70000", "--data", str(tmp_path), cwd=tmp_path)

    assert answer.returncode == 1
    assert "ports go from 0 to 65535" in answer.stderr


def test_a_data_folder_belongs_to_one_site_at_a_time(tmp_path: Path) -> None:
    with (tmp_path / "serve.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4711")
        lock.flush()
        answer = serve("--port", "0", "--data", str(tmp_path), cwd=tmp_path)

    assert answer.returncode == 1
    assert f"A site already runs on {tmp_path} (process 4711)." in answer.stderr


def test_the_site_starts_answers_and_stops(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "bin/serve"), "--port", "0", "--data", str(tmp_path)]
    # granian ends a worker that is still loading by force, after ten seconds: one, and it answers.
    env = {**os.environ, "MILKWELL_WORKERS": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=env
    ) as site:
        assert site.stdout is not None
        said = []
        for line in site.stdout:
            said.append(line)
            if address := re.search(r"running on (http://127\.0\.0\.1:\d+)", line):
                break
        assert address, "".join(said)
        with urllib.request.urlopen(f"{address[1]}/healthz", timeout=10) as answer:
            assert answer.status == 200
        site.terminate()
        assert "Stopping" in site.stdout.read()
        assert site.wait(20) == 0


@pytest.mark.parametrize("name", ["serve", "test", "check", "bench", "setup", "look"])
def test_every_command_can_be_started(name: str) -> None:
    assert os.access(ROOT / "bin" / name, os.X_OK)
