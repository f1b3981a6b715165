"""What people do on the pages in any engine: the few verbs that each offers, and acts in them."""

from typing import Any, Protocol
from urllib.parse import urlsplit

from tests.browser.acts import PASSWORD
from tests.browser.chromium import Chromium
from tests.browser.firefox import wait_until
from tests.browser.site import Site

# The attribute stays on one element at a time, so that a click by it hits what was read here.
MARK = """
const [text] = arguments;
document.querySelectorAll("[data-tap]").forEach((each) => delete each.dataset.tap);
const found = [...document.querySelectorAll("button:enabled, a, label, [role=option]")]
  .find((each) => each.checkVisibility() && each.textContent.includes(text));
if (!found) return false;
found.dataset.tap = "";
found.scrollIntoView({ block: "center" });
return true;
"""


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
        # Playwright hears where the page has gone only while it is asked something.
        self.page.wait_for_load_state()
        return self.page.url

    def execute_script(self, script: str, *arguments: Any) -> Any:
        return self.page.evaluate(
            f"(given) => (function () {{ {script} }}).apply(null, given)", list(arguments)
        )

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def type(self, selector: str, text: str) -> None:
        self.page.locator(selector).press_sequentially(text)


def sees(engine: Engine, text: str) -> bool:
    """Whether the page shows these words now."""
    return text in engine.execute_script("return document.body?.innerText ?? ''")


def see(engine: Engine, text: str) -> None:
    """Wait until the page shows these words."""
    wait_until(lambda: sees(engine, text), 30, f"the words {text!r}")


def wait_for(engine: Engine, selector: str) -> None:
    """Wait until the page holds what the CSS selector says."""
    there = "return Boolean(document.querySelector(arguments[0]))"
    wait_until(lambda: engine.execute_script(there, selector), 20, selector)


def arrive(engine: Engine, path: str) -> None:
    """Wait until the browser has gone on to the page of this address."""
    wait_until(lambda: urlsplit(engine.url).path == path, 20, path)


def tap(engine: Engine, text: str) -> None:
    """Tap the button, link, chip or box that says so."""
    wait_until(lambda: engine.execute_script(MARK, text), 20, f"something that says {text!r}")
    engine.click("[data-tap]")


def sign_up(engine: Engine, site: Site) -> None:
    """Sign up and answer /welcome, as a person does."""
    engine.navigate(f"{site.origin}/sign-up")
    engine.type("[name=name]", "Rosa")
    engine.type("[name=email]", "rosa@example.org")
    engine.type("[name=password]", PASSWORD)
    engine.click("form button")
    arrive(engine, "/welcome")
    wait_for(engine, "[data-next]:enabled")
    engine.type("[role=combobox]", "Gresham")
    engine.click("[role=option]")
    tap(engine, "Mother")
    tap(engine, "Next")
    tap(engine, "I am 18 or older.")
    tap(engine, "Milkwell may keep what I answer")
    engine.click("[data-next]")
    arrive(engine, "/nearby")


def wait_for_worker(engine: Engine) -> None:
    """Until the service worker is in charge: from then on the app opens without a server."""
    in_charge = "return Boolean(navigator.serviceWorker.controller)"
    wait_until(lambda: engine.execute_script(in_charge), 20, "the service worker")


def begin_offer(engine: Engine) -> None:
    """The first answer of an offer, until the page says that the phone has it."""
    wait_for(engine, "[data-next]:enabled")
    tap(engine, "400")
    see(engine, "Saved on this phone")


def end_offer(engine: Engine) -> None:
    """The rest of it: frozen, pumped this month, and shared."""
    tap(engine, "Frozen")
    tap(engine, "Next")
    engine.click("[data-periods] > :last-child")
    for step in ("2 of 4", "3 of 4"):
        see(engine, step)
        tap(engine, "Next")
    tap(engine, "Share")


def chosen_volume(engine: Engine) -> str:
    """What stands in the field of the amount."""
    wait_for(engine, "[data-next]:enabled")
    field = "return document.querySelector('[data-field=volume_ml] input').value"
    return str(engine.execute_script(field))
