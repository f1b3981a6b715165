"""Everything a test run needs, then Node's test runner, then pytest."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from _browsers import install_browsers
from _steps import ROOT, say
from _tools import PYTHON, Node, set_up

PYTEST = [str(PYTHON), "-m", "pytest"]
BROWSER = "tests/browser"


def main(arguments: Sequence[str] | None = None) -> int:
    """The whole of bin/test: with arguments pytest alone runs; returns the combined exit code."""
    asked = sys.argv[1:] if arguments is None else list(arguments)
    node = set_up(development=True)
    install_browsers()
    if asked:
        return subprocess.call([*PYTEST, *asked], env=node.environment(), cwd=ROOT)
    return int(any([script_tests(node), *side_by_side(node)]))


def side_by_side(node: Node) -> list[int]:
    """Everything in the browsers, and all else meanwhile, which mostly waits for one processor."""
    build = [str(PYTHON), "-c", "from tests.places import built_places; built_places()"]
    subprocess.check_call(build, cwd=ROOT)
    environment = node.environment()
    with tempfile.TemporaryFile("w+") as said:
        meanwhile = [*PYTEST, "tests", f"--ignore={BROWSER}"]
        other = subprocess.Popen(meanwhile, env=environment, cwd=ROOT, stdout=said, stderr=said)
        browsers = subprocess.call([*PYTEST, BROWSER], env=environment, cwd=ROOT)
        codes = [browsers, other.wait()]
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
