"""An hour of use, simulated in one tab: what stays in memory after it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Page

from bench._slow_phone import CARDS, CARDS_DRAWN, renderer, resident_kb
from tests.browser.chromium import Chromium
from tests.browser.site import Site
from tests.cast import PORTLAND, Cast, Client, offer
from webapp import create_app
from webapp.config import read_settings
from webapp.units import ml_from_oz

MINUTES, CHANGES, NAVIGATIONS = 60, 100, 200
LONGEST_WAIT, QUIET = 40, 8
"""In half seconds: for memory to settle, and how long it has to stand still for that."""

# Who waits for a minute is told by hand that it is over.
MINUTES_BY_HAND = """
const minutely = [];
const plain = setInterval;
globalThis.setInterval = (work, ms, ...rest) => {
  if (ms === 60_000) minutely.push(work);
  return plain(work, ms, ...rest);
};
globalThis.passMinute = () => { for (const work of minutely) work(); };
"""
AMOUNT_DRAWN = """(amount) => new Promise((done) => {
  const look = () => [...document.querySelectorAll("main .ends b")].some((each) =>
    each.textContent === amount) ? done() : setTimeout(look, 10);
  dispatchEvent(new Event("online"));
  look();
})"""

SYNCED = """() => new Promise((done) => {
  const look = async () => (await navigator.locks.query()).held.length
    ? setTimeout(look, 10) : setTimeout(done, 10);
  look();
})"""


@dataclass
class Memory:
    """What a tab holds, after garbage was collected: MB, and how many."""

    heap: float
    nodes: int
    listeners: int
    resident: float


def memory(page: Page, session: CDPSession) -> Memory:
    """What the page's tab holds once collecting frees no more: pages left go in their own time."""
    least, since = _held(session), 0
    for _ in range(LONGEST_WAIT):
        page.wait_for_timeout(500)
        now = _held(session)
        since = 0 if now[0] < least[0] - 0.05 or now[2] < least[2] else since + 1
        least = min(least, now)
        if since == QUIET:
            break
    return Memory(*least, resident_kb(renderer(page)) / 1024)


def _held(session: CDPSession) -> tuple[float, int, int]:
    session.send("HeapProfiler.collectGarbage")
    told = session.send("Performance.getMetrics")["metrics"]
    found = {each["name"]: each["value"] for each in told}
    heap = found["JSHeapUsedSize"] / 2**20
    return heap, int(found["Nodes"]), int(found["JSEventListeners"])


def neighbour(site: Site) -> Callable[[int], str]:
    """Somebody near her who keeps changing an amount: a function that does it, and says it."""
    app = create_app(read_settings(site.environment))
    app.test_client_class = Client
    with app.app_context():
        phone = Cast(app).somebody("Nell", PORTLAND)
        said = {"volume_ml": _ml(0)}
        listing = phone.publish(offer(**said))

    def change(number: int) -> str:
        fields: dict[str, Any] = {"volume_ml": _ml(number)}
        with app.app_context():
            result = phone.do("listing.edit", listing, fields, was=dict(said))
        assert result["outcome"] == "done", result
        said.update(fields)
        return f"{_ounces(number)} oz"

    return change


def _ounces(number: int) -> int:
    """Amounts that no other listing of the city has."""
    return 701 + number


def _ml(number: int) -> str:
    return str(ml_from_oz(_ounces(number)))


def _stay(page: Page, change: Callable[[int], str]) -> None:
    """An hour on Nearby: its minutes, and what neighbours change meanwhile."""
    for _ in range(MINUTES):
        with page.expect_response("**/api/sync"):
            page.evaluate("() => passMinute()")
        page.evaluate(SYNCED)
    for number in range(2, CHANGES + 2):
        page.evaluate(AMOUNT_DRAWN, change(number))
        page.evaluate(SYNCED)


def _go_about(page: Page) -> None:
    """To a page and back, again and again."""
    paths = page.evaluate(
        """() => ["/mine", "/new", "/messages", "/me", "/offers/new",
          ...[...document.querySelectorAll("main a.card")].map(({ pathname }) => pathname)]"""
    )
    for number in range(NAVIGATIONS // 2):
        page.evaluate("(path) => location.assign(path)", paths[number % len(paths)])
        page.wait_for_url(f"**{paths[number % len(paths)]}")
        page.go_back()
        page.evaluate(CARDS_DRAWN, CARDS)


def hour(phone: Chromium, site: Site) -> tuple[Memory, Memory, Memory]:
    """Memory at the start, after an hour on one page with signal, and after 200 pages without."""
    change = neighbour(site)
    assert phone.context
    page = phone.context.new_page()
    page.add_init_script(MINUTES_BY_HAND)
    session = phone.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.goto(f"{site.origin}/nearby")
    page.evaluate(AMOUNT_DRAWN, change(1))
    page.evaluate(SYNCED)
    began = memory(page, session)
    _stay(page, change)
    stayed = memory(page, session)
    site.stop()
    _go_about(page)
    return began, stayed, memory(page, session)
