"""Bytes on the wire for each kind of sync, beside PouchDB that keeps the same rows in step."""

import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from bench import pouch
from bench._counting import CountingProxy, Traffic
from bench._family import FEW, Case, City, Family
from bench.phone import say_plainly
from tests.browser.site import Site
from tests.cast import Cast, Client, Row
from tests.places import built_places
from webapp import create_app
from webapp.config import read_settings

ALLOWED = 1 / 3
IDLE_BODY_BUDGET, FIRST_SYNC_BUDGET = 250, 8 * 1024
ROUNDS, RUNS = 3, 3
"""db.sync's two ways race each other: rounds until it is quiet, and runs to take the best of."""


@dataclass(frozen=True)
class Asking:
    """A way in which PouchDB is asked to keep the rows in step."""

    suffix: str
    """What a ratio's name ends with."""
    told: str
    headers: dict[str, str]
    one_way: bool = False
    """Whether it replicates only the way that a case needs, and so would miss what comes back."""
    remembers: str = "both"
    """Who keeps how far replication has come: "both", as it does by itself, or the "phone"."""


def ways(browser: dict[str, str]) -> list[Asking]:
    """The ways, the first as it comes: with no sign-in and what little Node's fetch sends."""
    few = {"Accept-Encoding": "br"}
    lean, same = "with Node's few headers", "with our browser's headers"
    phone = f"{same}, checkpoints on the phone alone"
    return [
        Asking("", lean, few),
        Asking("_one_way", lean, few, one_way=True),
        Asking("_same_headers", same, browser),
        Asking("_fewer_checkpoints", phone, browser, remembers="phone"),
    ]


def verb(case: Case, way: Asking) -> str:
    """What PouchDB is asked to do: an empty phone has nothing to push."""
    return case.one_way if case.anew or (way.one_way and case.one_way) else "sync"


def theirs(cases: list[Case], folder: Path, way: Asking) -> list[Traffic]:
    """The bytes of the same rows in the same order, kept in step by PouchDB."""
    counted = []
    with pouch.Pouch(folder) as other, CountingProxy(other.port) as door:
        for case in cases:
            other.do("write", docs=docs(case.before), at="server")
            if case.anew:
                other.do("meet", port=door.port, headers=way.headers, remembers=way.remembers)
            else:
                for _ in range(ROUNDS):
                    other.do("sync")
            where = "phone" if case.one_way == "push" else "server"
            other.do("write", docs=docs(case.rows), at=where)
            door.take()
            moved = other.do(verb(case, way))["moved"]
            counted.append(door.take())
            assert case.anew or moved == len(case.rows), f"{case.name}: {moved} documents"
    return counted


def best(cases: list[Case], folder: Path, way: Asking) -> list[Traffic]:
    """The fewest bytes of several runs, case by case."""
    runs = [theirs(cases, folder, way) for _ in range(RUNS)]
    return [min(same, key=lambda each: each.total) for same in zip(*runs, strict=True)]


def docs(rows: list[Row]) -> list[Row]:
    """Rows as CouchDB keeps them: the id has a name of its own there."""
    return [{"_id": row["id"], **{k: v for k, v in row.items() if k != "id"}} for row in rows]


def report(case: Case, others: list[tuple[Asking, Traffic]]) -> None:
    """A line for the bytes, and one for each way of PouchDB's to do the same."""
    line = {"bench": "wire", "figure": case.name, "value": case.ours.total, "unit": "B"}
    counts = {"ours": asdict(case.ours), "rows": len(case.rows)}
    say_plainly(line | {"peer": pouch.named()} | counts)
    for way, other in others:
        if way.one_way and (case.anew or not case.one_way):
            continue
        ratio = round(case.ours.total / other.total, 3)
        figure = f"ratio_{case.name}{way.suffix}"
        line = {"bench": "wire", "figure": figure, "value": ratio, "unit": "ratio"}
        peer = {"peer": f"{pouch.named()}: {verb(case, way)} {way.told}, in brotli"}
        say_plainly(line | peer | {"theirs": asdict(other)})
        if ratio > ALLOWED:
            print(f"{figure} is more than a third", file=sys.stderr)


def report_budget(figure: str, value: int, budget: int) -> None:
    """What the design allows, and what it took."""
    named = {"bench": "wire", "peer": f"the budget of {budget} B"}
    ratio = {"figure": f"ratio_{figure}", "value": round(value / budget, 3), "unit": "ratio"}
    say_plainly(named | {"figure": figure, "value": value, "unit": "B"})
    say_plainly(named | ratio)


def main() -> None:
    """Run both, and print the figures."""
    pouch.install()
    with tempfile.TemporaryDirectory() as name, Site(Path(name), built_places()) as site:
        # What the worker does in its own time would fall into one case or another.
        site.stop()
        site.start(worker=False)
        app = create_app(read_settings(site.environment))
        app.test_client_class = Client
        with app.app_context(), CountingProxy(site.port) as door:
            cast = Cast(app)
            family = Family(cast, City(cast), door)
            cases = [*family.cases()]
            asked = ways(family.browser)
        others = [best(cases, Path(name), way) for way in asked]
    for case, *theirs_of_it in zip(cases, *others, strict=True):
        report(case, [*zip(asked, theirs_of_it, strict=True)])
    went = {case.name: case.ours for case in cases}
    report_budget("idle_body_up", went["idle"].bodies_up, IDLE_BODY_BUDGET)
    report_budget("idle_body_down", went["idle"].bodies_down, IDLE_BODY_BUDGET)
    report_budget("first_100_brotli", went[f"first_{FEW}"].bodies_down, FIRST_SYNC_BUDGET)


if __name__ == "__main__":
    main()
