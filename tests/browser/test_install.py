"""How the app comes to the home screen: the browser's own prompt, or drawn steps."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.site import Site

OFFERED = """() => {
  const event = new Event("beforeinstallprompt", { cancelable: true });
  window.asked = 0;
  event.prompt = () => { window.asked += 1; };
  return window.dispatchEvent(event);
}"""
APPLE = 'Object.defineProperty(Navigator.prototype, "standalone", { value: %s })'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, place_index: Path) -> Iterator[Site]:
    with Site(tmp_path_factory.mktemp("data"), place_index) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield started
        started.close()


def open_me(browser: Browser, site: Site, standalone: str = "") -> Page:
    """Me, on a phone that may be Apple's, in a tab (`false`) or from the home screen (`true`)."""
    phone = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, service_workers="block"
    )
    if standalone:
        phone.add_init_script(APPLE % standalone)
    page = phone.new_page()
    page.goto(f"{site.origin}/me")
    page.wait_for_load_state()
    return page


def test_nothing_is_shown_where_nothing_can_be_installed(browser: Browser, site: Site) -> None:
    expect(open_me(browser, site).locator("#install")).to_be_hidden()


def test_the_browsers_prompt_is_asked_for_once(browser: Browser, site: Site) -> None:
    page = open_me(browser, site)
    shown_by_itself = page.evaluate(OFFERED)
    assert not shown_by_itself
    panel = page.locator("#install")
    expect(panel.locator("li").first).to_be_hidden()
    panel.get_by_role("button", name="Install").click()
    assert page.evaluate("window.asked") == 1
    expect(panel).to_be_hidden()


def test_an_iphone_gets_drawn_steps_and_the_word_of_a_second_sign_in(
    browser: Browser, site: Site
) -> None:
    panel = open_me(browser, site, "false").locator("#install")
    assert panel.locator("li:visible svg").count() == 3
    expect(panel).to_contain_text("Add to Home Screen")
    expect(panel).to_contain_text("sign in once more there")
    expect(panel.get_by_role("button")).to_be_hidden()


def test_an_installed_app_offers_no_installing(browser: Browser, site: Site) -> None:
    expect(open_me(browser, site, "true").locator("#install")).to_be_hidden()
    page = open_me(browser, site)
    page.evaluate(OFFERED)
    expect(page.locator("#install")).to_be_visible()
    page.evaluate('window.dispatchEvent(new Event("appinstalled"))')
    expect(page.locator("#install")).to_be_hidden()
