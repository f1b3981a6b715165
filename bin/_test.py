"""Everything a test run needs, then Node's test runner, then pytest."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from _browsers import install_browsers
from _steps import ROOT, say
from _tools import PYTHON, Node, set_up


def main(arguments: Sequence[str] | None = None) -> int:
    """The whole of bin/test: with arguments pytest alone runs; returns the combined exit code."""
    asked = sys.argv[1:] if arguments is None else list(arguments)
    node = set_up(development=True)
    install_browsers()
    scripts = 0 if asked else script_tests(node)
    tests = subprocess.call([PYTHON, "-m", "pytest", *asked], env=node.environment(), cwd=ROOT)
    return tests or scripts


def script_tests(node: Node) -> int:
    """Run the tests of the scripts with Node's own runner."""
    files = sorted(map(str, ROOT.glob("tests/js/**/*.test.js")))
    if not files:
        return 0
    say("")
    return subprocess.call([node.program, "--test", *files], cwd=ROOT)
