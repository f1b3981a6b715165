"""First visit on Slow 3G, cold start, taps, typing and an hour of use, four times slower."""

import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench._phone_hour import Memory, hour
from bench._phone_taps import taps
from bench._phone_typing import DRAFT_S, Typing, typing
from bench._slow_phone import CARDS, CARDS_DRAWN, listings_stored, sign_in, slowed
from tests.browser.chromium import Chromium
from tests.browser.site import Site
from tests.cast import GRESHAM, PASSWORD, Cast, Client, offer
from tests.places import built_places
from webapp import create_app, demo
from webapp.config import read_settings
from webapp.database import reading
from webapp.people import Person

RUNS = 15
SLOW_3G = {
    "offline": False,
    "latency": 2000,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
FIRST_PAINT_BUDGET_S, COLD_START_BUDGET_S, LONG_TASK_BUDGET_MS = 2.5, 0.8, 50

FIRST_PAINT = """() => new Promise((done) => {
  const seen = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
  const look = () => (seen() ? done(seen()) : setTimeout(look, 50));
  look();
})"""


def first_visit(site: Site, folder: Path, path: str) -> tuple[float, int, int]:
    """Seconds to the first paint, bytes on the wire and requests until load, of an empty phone."""
    with Chromium(folder) as phone:
        page = phone.page
        session = slowed(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_3G)
        loaded: list[int] = []
        session.on("Network.loadingFinished", lambda said: loaded.append(said["encodedDataLength"]))
        page.goto(site.origin + path, wait_until="load", timeout=90_000)
        weight, requests = int(sum(loaded)), len(loaded)
        return float(page.evaluate(FIRST_PAINT)) / 1000, weight, requests


def fill(site: Site) -> str:
    """A family, and more offers around it than a page of cards holds; her address."""
    app = create_app(read_settings(site.environment))
    app.test_client_class = Client
    with app.app_context():
        cast = Cast(app)
        for number in range(CARDS + 10):
            cast.somebody(f"Donor {number}", GRESHAM).publish(offer())
        family_id = cast.recipient.person_id
        with reading() as session:
            return session.get_one(Person, family_id).email


def cold_starts(phone: Chromium, site: Site) -> list[float]:
    """Seconds from opening Nearby to 50 cards, the server stopped, once the browser has settled."""
    site.stop()
    return [_cold_start(phone, site) for _ in range(RUNS)]


def _cold_start(phone: Chromium, site: Site) -> float:
    assert phone.context
    page = phone.context.new_page()
    slowed(page)
    page.goto(f"{site.origin}/nearby", wait_until="commit")
    took = float(page.evaluate(CARDS_DRAWN, CARDS)) / 1000
    page.close()
    return took


def say(figure: str, value: float, unit: str, budget: float) -> None:
    """Print a figure, and what it is of its budget."""
    named: dict[str, Any] = {"bench": "phone", "peer": f"the budget of {budget} {unit}"}
    say_plainly({**named, "figure": figure, "value": round(value, 3), "unit": unit})
    ratio = {"figure": f"ratio_{figure}", "value": round(value / budget, 3), "unit": "ratio"}
    say_plainly({**named, **ratio})


def say_plainly(line: dict[str, Any]) -> None:
    """Print one figure as a line of JSON, at once."""
    print(json.dumps(line), flush=True)


def say_taps(took: dict[str, list[float]]) -> None:
    """A tap has no budget of its own; a page it leads to is drawn from the store as a cold one."""
    for name, each in took.items():
        late = statistics.quantiles(each, n=20, method="inclusive")[-1]
        say(f"tap_to_{name}", statistics.median(each) / 1000, "s", COLD_START_BUDGET_S)
        say(f"tap_to_{name}_p95", late / 1000, "s", COLD_START_BUDGET_S)


def say_typing(typed: Typing, stored: int) -> None:
    """Long tasks, the slowest key, and what became of the draft."""
    typing = {"bench": "phone", "letters": typed.letters, "listings": stored}
    typing["waited_ms"] = round(typed.waited)
    long = {"figure": "typing_long_tasks", "value": len(typed.long_tasks), "unit": "tasks"}
    say_plainly({**typing, "peer": "the budget of none", **long})
    say("typing_longest_task", max(typed.long_tasks, default=0), "ms", LONG_TASK_BUDGET_MS)
    key = {"figure": "typing_slowest_key", "value": max(typed.slow_keys, default=0), "unit": "ms"}
    say_plainly({**typing, "peer": "200 ms, up to where a page counts as quick (INP)", **key})
    say("draft_on_disk", max(typed.saved) / 1000, "s", DRAFT_S)
    lost = {"figure": "draft_lost_when_killed", "value": typed.lost, "unit": "letters"}
    say_plainly({**typing, "peer": "the budget of none", **lost})


def say_hour(began: Memory, stayed: Memory, ended: Memory) -> None:
    """What the tab holds at the three moments, and how much more than at first."""
    named = {"bench": "phone", "peer": "the same tab when the hour began"}
    for name, unit in (
        ("heap", "MB"),
        ("resident", "MB"),
        ("nodes", "nodes"),
        ("listeners", "listeners"),
    ):
        at = [float(getattr(moment, name)) for moment in (began, stayed, ended)]
        for when, value in zip(("start", "on_one_page", "end"), at, strict=True):
            line = {"figure": f"hour_{name}_{when}", "value": round(value, 2), "unit": unit}
            say_plainly({**named, **line})
        grown = {"figure": f"hour_{name}_growth", "value": round(at[-1] - at[0], 2), "unit": unit}
        say_plainly({**named, **grown})
        ratio = {"figure": f"ratio_hour_{name}", "value": round(at[-1] / at[0], 3), "unit": "ratio"}
        say_plainly({**named, **ratio})


def around_a_family(folder: Path) -> tuple[list[tuple[float, int, int]], list[float]]:
    """First visits, and cold starts among sixty offers."""
    folder.mkdir()
    with Site(folder, built_places()) as site:
        visits = [first_visit(site, folder / f"visit{n}", "/nearby") for n in range(3)]
        email = fill(site)
        with Chromium(folder / "phone") as phone:
            sign_in(phone.page, site, email, PASSWORD)
            return visits, cold_starts(phone, site)


def in_a_city(folder: Path) -> list[float]:
    """Cold starts in a city of two thousand listings, and its figures of use, said at once."""
    folder.mkdir()
    with Site(folder, built_places()) as site:
        site.flask("demo")
        with Chromium(folder / "phone", has_touch=True) as phone:
            sign_in(phone.page, site, demo.ACCOUNTS[1], demo.PASSWORD)
            stored = listings_stored(phone.page)
            starts = cold_starts(phone, site)
            phone.page.goto("about:blank")
            say_taps(taps(phone, site))
            say_typing(typing(phone, site), stored)
            site.start()
            say_hour(*hour(phone, site))
    return starts


def main() -> None:
    """Run the site, visit it, use it, and print the figures."""
    with tempfile.TemporaryDirectory() as name:
        visits, starts = around_a_family(Path(name) / "family")
        city = in_a_city(Path(name) / "city")
    for each in (starts, city):
        print(f"cold starts {[round(start, 2) for start in sorted(each)]}", file=sys.stderr)
    say("first_paint", statistics.median(v[0] for v in visits), "s", FIRST_PAINT_BUDGET_S)
    say("first_visit", max(v[1] for v in visits) / 1024, "KB", 60)
    say("first_visit_requests", max(v[2] for v in visits), "requests", 8)
    say("offline_cold_start", statistics.median(starts), "s", COLD_START_BUDGET_S)
    say("offline_cold_start_in_a_city", statistics.median(city), "s", COLD_START_BUDGET_S)


if __name__ == "__main__":
    main()
