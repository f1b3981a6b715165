"""How fresh a list is: a tap looks again, says so, and always ends in what is true."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.acts import sign_up
from tests.browser.phones import WIRE, new_phone, sign_in
from tests.browser.site import Site
from tests.browser.stage import rested, until


@pytest.fixture
def page(browser: Browser, empty_site: Site) -> Iterator[Page]:
    opened = new_phone(browser)
    yield opened
    opened.context.close()


def test_a_tap_looks_again_and_ends_in_what_is_true(page: Page, empty_site: Site) -> None:
    sign_up(page, empty_site, "Rosa")
    page.goto(f"{empty_site.origin}/mine")
    line = page.locator(".fresh")
    expect(line).to_have_text("Updated a moment ago")
    rested(page)

    held: list[Route] = []
    page.route(WIRE, lambda route: held.append(route))
    line.click()
    expect(line).to_have_text("Looking…")
    expect(line).to_have_attribute("aria-busy", "true")
    until(page, lambda: bool(held))
    held.pop().continue_()
    expect(line).to_have_text("Updated a moment ago")
    expect(line).not_to_have_attribute("aria-busy", "true")
    rested(page)

    line.click()
    until(page, lambda: bool(held))
    held.pop().abort()
    expect(line).to_have_text("Offline. What you see is from a moment ago.")
    expect(line).not_to_have_attribute("aria-busy", "true")


def test_looking_ends_by_itself_where_nobody_ever_answers(page: Page, empty_site: Site) -> None:
    sign_in(page, empty_site, "Rosa", "/mine")
    line = page.locator(".fresh")
    expect(line).to_have_text("Updated a moment ago", timeout=20_000)
    rested(page)
    held: list[Route] = []
    page.route(WIRE, lambda route: held.append(route))
    line.click()
    expect(line).to_have_text("Looking…")
    expect(line).to_have_text("Offline. What you see is from a moment ago.", timeout=40_000)
    held.pop().abort()
