"""First visit on Slow 3G and offline cold start to 50 cards, in a Chromium four times slower."""

import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.browser.chromium import Chromium
from tests.browser.site import Site
from tests.cast import GRESHAM, PASSWORD, Cast, Client, offer
from webapp import create_app, demo
from webapp.config import ROOT, read_settings
from webapp.database import reading
from webapp.geo.gazetteer import build
from webapp.geo.index import is_current
from webapp.people import Person

CARDS, RUNS, SLOWER = 50, 15, 4
SLOW_3G = {
    "offline": False,
    "latency": 2000,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
FIRST_PAINT_BUDGET_S, COLD_START_BUDGET_S = 2.5, 0.8

FIRST_PAINT = """() => new Promise((done) => {
  const seen = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
  const look = () => (seen() ? done(seen()) : setTimeout(look, 50));
  look();
})"""
CARDS_DRAWN = """(many) => new Promise((done) => {
  const look = () => document.querySelectorAll("main a[href^='/listings/']").length >= many
    ? requestAnimationFrame(() => done(performance.now())) : setTimeout(look, 5);
  look();
})"""


def slowed(page: Page) -> CDPSession:
    """The page's processor made four times slower."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return session


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


def sign_in(page: Page, site: Site, email: str, password: str) -> None:
    """Until Nearby is drawn and the worker in charge."""
    page.goto(f"{site.origin}/sign-in?next=/nearby")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("main form button").click()
    page.evaluate(CARDS_DRAWN, CARDS)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.wait_for_load_state("networkidle")


def cold_starts(site: Site, folder: Path, email: str, password: str) -> list[float]:
    """Seconds from opening Nearby to 50 cards, the server stopped, once the browser has settled."""
    with Chromium(folder) as phone:
        sign_in(phone.page, site, email, password)
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


def with_places() -> Path:
    """The place index of this checkout, built where it is missing."""
    places = ROOT / ".cache" / "places.db"
    if not is_current(places):
        places.parent.mkdir(exist_ok=True)
        build(places)
    return places


def main() -> None:
    """Run the site, visit it, and print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        with Site(folder / "data", with_places()) as site:
            visits = [first_visit(site, folder / f"visit{n}", "/nearby") for n in range(3)]
            starts = cold_starts(site, folder / "phone", fill(site), PASSWORD)
        (folder / "city").mkdir()
        with Site(folder / "city", with_places()) as site:
            site.flask("demo")
            city = cold_starts(site, folder / "other", demo.ACCOUNTS[1], demo.PASSWORD)
    for each in (starts, city):
        print(f"cold starts {[round(start, 2) for start in sorted(each)]}", file=sys.stderr)
    say("first_paint", statistics.median(v[0] for v in visits), "s", FIRST_PAINT_BUDGET_S)
    say("first_visit", max(v[1] for v in visits) / 1024, "KB", 60)
    say("first_visit_requests", max(v[2] for v in visits), "requests", 8)
    say("offline_cold_start", statistics.median(starts), "s", COLD_START_BUDGET_S)
    say("offline_cold_start_in_a_city", statistics.median(city), "s", COLD_START_BUDGET_S)


if __name__ == "__main__":
    main()
