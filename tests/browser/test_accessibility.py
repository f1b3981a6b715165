"""Every page, by axe: signed out and signed in, day and night, and at 200 % text."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.browser.acts import draft_offer, tick
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.site import Site
from webapp import demo
from webapp.config import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ORDINARY = ("/", "/about", "/sign-in", "/sign-up", "/no-such-page", "/offline")
VIEWS = ("/new", "/nearby", "/mine", "/me", "/outbox")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, place_index: Path) -> Iterator[Site]:
    with Site(tmp_path_factory.mktemp("data"), place_index) as running:
        running.flask("demo")
        yield running


@pytest.fixture(scope="module", params=["light", "dark"])
def browser(request: pytest.FixtureRequest) -> Iterator[Callable[[], BrowserContext]]:
    """Phones 360 px wide, by day or by night, without a service worker between."""
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield lambda: started.new_context(
            viewport={"width": 360, "height": 740},
            locale="en-US",
            color_scheme=request.param,
            reduced_motion="reduce",
            service_workers="block",
            bypass_csp=True,
        )
        started.close()


@pytest.fixture(scope="module")
def page(browser: Callable[[], BrowserContext]) -> Page:
    """A page that nobody is signed in to."""
    return browser().new_page()


@pytest.fixture(scope="module")
def signed_in(browser: Callable[[], BrowserContext], site: Site) -> Page:
    """The demo's donor, with what is near on her phone."""
    page = browser().new_page()
    page.goto(f"{site.origin}/sign-in?next=/nearby")
    page.get_by_label("E-mail").fill(demo.ACCOUNTS[0])
    page.get_by_label("Password").fill(demo.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/nearby")
    page.locator("main a[href^='/listings/']").first.wait_for()
    return page


def assert_fine(page: Page) -> None:
    """Axe finds nothing, and at 200 % text nothing scrolls sideways."""
    # As tall as the page: what the bar covers at this moment is one scroll away.
    tall = page.evaluate("Math.max(5000, document.scrollingElement.scrollHeight)")
    page.set_viewport_size({"width": 360, "height": tall})
    page.evaluate(AXE)
    found = page.evaluate(
        """async (values) => (await axe.run(document, {runOnly: {type: "tag", values}})).violations
             .map(({id, nodes}) => [id, ...nodes.map(({html, failureSummary}) =>
               `${html.slice(0, 200)} ${failureSummary}`)])""",
        RULES,
    )
    page.set_viewport_size({"width": 360, "height": 740})
    assert not found, page.url
    wide = page.evaluate(
        """() => {
          document.documentElement.style.fontSize = "200%";
          const width = document.scrollingElement.scrollWidth;
          const out = [...document.querySelectorAll("body *")]
            .filter((each) => each.getBoundingClientRect().right > innerWidth + 1
              && each.checkVisibility() && !each.closest(".unseen, .skip"))
            .map((each) => each.outerHTML.slice(0, 120));
          document.documentElement.style.fontSize = "";
          return width > innerWidth ? [width, ...out] : [];
        }"""
    )
    assert not wide, page.url


def onward(page: Page) -> None:
    """One step on; what keeps her from it is there to be read."""
    page.locator("[data-next]").click()


def settle(page: Page) -> None:
    """Until the page shows what the phone holds."""
    page.wait_for_function("!document.querySelector('.waiting')?.checkVisibility()")


@pytest.mark.parametrize("path", [*ORDINARY, *VIEWS])
def test_a_page_is_fine_for_a_visitor(page: Page, site: Site, path: str) -> None:
    page.goto(site.origin + path)
    settle(page)
    assert_fine(page)


@pytest.mark.parametrize("path", VIEWS)
def test_a_page_is_fine_for_who_is_signed_in(signed_in: Page, site: Site, path: str) -> None:
    signed_in.goto(site.origin + path)
    settle(signed_in)
    assert_fine(signed_in)


def test_a_listing_and_ones_own_and_its_edit_are_fine(signed_in: Page, site: Site) -> None:
    signed_in.goto(f"{site.origin}/nearby")
    signed_in.locator("main a[href^='/listings/']").first.click()
    signed_in.wait_for_url("**/listings/*")
    settle(signed_in)
    assert_fine(signed_in)
    signed_in.goto(f"{site.origin}/mine")
    signed_in.locator("main a[href^='/listings/']").first.click()
    signed_in.get_by_role("button", name="Pause").wait_for()
    assert_fine(signed_in)
    signed_in.get_by_role("link", name="Change").click()
    signed_in.locator("[data-next]").wait_for()
    assert_fine(signed_in)


def test_every_step_of_an_offer_is_fine(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/offers/new")
    onward(page)
    page.locator(".error:visible").first.wait_for()
    assert_fine(page)
    draft_offer(page)
    assert_fine(page)
    onward(page)
    for fold in page.locator("details.fold:visible > summary").all():
        fold.click()
    tick(page, "Dairy-free")
    assert_fine(page)
    onward(page)
    page.locator("summary", has_text="Change").click()
    assert_fine(page)


def test_every_step_of_a_request_is_fine(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/requests/new")
    tick(page, "20")
    tick(page, "Tonight")
    assert_fine(page)
    onward(page)
    tick(page, "Born early")
    assert_fine(page)
    tick(page, "I have read this")
    onward(page)
    for fold in page.locator("details.fold:visible > summary").all():
        fold.click()
    tick(page, "Dairy-free")
    assert_fine(page)
    page.locator("[name='weeks-dairy_free'] + span").first.click()
    onward(page)
    assert_fine(page)


def test_both_steps_of_the_welcome_are_fine(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/welcome")
    page.get_by_role("combobox").fill("Gresham")
    page.get_by_role("option").first.wait_for()
    assert_fine(page)
    page.get_by_role("option").first.click()
    tick(page, "Mother")
    onward(page)
    page.get_by_text("What the authorities say").wait_for()
    assert_fine(page)
