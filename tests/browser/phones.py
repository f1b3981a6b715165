"""Phones of people who signed up on another one, and the signal they have or don't."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.acts import PASSWORD, draft_offer, share
from tests.browser.site import Site
from tests.browser.stage import until

WIRE = "**/api/sync"


def new_phone(browser: Browser) -> Page:
    """A page on a phone of its own, whose every sync a test can hold back."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="en-US", service_workers="block"
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


def sign_in(page: Page, site: Site, name: str, then: str = "/nearby") -> None:
    """On the sign-in page that she has been brought to, or that is opened for her."""
    if "/sign-in" not in page.url:
        page.goto(f"{site.origin}/sign-in?next={then}")
    page.get_by_label("E-mail").fill(f"{name.lower()}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    arrive(page, then)


def arrive(page: Page, path: str) -> None:
    """Until she is there: an address that names it as where to go next is not there yet."""
    page.wait_for_url(lambda url: urlsplit(url).path == path)


def tried(page: Page) -> None:
    """Until what was begun without signal has failed: what is asked before would only join it."""
    page.evaluate("navigator.locks.request('milkwell-sync', () => {})")


@contextmanager
def without_signal(page: Page) -> Iterator[None]:
    """The pages come from the server, as from a worker; whatever is synced doesn't get through."""
    page.route(WIRE, lambda route: route.abort())
    try:
        yield
    finally:
        page.unroute(WIRE)
    tried(page)


def send_now(page: Page) -> None:
    """Tap it without signal yet, and have some from then on: what goes out by itself before
    takes the button away."""
    held: list[Route] = []
    tapped = False

    def wire(route: Route) -> None:
        if tapped:
            route.continue_()
        else:
            held.append(route)

    page.route(WIRE, wire)
    free = "navigator.locks.query().then(({ held }) => !held.length)"
    until(page, lambda: bool(held) or page.evaluate(free), 20_000)
    page.get_by_role("button", name="Send now").click()
    tapped = True
    for route in held:
        route.continue_()


def offer(page: Page, site: Site) -> None:
    """400 oz, frozen, shared; it may still be on this phone alone."""
    page.goto(f"{site.origin}/offers/new")
    draft_offer(page)
    share(page)
    page.wait_for_url("**/listings/*")


def nothing_waits(page: Page, site: Site) -> None:
    """Until all that was saved on this phone is sent."""
    if not page.url.endswith("/outbox"):
        page.goto(f"{site.origin}/outbox")
    expect(page.get_by_text("Nothing waits here.")).to_be_visible(timeout=20_000)


def asked(site: Site, query: str, *values: Any) -> list[Any]:
    """What the database really holds."""
    with sqlite3.connect(site.data / "milkwell.db", timeout=10) as database:
        found = database.execute(query, values).fetchall()
    database.close()
    return found


def offers_of(site: Site, name: str) -> list[tuple[str, int, str]]:
    """(status, volume in ml, note) of each listing that this person has at the server."""
    query = """SELECT status, volume_ml, note FROM listing
        JOIN person ON person.id = listing.person_id WHERE person.name = ?"""
    return asked(site, query, name)
