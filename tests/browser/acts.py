"""What people do on the pages, in Chromium."""

from playwright.sync_api import Page

from tests.browser.site import Site

PASSWORD = "a sentence to sign in with"


def begin_sign_up(page: Page, site: Site, name: str) -> None:
    """Sign up, up to where /welcome asks where she lives."""
    page.goto(f"{site.origin}/sign-up")
    page.get_by_label("What should people call you?").fill(name)
    page.get_by_label("E-mail").fill(f"{name.lower()}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    page.wait_for_url("**/welcome*")
    page.locator("[data-next]:enabled").wait_for()


def sign_up(page: Page, site: Site, name: str, town: str = "Gresham") -> None:
    """Sign up and answer /welcome, as a person does."""
    begin_sign_up(page, site, name)
    page.get_by_role("combobox").fill(town)
    page.get_by_role("option").first.click()
    tick(page, "Mother")
    page.get_by_role("button", name="Next").click()
    tick(page, "I am 18 or older.")
    tick(page, "Milkwell may keep what I answer")
    page.locator("[data-next]").click()
    page.wait_for_url("**/nearby")


def tick(page: Page, text: str) -> None:
    """Tap the chip or box that says so."""
    page.locator(".chip:visible, label:visible", has_text=text).first.click()


def wait_for_worker(page: Page) -> None:
    """Until the service worker is in charge: from then on the app opens without a server."""
    # Not wait_for_function: it polls by evaluating text, which the policy refuses.
    page.evaluate(
        """() => new Promise((resolve) => {
          const { serviceWorker } = navigator;
          if (serviceWorker.controller) return resolve();
          serviceWorker.addEventListener("controllerchange", () => resolve());
        })"""
    )


def draft_offer(page: Page) -> None:
    """The first two steps of an offer: 400 oz, frozen, pumped this month."""
    page.locator("[data-next]:enabled").wait_for()
    tick(page, "400")
    tick(page, "Frozen")
    page.get_by_role("button", name="Next").click()
    page.locator("[data-periods] > *").last.click()


def share(page: Page) -> None:
    """Go on to the last step, and share."""
    for _ in range(3):
        if page.locator("[data-next]").inner_text() == "Next":
            page.locator("[data-next]").click()
    page.get_by_role("button", name="Share").click()
