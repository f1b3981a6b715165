"""Where pages are looked at: a filled site, one browser, and phones of different people."""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, sync_playwright
from werkzeug.exceptions import default_exceptions

from tests.browser.answering import SERVERS
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.looked_up import conversations, listings
from tests.browser.site import Site
from webapp import create_app, demo, people
from webapp.config import read_settings
from webapp.database import now, reading, writing
from webapp.demo.neighbours import settle

VISITOR, DONOR, RECIPIENT = "visitor", "donor", "recipient"
LONER, NEWCOMER = "loner", "newcomer"
"""Nobody; the demo's two; somebody far from everybody; somebody who hasn't answered /welcome."""
VIENNA = ("Vienna", 48.2085, 16.3721, 1_700_000)
WIDE, TALL = 360, 740
COOKIE = "language"

SETTLED = """() => document.readyState === "complete"
  && !document.querySelector("main .waiting")?.checkVisibility()"""

ASKING = "body:not([data-page=offline]) .bar"
"""What only a page has that syncs by itself."""
ENDLESS = ("slow", "fills")
"""Servers whose answer never ends a sync."""
LOCKS = """() => navigator.locks.query()
  .then(({ held, pending }) => held.length + pending.length)"""
# Parts that a script of their own draws are there too.
DRAWN = """() => [...document.querySelectorAll("main .later")].every((each) => each.firstChild)"""
STILL = """() => new Promise((still) => {
  let timer;
  const watching = new MutationObserver(begin);
  function begin() {
    clearTimeout(timer);
    timer = setTimeout(end, 250);
  }
  function end() {
    watching.disconnect();
    still();
  }
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  watching.observe(document, all);
  begin();
})"""


@dataclass(frozen=True)
class State:
    """One page in one state: its name, its address, who looks, and how to get there.

    `address` may name what the demo made, as in "/listings/{offer}". `server` says how the
    server answers her phone's sync ("" as it does). `fresh`: the state spoils a phone's store,
    so it is entered on a phone of its own. `scripts`: false where the page's script never comes.
    `leave` undoes at the server what entering did there.
    """

    name: str
    address: str
    who: str = VISITOR
    enter: Callable[[Page], object] | None = None
    server: str = ""
    fresh: bool = False
    scripts: bool = True
    leave: Callable[[Page], object] | None = None


@dataclass
class Stage:
    """The site, filled; and the phones on which it is looked at."""

    site: Site
    browser: Browser
    options: dict[str, Any] = field(default_factory=dict)
    phones: dict[tuple[str, str], BrowserContext] = field(default_factory=dict)

    @contextmanager
    def show(self, state: State, language: str = "en") -> Iterator[Page]:
        """The page in that state, in that language, until it is left."""
        phone = self._phone(state.who, language, state.fresh)
        page = phone.new_page()
        page.set_default_timeout(10_000)
        held: list[Route] = []
        if state.server:
            page.route(
                "**/api/sync", SERVERS.get(state.server) or (lambda route: held.append(route))
            )
        if not state.scripts:
            page.route("**/*.js", lambda route: route.abort())
        try:
            self._go(page, state, language)
            come_to_rest(page, state.server)
            if state.enter:
                state.enter(page)
                come_to_rest(page, state.server)
            yield page
            if state.leave:
                state.leave(page)
        except Error:
            page.screenshot(path=self.site.data / f"{state.name}.png")
            raise
        finally:
            for route in held:
                route.abort()
            page.close()
            if state.fresh:
                phone.close()

    @cached_property
    def app(self) -> Flask:
        """The site's own app, in this process, to look up and to add what the demo lacks."""
        return create_app(read_settings(self.site.environment))

    @cached_property
    def accounts(self) -> dict[str, tuple[str, str]]:
        """(e-mail, password) of everybody who can sign in."""
        found = dict(zip((DONOR, RECIPIENT), demo.ACCOUNTS, strict=True))
        found |= {who: f"{who}@example.org" for who in (LONER, NEWCOMER)}
        with self.app.app_context(), writing():
            for who in (LONER, NEWCOMER):
                person = people.sign_up("Nell", found[who], demo.PASSWORD, "en")
                if person and who == LONER:
                    settle(person, VIENNA, 25, now())
        return {who: (email, demo.PASSWORD) for who, email in found.items()}

    @cached_property
    def names(self) -> dict[str, str]:
        """Ids of what states look at, by what it is to whom."""
        with self.app.app_context(), reading():
            return {**listings(), **conversations(), "nothing": str(uuid.UUID(int=7))}

    def close(self) -> None:
        """Close every phone."""
        for phone in self.phones.values():
            with suppress(Error):
                phone.close()
        self.phones.clear()

    def _phone(self, who: str, language: str, fresh: bool) -> BrowserContext:
        key = (who, language)
        if fresh:
            return self._sign_in(self._new_phone(language), who)
        if key not in self.phones:
            self.phones[key] = self._sign_in(self._new_phone(language), who)
        return self.phones[key]

    def _new_phone(self, language: str) -> BrowserContext:
        phone = self.browser.new_context(
            viewport={"width": WIDE, "height": TALL},
            locale="en-US",
            reduced_motion="reduce",
            service_workers="block",
            **self.options,
        )
        phone.add_cookies([{"name": COOKIE, "value": language, "url": self.site.origin}])
        return phone

    def _sign_in(self, phone: BrowserContext, who: str) -> BrowserContext:
        if who == VISITOR:
            return phone
        page = phone.new_page()
        page.goto(f"{self.site.origin}/sign-in?next=/nearby")
        email, password = self.accounts[who]
        page.locator("[name=email]").fill(email)
        page.locator("[name=password]").fill(password)
        page.locator("main form button").click()
        page.wait_for_url("**/nearby")
        # It is there once the phone knows who she is, and all that comes then has come.
        page.locator("main .fresh").wait_for()
        rested(page)
        page.close()
        return phone

    def _go(self, page: Page, state: State, language: str) -> None:
        if state.address.startswith("error:"):
            self._play_error(page, int(state.address.removeprefix("error:")), language)
            return
        answered: list[object] = []
        page.on("requestfinished", lambda request: answered.append(request.url))
        page.on("requestfailed", lambda request: answered.append(request.url))
        page.goto(self.site.origin + state.address.format(**self.names))
        if state.scripts:
            page.wait_for_function(SETTLED)
        if page.locator(ASKING).count() and state.scripts and state.server != "slow":

            def synced() -> bool:
                return any("/api/sync" in str(url) for url in answered)

            until(page, synced, 20_000)
            assert synced(), f"{state.name} never synced"

    def _play_error(self, page: Page, status: int, language: str) -> None:
        """The app's own page of an error, at an address where none would happen by itself."""
        error = default_exceptions[status]()
        with self.app.test_request_context("/", headers={"Cookie": f"{COOKIE}={language}"}):
            response = self.app.make_response(self.app.handle_user_exception(error))
            response = self.app.process_response(response)
            body, headers = response.get_data(), dict(response.headers)
        answer: dict[str, Any] = {"status": status, "body": body, "headers": headers}
        page.route(f"**/error-{status}", lambda route: route.fulfill(**answer))
        page.goto(f"{self.site.origin}/error-{status}")


@contextmanager
def stage(folder: Path, places: Path, **options: Any) -> Iterator[Stage]:
    """A site on a folder of its own, filled, and a browser; `options` go to each phone."""
    with Site(folder, places, filled=True) as site, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        made = Stage(site, browser, options)
        try:
            yield made
        finally:
            made.close()
            browser.close()


def night(page: Page, on: bool) -> None:
    """Night or day, as the phone says."""
    page.emulate_media(color_scheme="dark" if on else "light")


def larger_text(page: Page, on: bool) -> None:
    """Twice the size of text that the phone gives, or as it was."""
    page.evaluate(
        "(size) => { document.documentElement.style.fontSize = size; }", "200%" if on else ""
    )


def until(page: Page, true: Callable[[], bool], within_ms: int = 5000) -> None:
    """Let the page go on until something is so, or a time has passed; then let it be drawn."""
    for _ in range(within_ms // 20):
        if true():
            break
        page.wait_for_timeout(20)
    page.wait_for_timeout(250)


def rested(page: Page) -> None:
    """Wait until no sync is under way, which what is asked next would only join."""
    until(page, lambda: page.evaluate(LOCKS) == 0, 20_000)
    assert page.evaluate(LOCKS) == 0


def come_to_rest(page: Page, server: str = "") -> None:
    """Wait until no sync is under way that could end, and nothing more changes on the page."""

    def rests() -> bool:
        try:
            page.evaluate(STILL)
            synced = server in ENDLESS or page.evaluate(LOCKS) == 0
            return bool(synced and page.evaluate(DRAWN))
        except Error:  # it went on to another page
            page.wait_for_load_state()
            return False

    deadline = time.monotonic() + 20
    while not rests():
        assert time.monotonic() < deadline, f"{page.url} never comes to rest"


def thin(page: Page, at_most: int = 8) -> None:
    """Leave a few of each long list in sight: the rest is drawn by the same words."""
    page.evaluate(
        """(most) => { for (const list of document.querySelectorAll("ul.cards")) {
             for (const each of [...list.children].slice(most)) each.style.display = "none";
           } }""",
        at_most,
    )
