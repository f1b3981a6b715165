"""How the app comes to the home screen: the browser's own prompt, or drawn steps."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Site

OFFERED = """() => {
  const event = new Event("beforeinstallprompt", { cancelable: true });
  window.asked = 0;
  event.prompt = () => { window.asked += 1; };
  return window.dispatchEvent(event);
}"""
APPLE = 'Object.defineProperty(Navigator.prototype, "standalone", { value: %s })'


def open_me(browser: Browser, empty_site: Site, standalone: str = "") -> Page:
    """Me, on a phone that may be Apple's, in a tab (`false`) or from the home screen (`true`)."""
    phone = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, service_workers="block"
    )
    if standalone:
        phone.add_init_script(APPLE % standalone)
    page = phone.new_page()
    page.goto(f"{empty_site.origin}/me")
    return page


def test_nothing_is_shown_where_nothing_can_be_installed(
    browser: Browser, empty_site: Site
) -> None:
    expect(open_me(browser, empty_site).locator("#install")).to_be_hidden()


def test_the_browsers_prompt_is_asked_for_once(browser: Browser, empty_site: Site) -> None:
    page = open_me(browser, empty_site)
    shown_by_itself = page.evaluate(OFFERED)
    assert not shown_by_itself
    panel = page.locator("#install")
    expect(panel.locator("li").first).to_be_hidden()
    panel.get_by_role("button", name="Install").click()
    assert page.evaluate("window.asked") == 1
    expect(panel).to_be_hidden()


def test_an_iphone_gets_drawn_steps_and_the_word_of_a_second_sign_in(
    browser: Browser, empty_site: Site
) -> None:
    panel = open_me(browser, empty_site, "false").locator("#install")
    expect(panel.locator("li:visible svg")).to_have_count(3)
    expect(panel).to_contain_text("Add to Home Screen")
    expect(panel).to_contain_text("sign in once more there")
    expect(panel.get_by_role("button")).to_be_hidden()


def test_an_installed_app_offers_no_installing(browser: Browser, empty_site: Site) -> None:
    expect(open_me(browser, empty_site, "true").locator("#install")).to_be_hidden()
    page = open_me(browser, empty_site)
    page.evaluate(OFFERED)
    expect(page.locator("#install")).to_be_visible()
    page.evaluate('window.dispatchEvent(new Event("appinstalled"))')
    expect(page.locator("#install")).to_be_hidden()
