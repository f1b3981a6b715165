"""What people do on the pages in any engine: the few verbs that each offers, and acts in them."""

from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import urlsplit

from playwright.sync_api import Error

from tests.browser.acts import PASSWORD
from tests.browser.chromium import Chromium
from tests.browser.firefox import wait_until
from tests.browser.site import Site

TAPPED = "button:enabled, a, label, [role=option]"

# A click goes where an element stood when the browser was asked, which may be a frame ago: a list
# that closes above it, or a scroll that ends, moves it away under the pointer. So it must stand
# still over two frames, uncovered, first. The attribute tells the click what was looked at here.
RESTS = """
const [selector, text] = arguments;
const found = [...document.querySelectorAll(selector)]
  .find((each) => each.checkVisibility() && each.textContent.includes(text));
const marked = document.querySelector("[data-tap]");
if (marked !== found) marked?.removeAttribute("data-tap");
if (!found) return false;
if (!("tap" in found.dataset)) found.scrollIntoView({ block: "center", behavior: "instant" });
const { x, y, width, height } = found.getClientRects()[0];
const middle = [x + width / 2, y + height / 2];
const place = middle.join();
const rests = found.dataset.tap === place
  && found.contains(document.elementFromPoint(...middle));
if (rests) found.dataset.tap = "now";
else {
  found.dataset.tap = "";
  requestAnimationFrame(() => requestAnimationFrame(() => { found.dataset.tap = place; }));
}
return rests;
"""
SHOWN = "return `${location.pathname} shows:\\n${document.body?.innerText}`"


class Engine(Protocol):
    """A browser with a profile that outlives it."""

    def start(self) -> None:
        """Start it on its profile."""

    def quit(self) -> None:
        """End it as a person does."""

    def kill(self) -> None:
        """SIGKILL all its processes."""

    def navigate(self, url: str) -> None:
        """Open an address and wait for its load."""

    @property
    def url(self) -> str:
        """The address of the page."""

    def execute_script(self, script: str, *arguments: Any) -> Any:
        """Run a function's body in the page; `arguments` hold what was given."""

    def click(self, selector: str) -> None:
        """Click in the middle of the first element that matches, waiting for it."""

    def type(self, selector: str, text: str) -> None:
        """Type into a field, key by key."""


class PlayedChromium(Chromium):
    """Chromium by these verbs."""

    def start(self) -> None:
        self.open()

    def quit(self) -> None:
        self.close()

    def navigate(self, url: str) -> None:
        self.page.goto(url)

    @property
    def url(self) -> str:
        # Playwright hears where the page has gone only while it asks the page something.
        try:
            return str(self.page.evaluate("location.href"))
        except Error:  # between two pages
            return self.page.url

    def execute_script(self, script: str, *arguments: Any) -> Any:
        return self.page.evaluate(
            f"(given) => (function () {{ {script} }}).apply(null, given)", list(arguments)
        )

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def type(self, selector: str, text: str) -> None:
        self.page.locator(selector).press_sequentially(text)


def until(engine: Engine, so: Callable[[], object], seconds: float, what: str) -> None:
    """Wait until something is so; raises TimeoutError with what the page shows instead."""
    try:
        wait_until(so, seconds, what)
    except TimeoutError as late:
        raise TimeoutError(f"{late}; {engine.execute_script(SHOWN)}") from None


def sees(engine: Engine, text: str) -> bool:
    """Whether the page shows these words now."""
    return text in engine.execute_script("return document.body?.innerText ?? ''")


def see(engine: Engine, text: str) -> None:
    """Wait until the page shows these words."""
    until(engine, lambda: sees(engine, text), 60, f"the words {text!r}")


def wait_for(engine: Engine, selector: str) -> None:
    """Wait until the page holds what the CSS selector says."""
    there = "return Boolean(document.querySelector(arguments[0]))"
    until(engine, lambda: engine.execute_script(there, selector), 20, selector)


def arrive(engine: Engine, path: str) -> None:
    """Wait until the browser has gone on to the page of this address."""
    until(engine, lambda: urlsplit(engine.url).path == path, 20, path)


def tap(engine: Engine, text: str, selector: str = TAPPED) -> None:
    """Tap the button, link, chip or box that says so, once it stands still."""
    what = f"something at rest that says {text!r}" if text else f"{selector} at rest"
    until(engine, lambda: engine.execute_script(RESTS, selector, text), 20, what)
    engine.click("[data-tap=now]")


def press(engine: Engine, selector: str) -> None:
    """Tap the first in sight that a CSS selector finds, once it stands still."""
    tap(engine, "", selector)


def sign_up(engine: Engine, site: Site) -> None:
    """Sign up and answer /welcome, as a person does."""
    engine.navigate(f"{site.origin}/sign-up")
    engine.type("[name=name]", "Rosa")
    engine.type("[name=email]", "rosa@example.org")
    engine.type("[name=password]", PASSWORD)
    press(engine, "form button")
    arrive(engine, "/welcome")
    wait_for(engine, "[data-next]:enabled")
    engine.type("[role=combobox]", "Gresham")
    # Of what was found for the first letters nothing is taken.
    tap(engine, "Gresham", "[role=option]")
    tap(engine, "Mother")
    tap(engine, "Next")
    tap(engine, "I am 18 or older.")
    tap(engine, "Milkwell may keep what I answer")
    press(engine, "[data-next]")
    arrive(engine, "/nearby")


def wait_for_worker(engine: Engine) -> None:
    """Until the service worker is in charge: from then on the app opens without a server."""
    in_charge = "return Boolean(navigator.serviceWorker.controller)"
    wait_until(lambda: engine.execute_script(in_charge), 60, "the service worker")


def begin_offer(engine: Engine) -> None:
    """The first answer of an offer, until the page says that the phone has it."""
    wait_for(engine, "[data-next]:enabled")
    tap(engine, "400")
    see(engine, "Saved on this phone")


def end_offer(engine: Engine) -> None:
    """The rest of it: frozen, pumped this month, and shared."""
    tap(engine, "Frozen")
    tap(engine, "Next")
    press(engine, "[data-periods] > :last-child")
    for step in ("2 of 4", "3 of 4"):
        see(engine, step)
        tap(engine, "Next")
    tap(engine, "Share")


def chosen_volume(engine: Engine) -> str:
    """What stands in the field of the amount."""
    wait_for(engine, "[data-next]:enabled")
    field = "return document.querySelector('[data-field=volume_ml] input').value"
    return str(engine.execute_script(field))
