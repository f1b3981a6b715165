"""Run benchmarks of bench/, all or the named ones; each prints one JSON object a line.

What follows a single name and isn't known here is passed on to that benchmark.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import subprocess
import sys
from collections.abc import Sequence

from _steps import ROOT, say
from _tools import PYTHON, set_up

BENCH = ROOT / "bench"


def names() -> list[str]:
    """The benchmarks there are, by name."""
    return sorted(file.stem for file in BENCH.glob("*.py") if not file.stem.startswith("_"))


def main(arguments: Sequence[str] | None = None) -> int:
    """The whole of bin/bench; 1 when a benchmark failed."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__, allow_abbrev=False)
    parser.add_argument("name", nargs="*", help="which to run")
    parser.add_argument("--list", action="store_true", help="say which there are")
    asked, rest = parser.parse_known_args(arguments)
    if rest and len(asked.name) != 1:
        parser.error(f"{' '.join(rest)}: only a benchmark that runs alone takes arguments")
    if unknown := set(asked.name) - set(names()):
        parser.error(f"no benchmark called {', '.join(sorted(unknown))}; see bin/bench --list")
    if asked.list:
        for name in names():
            say(f"{name}: {_about(name)}")
        return 0
    with contextlib.redirect_stdout(sys.stderr):
        node = set_up(development=True)
    runs = [_run(name, rest, node.environment()) for name in asked.name or names()]
    return int(any(runs))


def _run(name: str, arguments: Sequence[str], environment: dict[str, str]) -> int:
    command = [str(PYTHON), "-m", f"bench.{name}", *arguments]
    return subprocess.call(command, cwd=ROOT, env=environment)


def _about(name: str) -> str:
    text = ast.get_docstring(ast.parse((BENCH / f"{name}.py").read_text())) or ""
    return text.partition("\n")[0]
