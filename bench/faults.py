"""What is lost, doubled, diverged or leaked when phones, network and server fail by a seed."""

import argparse
import json
import os
import subprocess
import sys

from tests.faults.broken import BROKEN as SERVER_BROKEN
from webapp.config import ROOT

WORLD = ROOT / "tests" / "faults" / "world"
PHONE_BROKEN = ("removed_before_the_answer", "cursor_before_rows")
NAMED = {"bench": "faults", "peer": "the promise: nothing lost, nothing done twice"}
WRONG = ("lost", "doubled", "diverged", "leaked", "crashed")


def play(first: int, runs: int, broken: str = "", most_found: int = 0) -> dict[str, int]:
    """Play so many seeds from the first on, in as many processes as there are cores.

    Returns the sums by name: runs, operations, requests and what was found wrong. What was found,
    by seed and with the least schedule that fails, goes to standard error.
    """
    shares = max(1, min(os.cpu_count() or 1, runs))
    parts = [range(first + n, first + runs, shares) for n in range(shares)]
    players = [_play(part, shares, broken, most_found) for part in parts]
    totals: dict[str, int] = {}
    for player in players:
        said, _nothing = player.communicate()
        if player.returncode:
            raise RuntimeError(f"the runs ended with {player.returncode}")
        for name, value in json.loads(said).items():
            totals[name] = totals.get(name, 0) + value
    return totals


def _play(part: range, step: int, broken: str, most_found: int) -> "subprocess.Popen[str]":
    command = ["node", str(WORLD / "main.js"), "--python", sys.executable]
    command += ["--first", str(part.start), "--runs", str(len(part)), "--step", str(step)]
    command += ["--most-found", str(most_found)]
    if broken:
        command += ["--server-broken" if broken in SERVER_BROKEN else "--phone-broken", broken]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def main() -> None:
    """Play, and print the figures; 1 where anything was found."""
    parser = argparse.ArgumentParser(prog="bin/bench faults", description=__doc__)
    parser.add_argument("--runs", type=int, default=300, help="how many seeds (300)")
    parser.add_argument("--seed", type=int, default=1, help="the first of them (1)")
    parser.add_argument(
        "--broken", choices=[*SERVER_BROKEN, *PHONE_BROKEN], help="break it on purpose, to see it"
    )
    asked = parser.parse_args()
    totals = play(asked.seed, asked.runs, asked.broken or "", most_found=3)
    for name, value in {"seed": asked.seed, **totals}.items():
        print(json.dumps({**NAMED, "figure": name, "value": value, "unit": "count"}))
    sys.exit(any(totals[name] for name in WRONG))


if __name__ == "__main__":
    main()
