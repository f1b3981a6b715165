"""What is lost, doubled, diverged or leaked when phones, network and server fail by a seed."""

import argparse
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed

from tests.faults.broken import BROKEN as SERVER_BROKEN
from tests.places import built_places
from webapp.config import ROOT

WORLD = ROOT / "tests" / "faults" / "world"
PHONE_BROKEN = ("removed_before_the_answer", "cursor_before_rows")
NAMED = {"bench": "faults", "peer": "the promise: nothing lost, nothing done twice"}
WRONG = ("lost", "doubled", "diverged", "leaked", "crashed")


def play(first: int, runs: int, broken: str = "", until_found: bool = False) -> dict[str, int]:
    """Play so many seeds from the first on, in as many processes as there are cores.

    Returns the sums by name: runs, operations, requests, what was met and what was found wrong.
    What was found, by seed and with the least schedule that fails, goes to standard error; where
    it is to go on only until something is found, nothing does.
    """
    shares = max(1, min(os.cpu_count() or 1, runs))
    parts = [range(first + n, first + runs, shares) for n in range(shares)]
    players = [_play(part, broken, until_found) for part in parts]
    totals: dict[str, int] = {}
    with ThreadPoolExecutor(shares) as listening:
        for listener in as_completed(listening.submit(_heard, player) for player in players):
            for name, value in listener.result().items():
                totals[name] = totals.get(name, 0) + value
            if until_found and any(totals[name] for name in WRONG):
                for player in players:
                    player.terminate()
    return totals


def _heard(player: "subprocess.Popen[str]") -> dict[str, int]:
    """The sums that it prints; none where it was ended because another has found something."""
    said, _nothing = player.communicate()
    if player.returncode not in (0, -signal.SIGTERM):
        raise RuntimeError(f"the runs ended with {player.returncode}")
    sums: dict[str, int] = json.loads(said or "{}")
    return sums


def _play(part: range, broken: str, until_found: bool) -> "subprocess.Popen[str]":
    command = ["node", str(WORLD / "main.js"), "--python", sys.executable]
    command += ["--first", str(part.start), "--runs", str(len(part)), "--step", str(part.step)]
    command += ["--until-found"] if until_found else []
    if broken:
        command += ["--server-broken" if broken in SERVER_BROKEN else "--phone-broken", broken]
    environment = os.environ | {"MILKWELL_PLACES": str(built_places())}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def main() -> None:
    """Play, and print the figures; 1 where anything was found."""
    parser = argparse.ArgumentParser(prog="bin/bench faults", description=__doc__)
    parser.add_argument("--runs", type=int, default=300, help="how many seeds (300)")
    parser.add_argument("--seed", type=int, default=1, help="the first of them (1)")
    parser.add_argument(
        "--broken", choices=[*SERVER_BROKEN, *PHONE_BROKEN], help="break it on purpose, to see it"
    )
    asked = parser.parse_args()
    totals = play(asked.seed, asked.runs, asked.broken or "")
    for name, value in {"seed": asked.seed, **totals}.items():
        print(json.dumps({**NAMED, "figure": name, "value": value, "unit": "count"}))
    sys.exit(any(totals[name] for name in WRONG))


if __name__ == "__main__":
    main()
