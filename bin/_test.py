"""Everything a test run needs, then Node's test runner, then pytest."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from _browsers import install_browsers
from _steps import CACHE, ROOT, say
from _tools import PYTHON, Node, set_up

PYTEST = [str(PYTHON), "-m", "pytest"]
SHARED = ["--dist", "loadfile", "--no-loadscope-reorder"]
"""Processes take file after file, in the order that tests/conftest.py puts them."""
MOST_PROCESSES = 2
"""Each starts browsers and databases of its own; more of them were not tried."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The whole of bin/test: with arguments pytest alone runs; returns the combined exit code."""
    asked = sys.argv[1:] if arguments is None else list(arguments)
    node = set_up(development=True)
    install_browsers()
    if asked:
        return subprocess.call([*PYTEST, *asked], env=environment(node), cwd=ROOT)
    return int(any([script_tests(node), all_tests(node)]))


def environment(node: Node) -> dict[str, str]:
    """Of pytest and all it starts: Python is read once, also where a machine says otherwise."""
    read = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(CACHE / "bytecode")}
    return node.environment() | read


def all_tests(node: Node) -> int:
    """Run pytest over everything, in a process for each processor; returns its exit code."""
    built = [str(PYTHON), "-c", "from tests.places import built_places; built_places()"]
    subprocess.check_call(built, env=environment(node), cwd=ROOT)
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    with tempfile.TemporaryDirectory(prefix="milkwell-begun-") as begun:
        # One seed for all, else what is named after a set comes in another order in each.
        common = {"MILKWELL_BEGUN": begun, "PYTHONHASHSEED": str(secrets.randbelow(2**32))}
        return subprocess.call(
            [*PYTEST, "--numprocesses", str(processes), *SHARED],
            env=environment(node) | common,
            cwd=ROOT,
        )


def script_tests(node: Node) -> int:
    """Run the tests of the scripts with Node's own runner."""
    files = sorted(map(str, ROOT.glob("tests/js/**/*.test.js")))
    if not files:
        return 0
    say("")
    return subprocess.call([node.program, "--test", *files], cwd=ROOT)
