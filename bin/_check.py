"""Formatting, lint, types, architecture and words; every check runs, also when one has failed."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from _steps import ROOT, StepError, run, say
from _tools import PYTHON, Node, set_up

Command = tuple[str | Path, ...]


def script_tool(node: Node, package: str, program: str) -> Command:
    """The command of a tool that npm installed, started by the Node that was found."""
    return (node.program, ROOT / "node_modules" / package / program)


def checks(node: Node) -> dict[str, Command]:
    """Each check's name and command."""
    biome = script_tool(node, "@biomejs/biome", "bin/biome")
    types = script_tool(node, "typescript", "bin/tsc")
    return {
        "Python format": (PYTHON, "-m", "ruff", "format", "--check", "."),
        "Python lint": (PYTHON, "-m", "ruff", "check", "."),
        "Python types": (PYTHON, "-m", "mypy"),
        "Architecture": (PYTHON, "-m", "pytest", "-q", "tests/test_architecture.py"),
        "Script format and lint": (*biome, "check", "--error-on-warnings"),
        "Script types": (*types, "--project", "tsconfig.json"),
        "Worker types": (*types, "--project", "tsconfig.worker.json"),
        "Words": (PYTHON, "bin/_words.py", "check"),
    }


def fixes(node: Node) -> dict[str, Command]:
    """What puts in order all that a program can put in order by itself."""
    biome = script_tool(node, "@biomejs/biome", "bin/biome")
    return {
        "Python lint": (PYTHON, "-m", "ruff", "check", "--fix", "."),
        "Python format": (PYTHON, "-m", "ruff", "format", "."),
        "Script format and lint": (*biome, "check", "--write"),
        "Words": (PYTHON, "bin/_words.py", "collect"),
    }


def passes(name: str, command: Command) -> bool:
    """Run one check and say in a line how it went, and all it said when it failed."""
    began = time.monotonic()
    try:
        run(command)
    except StepError as reason:
        say(f"{name}: FAILED after {time.monotonic() - began:.1f} s\n{reason}\n")
        return False
    say(f"{name}: ok in {time.monotonic() - began:.1f} s")
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """The whole of bin/check; 1 when anything failed."""
    parser = argparse.ArgumentParser(prog="bin/check", description=__doc__)
    parser.add_argument("--fix", action="store_true", help="format, mend and collect words instead")
    asked = parser.parse_args(arguments)
    node = set_up(development=True, build=False)
    steps = fixes(node) if asked.fix else checks(node)
    # What mends a file goes one after the other; what reads them goes beside one another.
    with ThreadPoolExecutor(1 if asked.fix else os.cpu_count()) as side_by_side:
        results = [*side_by_side.map(passes, steps, steps.values())]
    return int(not all(results))
