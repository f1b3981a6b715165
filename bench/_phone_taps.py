"""From a tap to the next page as it is drawn from the phone's own store, the server stopped."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from bench._slow_phone import CARDS, CARDS_DRAWN, slowed
from tests.browser.chromium import Chromium
from tests.browser.site import Site

ROUNDS = 15

# The clock runs from the tap that the old page got until the frame in which the new one has what
# was tapped for; session storage carries the tap across.
WATCHED = """
if (location.protocol === "http:") {
  addEventListener("click", ({ timeStamp }) => {
    sessionStorage.tapped = performance.timeOrigin + timeStamp;
  }, true);
  const { selector, many, text } = JSON.parse(sessionStorage.wanted ?? "{}");
  globalThis.drawn = new Promise((done) => {
    const look = () => {
      const found = [...document.querySelectorAll(selector)];
      if (found.length >= many && found.some((each) => each.textContent.includes(text))) {
        setTimeout(() => done(performance.timeOrigin + performance.now() - sessionStorage.tapped));
      } else requestAnimationFrame(look);
    };
    if (selector) requestAnimationFrame(look);
  });
}
"""
WANT = "(wanted) => { sessionStorage.wanted = wanted; }"

DRAWN: dict[str, tuple[str, int]] = {
    "mine": ("main a.card", 1),
    "new": ("body[data-page=new] [data-draft=offer]:not([hidden])", 1),
    "messages": ("main a.talk", 1),
    "nearby": ("main a.card", CARDS),
}
"""What shows that a page of the bar is drawn, and how many there have to be."""


def tap(page: Page, link: str, selector: str, many: int = 1, text: str = "") -> float:
    """Milliseconds from a tap on the link to what it leads to."""
    page.evaluate(WANT, json.dumps({"selector": selector, "many": many, "text": text}))
    with page.expect_navigation(wait_until="commit"):
        page.locator(link).tap()
    return float(page.evaluate("() => drawn"))


def _listing(page: Page, number: int) -> float:
    card = f"main ul.cards > li:nth-child({number + 1}) >> nth=-1 >> a.card"
    amount = page.locator(card).locator(".ends b").nth(1).inner_text()
    return tap(page, card, "main .panel .ends b", text=amount)


def _of_bar(name: str) -> Callable[[Page, int], float]:
    return lambda page, _number: tap(page, f".bar a[href='/{name}']", *DRAWN[name])


def _begin_offer(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/offers/new")
    page.locator("[data-next]:enabled").wait_for()
    page.locator("[name=_volume_ml]").fill("400")
    page.locator("[data-saved]:visible").wait_for()


def taps(phone: Chromium, site: Site) -> dict[str, list[float]]:
    """Milliseconds of each tap, by the page it led to; the store is full, the server stopped."""
    assert phone.context
    page = phone.context.new_page()
    page.add_init_script(WATCHED)
    _begin_offer(page, site)
    slowed(page)
    page.goto(f"{site.origin}/nearby")
    page.evaluate(CARDS_DRAWN, CARDS)
    steps: dict[str, Any] = {"listing": _listing} | {name: _of_bar(name) for name in DRAWN}
    took: dict[str, list[float]] = {name: [] for name in steps}
    for number in range(ROUNDS):
        for name, step in steps.items():
            took[name].append(step(page, number))
    page.close()
    return took
