"""What is missing, torn or doubled after SIGKILLs of server and worker under six people's load."""

import argparse
import json
import signal
import sys
import time

from tests.faults.killing import Report, run
from tests.places import built_places

NAMED = {"bench": "kill", "peer": "the promise: nothing lost, nothing done twice"}


def figures(report: Report, seed: int) -> list[tuple[str, int, str]]:
    """(figure, value, unit) of each line, those that must be 0 last."""
    found, acknowledged = report.findings, report.findings.acknowledged
    counted = [
        ("seed", seed, ""),
        ("rounds", report.rounds, "kills"),
        ("broken_requests", report.broken, "requests"),
        ("acknowledged", acknowledged.total(), "operations"),
        ("acknowledged_done", acknowledged["done"], "operations"),
        ("sent_again", found.sent_again, "operations"),
        ("committed_unanswered", found.committed_unanswered, "operations"),
        ("failed_answers", found.failed, "answers"),
        ("files_checked", report.file["ok"], "integrity_checks"),
    ]
    wrong = [(name, len(words), "findings") for name, words in found.wrong.items()]
    damage = report.file.total() - report.file["ok"]
    return [*counted, *wrong, ("integrity_errors", damage, "findings")]


def main() -> None:
    """Run the rounds, print the figures, and name the first of what was found wrong."""
    parser = argparse.ArgumentParser(prog="bin/bench kill", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="how often to kill (20)")
    parser.add_argument("--seed", type=int, default=1, help="what everything by chance follows (1)")
    asked = parser.parse_args()
    # So that the site ends with whoever runs this.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    places = built_places()
    began = time.monotonic()

    def say(words: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {words}", file=sys.stderr)

    report = run(asked.rounds, asked.seed, places, say, until_sent=True)
    for figure, value, unit in figures(report, asked.seed):
        print(json.dumps({**NAMED, "figure": figure, "value": value, "unit": unit}))
    say(f"{dict(report.kills)}, looked at {dict(report.findings.counted)}")
    for name, words in report.findings.wrong.items():
        for each in words[:20]:
            say(f"{name}: {each}")
    for each in [*report.file, *report.refusals[:20]]:
        say(each)


if __name__ == "__main__":
    main()
