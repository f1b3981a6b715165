"""What is near among a million listings, beside PostGIS and a plain latitude-longitude index."""

import hashlib
import json
import math
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import h3

from bench import _loading, _postgres, _world
from bench._postgres import running, say
from bench._rivals import PlainIndex, PostGIS, Question
from bench._world import AT, CITY, QUIET, BruteForce, Row
from tests.places import built_places
from webapp import create_app, geo
from webapp.config import ROOT, read_settings
from webapp.database import db, reading
from webapp.geo import apart
from webapp.listings import search, wanted

CACHE = ROOT / ".cache" / "bench" / "nearby"
ASKED, ASKED_OF_POSTGIS, ASKED_OF_PLAIN, ROUNDS = 120, 60, 12, 3
"""Questions a case; rivals take long for some, and so get the first of them. All are asked in
rounds, and each question's quickest counts: the others hold what else this machine does."""
SEED = 7
FILTERS = (
    wanted("offer"),
    wanted("offer", diet=["dairy_free"]),
    wanted("offer", diet=["dairy_free"], avoid=["medicine"], state=["frozen"]),
)
PLACES = {"city": 48, "quiet": 150, "anywhere": 48}
"""Where is asked, and how many km around: a page is 50."""

BY_TIME = "PostGIS by time too"
"""PostGIS that also has an index of when listings were published."""

Ids = list[uuid.UUID]
Ask = Callable[[Question], Ids]
Case = tuple[str, bool]


@dataclass
class Run:
    """What one side answered to the questions of a case, and how long each took."""

    seconds: list[float]
    answers: list[Ids]

    def at(self, share: float) -> float:
        """Milliseconds that so many of the answers took at most."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def questions(rows: list[Row]) -> dict[Case, list[Question]]:
    """The same questions for everybody: from where listings are, or around a lonely town."""
    chance = random.Random(SEED)
    opened = [row for row in rows if row.status == "open"]
    cells = {row.cell for row in opened}
    city = {c for c in cells if h3.great_circle_distance(CITY, geo.centre(c), unit="km") < 40}
    homes = {"city": [row.cell for row in opened if row.cell in city]}
    homes["anywhere"] = [row.cell for row in opened]
    around = [
        (QUIET[0] + n / 100, QUIET[1] + m / 100) for n in range(-40, 41) for m in (-30, 0, 30)
    ]
    homes["quiet"] = [h3.latlng_to_cell(*spot, 5 + n % 3) for n, spot in enumerate(around)]
    say(f"{len(opened)} open listings in {len(cells)} cells, {len(homes['city'])} in the city")
    asked_from = {place: chance.choices(homes[place], k=ASKED) for place in PLACES}
    return {
        (place, newest): [
            Question(home, reach_km, FILTERS[number % len(FILTERS)], newest)
            for number, home in enumerate(asked_from[place])
        ]
        for place, reach_km in PLACES.items()
        for newest in (True, False)
    }


def timed(ask: Ask, asked: list[Question]) -> Run:
    """Put the questions one by one, round by round."""
    run = Run([math.inf] * len(asked), [[]] * len(asked))
    for _ in range(ROUNDS):
        # What we know by heart of one question's cells must not help with the next round's.
        apart.forget()
        for number, question in enumerate(asked):
            began = time.perf_counter()
            run.answers[number] = ask(question)
            run.seconds[number] = min(run.seconds[number], time.perf_counter() - began)
    return run


def ours(question: Question) -> Ids:
    """Our own answer, from the cell to the ids, with all that Python and SQLAlchemy do."""
    found, _following = search(
        question.home,
        question.reach_km,
        question.wanted,
        set(),
        newest=question.newest,
        at_most=question.at_most,
        at=AT,
    )
    return found


@contextmanager
def site(url: str) -> Iterator[Ask]:
    """The app on a database, in one reading transaction."""
    with tempfile.TemporaryDirectory() as folder:
        told = read_settings({"MILKWELL_DATA": folder, "DATABASE_URL": url})
        app = create_app(replace(told, places=built_places(), rate_limits=False))
        with app.app_context():
            with reading():
                yield ours
            db.engine.dispose()


def stamp() -> str:
    """What the loaded databases depend on."""
    sources = [Path(module.__file__ or "").read_bytes() for module in (_loading, _world, _postgres)]
    table = "".join([_loading.create_table(None), *_loading.indexes(None)])
    return hashlib.sha256(b"".join([*sources, table.encode()])).hexdigest()


def loaded() -> tuple[Path, Path, list[Row]]:
    """The SQLite file, PostgreSQL's folder and the rows; loaded where they aren't there yet."""
    CACHE.mkdir(parents=True, exist_ok=True)
    path, cluster, mark = CACHE / "milkwell.db", CACHE / "postgres", CACHE / "stamp"
    if mark.exists() and mark.read_text() == stamp():
        return path, cluster, _loading.read_rows(path)
    mark.unlink(missing_ok=True)
    path.unlink(missing_ok=True)
    say("making a million listings")
    rows = [*_world.world()]
    say("loading them into SQLite")
    _loading.load_sqlite(path, rows)
    with running(cluster) as url:
        say("loading them into PostgreSQL")
        _loading.load_postgres(url, rows)
    mark.write_text(stamp())
    return path, cluster, rows


def figure(name: str, value: float, unit: str, peer: str) -> None:
    """One line of the answer."""
    line = {"bench": "nearby", "figure": name, "value": round(value, 3), "unit": unit, "peer": peer}
    print(json.dumps(line), flush=True)


Runs = dict[str, dict[Case, Run]]


def measure(path: Path, cluster: Path, asked: dict[Case, list[Question]]) -> Runs:
    """Every side's runs."""
    runs: Runs = {}

    def all_of(name: str, ask: Ask, at_most: int = ASKED) -> None:
        say(f"asking {name}")
        runs[name] = {case: timed(ask, these[:at_most]) for case, these in asked.items()}

    with site(f"sqlite:///{path}") as ask:
        all_of("SQLite", ask)
    plain = PlainIndex(str(path))
    all_of("plain index", plain.ask, ASKED_OF_PLAIN)
    plain.close()
    with running(cluster) as url:
        with site(url) as ask:
            all_of("PostgreSQL", ask)
        for name, by_time in (("PostGIS", False), (BY_TIME, True)):
            postgis = PostGIS(url, by_time)
            all_of(name, postgis.ask, ASKED_OF_POSTGIS)
            postgis.close()
    return runs


def report(runs: Runs, truth: dict[Case, list[Ids]]) -> None:
    """Each side's times, ours against theirs, and whose answers differ from brute force."""
    for name, of_side in runs.items():
        tag = name.lower().replace(" ", "_")
        wrong = sum(
            given != right
            for case, run in of_side.items()
            for given, right in zip(run.answers, truth[case], strict=False)
        )
        figure(f"mismatches_{tag}", wrong, "answers", "brute force over every cell")
        for (place, newest), run in of_side.items():
            order = "newest" if newest else "nearest"
            middle = 1000 * statistics.median(run.seconds)
            figure(f"{tag}_{place}_{order}_p50", middle, "ms", name)
            figure(f"{tag}_{place}_{order}_p99", run.at(0.99), "ms", name)
    for side, tag in (("SQLite", ""), ("PostgreSQL", "_postgresql")):
        for newest in (True, False):
            order = "newest" if newest else "nearest"
            peer = f"PostGIS, {order} first"
            mine, theirs, equipped = (
                everywhere(runs[name], newest).at(0.99) for name in (side, "PostGIS", BY_TIME)
            )
            figure(f"ratio{tag}_{order}_p99", mine / theirs, "ratio", peer)
            figure(f"ratio{tag}_{order}_p99_by_time", mine / equipped, "ratio", BY_TIME)
            for place in PLACES:
                one, other = (runs[name][place, newest] for name in (side, "PostGIS"))
                ratio = one.at(0.99) / other.at(0.99)
                figure(f"ratio{tag}_{place}_{order}_p99", ratio, "ratio", peer)
            one, other = (runs[name]["city", newest] for name in (side, "plain index"))
            peer = f"a plain latitude-longitude index in SQLite, {order} first"
            ratio = one.at(0.99) / other.at(0.99)
            figure(f"ratio{tag}_plain_city_{order}_p99", ratio, "ratio", peer)


def everywhere(of_side: dict[Case, Run], newest: bool) -> Run:
    """All places' questions of one order together."""
    chosen = [run for (_place, order), run in of_side.items() if order == newest]
    return Run([each for run in chosen for each in run.seconds], [])


def main() -> int:
    """Load, ask, compare, report."""
    path, cluster, rows = loaded()
    asked = questions(rows)
    say("answering by brute force")
    brute = BruteForce(rows)
    truth = {
        case: [brute.page(q.home, q.reach_km, q.wanted, q.newest, q.at_most) for q in these]
        for case, these in asked.items()
    }
    del rows, brute
    report(measure(path, cluster, asked), truth)
    return 0


if __name__ == "__main__":
    sys.exit(main())
