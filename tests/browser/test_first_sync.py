"""The first sync of a phone: how far it has come, what an interruption leaves, and its end."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.phones import WIRE, arrive, new_phone
from tests.browser.site import Site
from tests.browser.stage import until
from webapp import demo


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, place_index: Path) -> Iterator[Site]:
    with Site(tmp_path_factory.mktemp("city"), place_index, filled=True) as site:
        yield site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = new_phone(browser)
    yield opened
    opened.context.close()


def body_of(route: Route) -> dict[str, Any]:
    """What the phone asks."""
    found: dict[str, Any] = json.loads(route.request.post_data or "{}")
    return found


def in_small_pages(route: Route) -> None:
    """As a phone asks on a slow link."""
    route.continue_(post_data=json.dumps({**body_of(route), "most": 20}))


def test_a_first_sync_says_how_far_it_is_goes_on_after_an_interruption_and_ends(
    page: Page, city: Site
) -> None:
    asked: list[dict[str, Any]] = []

    def breaks_off(route: Route) -> None:
        asked.append(body_of(route))
        if len(asked) > 4:
            route.abort()
        else:
            in_small_pages(route)

    page.route(WIRE, breaks_off)
    page.goto(f"{city.origin}/sign-in?next=/nearby")
    email, password = demo.ACCOUNTS[1], demo.PASSWORD
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    arrive(page, "/nearby")

    line, bar = page.locator(".fresh"), page.locator("progress")
    offline = "Offline. Not all is here yet. It goes on by itself."
    expect(line).to_have_text(offline, timeout=20_000)
    had = float(bar.get_attribute("value") or 0)
    whole = float(bar.get_attribute("max") or 0)
    assert 0 < had < whole
    begun = asked[4]["cursors"]

    held: list[Route] = []
    # Above the other, so that no try by itself gets through between the two.
    page.route(WIRE, lambda route: held.append(route))
    page.goto(f"{city.origin}/mine")
    expect(line).to_contain_text(f"{had:.0f} of {whole:.0f}.", timeout=20_000)
    expect(page.get_by_text("You have nothing here yet.")).not_to_be_visible()
    until(page, lambda: bool(held), 20_000)
    assert body_of(held[-1])["cursors"] == begun, "it goes on where it was"

    page.unroute(WIRE)
    page.route(WIRE, in_small_pages)
    page.reload()
    expect(line).to_have_text("Updated a moment ago", timeout=90_000)
    expect(bar).to_have_count(0)
