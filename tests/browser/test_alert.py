"""A donor's offer alerts a family in a real Firefox, which opens it with the server stopped."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.acts import PASSWORD, draft_offer, share, sign_up
from tests.browser.chromium import Chromium
from tests.browser.firefox import Firefox, wait_until
from tests.browser.push_service import PushService
from tests.browser.site import Site


@pytest.fixture
def family(tmp_path: Path, push: PushService) -> Iterator[Firefox]:
    with Firefox(tmp_path / "firefox", push.url) as browser:
        yield browser


@pytest.fixture
def donor(tmp_path: Path) -> Iterator[Chromium]:
    with Chromium(tmp_path / "chromium") as browser:
        yield browser


def tick(firefox: Firefox, text: str) -> None:
    """Tap the chip or box that says so."""
    firefox.execute_script(
        """const found = [...document.querySelectorAll("label, button.chip")]
             .find((each) => each.checkVisibility() && each.textContent.includes(arguments[0]));
           document.querySelectorAll("[data-tap]").forEach((each) => delete each.dataset.tap);
           found.dataset.tap = "";
           found.scrollIntoView({block: "center"});""",
        text,
    )
    firefox.click("[data-tap]")


def join(firefox: Firefox, site: Site) -> None:
    """Sign up and answer /welcome in Firefox."""
    firefox.navigate(f"{site.origin}/sign-up?next=/requests/new")
    firefox.type("[name=name]", "June")
    firefox.type("[name=email]", "june@example.org")
    firefox.type("[name=password]", PASSWORD)
    firefox.click("form button")
    wait_until(lambda: "/welcome" in firefox.url, 20, "the welcome page")
    firefox.find("[data-next]:enabled")
    firefox.type("[role=combobox]", "Portland")
    firefox.click("[role=option]")
    tick(firefox, "Mother")
    firefox.click("[data-next]")
    tick(firefox, "I am 18 or older.")
    tick(firefox, "Milkwell may keep what I answer")
    firefox.click("[data-next]")
    wait_until(lambda: "/requests/new" in firefox.url, 20, "the request's page")


def ask_for_tonight(firefox: Firefox) -> None:
    """A request for tonight, as few taps as it takes."""
    firefox.find("[data-next]:enabled")
    tick(firefox, "20")
    tick(firefox, "Tonight")
    for step in ("1 of 4", "2 of 4", "3 of 4"):
        firefox.wait_for_text(step)
        if step == "2 of 4":
            tick(firefox, "No")
        firefox.click("[data-next]")
    firefox.wait_for_text("4 of 4")
    firefox.click("[data-next]")
    firefox.wait_for_text("Sent.")


def test_an_offer_alerts_a_family_nearby_and_opens_without_the_server(
    running: Site, push: PushService, family: Firefox, donor: Chromium
) -> None:
    join(family, running)
    ask_for_tonight(family)

    family.navigate(f"{running.origin}/me")
    family.wait_for_text("Alerts are off.")
    tick_button(family, "Allow alerts")
    family.allow_notifications_prompt()
    family.wait_for_text("Alerts are on")
    assert len(push.subscriptions) == 1

    sign_up(donor.page, running, "Rosa", "Gresham")
    donor.page.goto(f"{running.origin}/offers/new")
    draft_offer(donor.page)
    share(donor.page)
    donor.page.get_by_text("Sent. One family near you was told.").wait_for(timeout=30_000)

    received = push.wait_for_push()
    assert received.status == 201
    assert b"Gresham" not in received.body
    shown = family.wait_for_notification()
    assert shown["title"] == "Something near you"
    assert not shown["body"]

    running.stop()
    family.click_notification()
    wait_until(lambda: _opened(family), 20, "the offer's page")
    family.wait_for_text("400 oz")
    family.wait_for_text("near Gresham")
    assert not running.answers()


def tick_button(firefox: Firefox, text: str) -> None:
    """Press the button that says so."""
    wait_until(lambda: _mark_button(firefox, text), 20, f"the button {text!r}")
    firefox.click("[data-tap]")


def _mark_button(firefox: Firefox, text: str) -> bool:
    return bool(
        firefox.execute_script(
            """const found = [...document.querySelectorAll("button")]
                 .find((each) => each.textContent.trim() === arguments[0]);
               if (found) found.dataset.tap = "";
               return Boolean(found);""",
            text,
        )
    )


def _opened(firefox: Firefox) -> bool:
    for handle in firefox.tabs():
        firefox.switch_to_tab(handle)
        if "/listings/" in firefox.url:
            return True
    return False
