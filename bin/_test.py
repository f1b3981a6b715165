"""Everything a test run needs, then Node's test runner, then pytest."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from _browsers import install_browsers
from _steps import ROOT, say
from _tools import PYTHON, Node, set_up

PYTEST = [str(PYTHON), "-m", "pytest"]
BROWSER = "tests/browser"
LATER = ("keyboard", "push_service", "right_to_left", "template")
"""Tests in the browsers that follow all else, so that two processors end at about one time."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The whole of bin/test: with arguments pytest alone runs; returns the combined exit code."""
    asked = sys.argv[1:] if arguments is None else list(arguments)
    node = set_up(development=True)
    install_browsers()
    if asked:
        return subprocess.call([*PYTEST, *asked], env=node.environment(), cwd=ROOT)
    return int(any([script_tests(node), *side_by_side(node)]))


def side_by_side(node: Node) -> list[int]:
    """Most that is tested in browsers, and meanwhile all else and the rest of it."""
    build = [str(PYTHON), "-c", "from tests.places import built_places; built_places()"]
    subprocess.check_call(build, cwd=ROOT)
    environment = node.environment()
    later = [f"{BROWSER}/test_{name}.py" for name in LATER]
    first = [BROWSER, *(f"--ignore={file}" for file in later)]
    with tempfile.TemporaryFile("w+") as said, ThreadPoolExecutor() as meanwhile:

        def others() -> list[int]:
            runs = (["tests", f"--ignore={BROWSER}"], later)
            return [
                subprocess.call(
                    [*PYTEST, *run], env=environment, cwd=ROOT, stdout=said, stderr=said
                )
                for run in runs
            ]

        second = meanwhile.submit(others)
        codes = [subprocess.call([*PYTEST, *first], env=environment, cwd=ROOT), *second.result()]
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout)
    return codes


def script_tests(node: Node) -> int:
    """Run the tests of the scripts with Node's own runner."""
    files = sorted(map(str, ROOT.glob("tests/js/**/*.test.js")))
    if not files:
        return 0
    say("")
    return subprocess.call([node.program, "--test", *files], cwd=ROOT)
