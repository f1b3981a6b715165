"""A language that runs from right to left and is 40 % longer, on a phone 360 px wide."""

from collections.abc import Iterator
from pathlib import Path

import _pseudo
import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.acts import wait_for_worker
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.site import Site
from tests.browser.stage import come_to_rest
from webapp import demo

PSEUDO = "ar-001"
PUBLIC = ("/", "/about", "/guide", "/sign-in", "/sign-up", "/no-such-page")
SHELLS = ("/nearby", "/mine", "/new", "/messages", "/me", "/outbox", "/offers/new", "/requests/new")

TOO_WIDE = """() => {
  const width = document.scrollingElement.scrollWidth;
  const out = [...document.querySelectorAll("body *")].filter((each) => {
    const { left, right } = each.getBoundingClientRect();
    return (left < -1 || right > innerWidth + 1)
      && each.checkVisibility() && !each.closest(".unseen, .skip");
  });
  return width > innerWidth || out.length
    ? [width, ...out.map((each) => each.outerHTML.slice(0, 160))] : [];
}"""
CUT_OFF = """() => [...document.querySelectorAll(".bar span, .button, button, .chip span")]
  .filter((each) => each.checkVisibility() && !each.closest(".unseen")
    && each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== "inline")
  .map((each) => each.outerHTML.slice(0, 160))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, place_index: Path) -> Iterator[Site]:
    _pseudo.make()
    with Site(tmp_path_factory.mktemp("data"), place_index, filled=True) as running:
        yield running


@pytest.fixture(scope="module")
def page(site: Site) -> Iterator[Page]:
    """The demo's donor, whose phone chose the pseudo-locale."""
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        context = started.new_context(
            viewport={"width": 360, "height": 740},
            locale="en-US",
            reduced_motion="reduce",
            service_workers="block",
            bypass_csp=True,
        )
        opened = context.new_page()
        opened.goto(f"{site.origin}/language/{PSEUDO}?next=/sign-in")
        opened.locator("[name=email]").fill(demo.ACCOUNTS[0])
        opened.locator("[name=password]").fill(demo.PASSWORD)
        opened.locator("main form button").click()
        opened.wait_for_url("**/nearby")
        opened.locator("main a[href^='/listings/']").first.wait_for()
        yield opened
        started.close()


def settle(page: Page) -> None:
    """Until the page shows what the phone holds, and nothing more comes."""
    page.wait_for_function("!document.querySelector('.waiting')?.checkVisibility()")
    come_to_rest(page)


def assert_turned(page: Page) -> None:
    """It runs from right to left, and nothing stands out or is cut off."""
    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (PSEUDO, "rtl")
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("path", [*PUBLIC, *SHELLS])
def test_a_page_holds_a_longer_language_that_runs_the_other_way(
    page: Page, site: Site, path: str
) -> None:
    page.goto(site.origin + path)
    settle(page)
    assert_turned(page)


def test_a_listing_and_its_edit_hold_it_too(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nearby")
    page.locator("main a[href^='/listings/']").first.click()
    page.wait_for_url("**/listings/*")
    settle(page)
    assert_turned(page)
    page.goto(f"{site.origin}/mine")
    page.locator("main a[href^='/listings/']").first.click()
    page.wait_for_url("**/listings/*")
    page.locator("a[href$='/edit']").click()
    page.wait_for_url("**/edit")
    page.locator("[data-next]:enabled").wait_for()
    settle(page)
    assert_turned(page)


def test_every_step_of_an_offer_holds_it_too(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/offers/new")
    page.locator("[data-next]:enabled").wait_for()
    page.locator("button.chip:visible").nth(2).click()
    page.locator(".chip:visible", has=page.locator("input[value=frozen]")).first.click()
    page.locator("[data-next]").click()
    page.locator("[data-periods] > *").last.click()
    assert_turned(page)
    for _step in range(2):
        page.locator("[data-next]").click()
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        assert_turned(page)


def test_the_bar_begins_at_the_right(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nearby")
    lefts = page.locator(".bar li").evaluate_all(
        "(items) => items.map((each) => each.getBoundingClientRect().left)"
    )
    assert len(lefts) >= 4
    assert lefts == sorted(lefts, reverse=True)


def test_what_shows_that_a_fold_opens_stands_at_its_left_end(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/me")
    settle(page)
    left, right = page.locator(".fold > summary:visible").first.evaluate(
        """(summary) => {
          const { left, right } = getComputedStyle(summary, "::after");
          return [left, right].map(parseFloat);
        }"""
    )
    assert 0 <= left < right


def test_each_month_and_number_is_the_languages_own(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nearby")
    settle(page)
    said = page.locator("main").inner_text()
    assert any("\u0600" <= letter <= "\u06ff" for letter in said)  # Intl's Arabic units
    assert any("\u05d0" <= letter <= "\u05ea" for letter in said)  # our own words
    assert not any("\u0660" <= letter <= "\u0669" for letter in said)  # one kind of digits


def test_a_language_chosen_on_a_phone_that_keeps_the_app_comes_by_itself_and_stays(
    site: Site, page: Page
) -> None:
    browser = page.context.browser
    assert browser
    phone = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-US").new_page()
    phone.goto(f"{site.origin}/about")
    wait_for_worker(phone)
    phone.goto(f"{site.origin}/language/{PSEUDO}?next=/about")
    phone.locator("html[dir=rtl]").wait_for()
    assert phone.url == f"{site.origin}/about"
    assert phone.locator("#update").is_hidden()
    phone.context.set_offline(True)
    phone.goto(f"{site.origin}/nearby")
    assert phone.locator("html").get_attribute("dir") == "rtl"
    phone.context.close()
