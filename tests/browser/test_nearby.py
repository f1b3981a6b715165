"""What is near, filtered and empty, in Chromium: with the server and without it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import draft_offer, sign_up, tick, wait_for_worker
from tests.browser.chromium import Chromium
from tests.browser.site import Site


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Chromium]:
    with Chromium(tmp_path / "profile") as browser:
        yield browser


@pytest.fixture
def donors(tmp_path: Path, phone: Chromium) -> Iterator[Chromium]:
    with Chromium(tmp_path / "donors", beside=phone) as browser:
        yield browser


def offer(page: Page, site: Site, medicine: str = "") -> None:
    """An offer of 400 oz, which says something of medicines or nothing."""
    page.goto(f"{site.origin}/offers/new")
    draft_offer(page)
    page.get_by_role("button", name="Next").click()
    if medicine:
        page.locator("summary", has_text="Medicines").click()
        page.locator("[data-field=medicine] .chip", has_text=medicine).click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Share").click()
    page.get_by_text("Sent.").first.wait_for()


def look_for(page: Page, text: str) -> None:
    """Open the filters, tap one, and close them."""
    page.locator("summary", has_text="Filters").click()
    tick(page, text)
    page.locator("summary", has_text="Filters").click()


def test_without_medicines_keeps_only_what_says_none_reported_with_no_signal_too(
    phone: Chromium, donors: Chromium, running: Site
) -> None:
    sign_up(donors.page, running, "Rosa")
    for said in ("None", "Some", ""):
        offer(donors.page, running, said)

    page = phone.page
    sign_up(page, running, "June", "Portland")
    wait_for_worker(page)
    expect(page.locator(".card")).to_have_count(3, timeout=20_000)
    running.stop()
    page.reload()
    look_for(page, "Medicines")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".card")).to_contain_text("Medicines: none reported")
    expect(page.get_by_text("2 more haven't said. You can ask them.")).to_be_visible()
    expect(page.get_by_text("1 on")).to_be_visible()

    page.reload()
    expect(page.get_by_text("1 on")).to_be_visible()
    expect(page.locator(".card")).to_have_count(1)
    page.get_by_role("button", name="Show them too").click()
    expect(page.locator(".card")).to_have_count(3)
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.get_by_text("1 on")).to_have_count(0)

    look_for(page, "Fresh")
    expect(page.get_by_text("Nothing near you says all that you filter for.")).to_be_visible()
    expect(page.locator(".card")).to_have_count(0)


def test_with_nothing_near_she_reads_how_far_the_nearest_is_and_may_tell_others(
    phone: Chromium, donors: Chromium, running: Site
) -> None:
    sign_up(donors.page, running, "Rosa", "Salem, Oregon")
    offer(donors.page, running)

    page = phone.page
    asked: list[str] = []
    page.on("request", lambda made: asked.append(made.url))
    sign_up(page, running, "June", "Portland")
    nothing = "Nothing near you yet. We'll tell you; no need to keep looking."
    expect(page.get_by_text(nothing)).to_be_visible(timeout=20_000)
    nearest = page.get_by_text("The nearest is 30 to 60 miles away.")
    expect(nearest).to_be_visible(timeout=20_000)
    expect(page.get_by_role("link", name="Ask for milk")).to_be_visible()
    assert [url for url in asked if "/api/nearby" in url] == [
        f"{running.origin}/api/nearby?kind=offer"
    ]
    assert shared(page) == {"url": running.origin}


def test_who_asks_already_reads_that_tell_me_is_on(phone: Chromium, running: Site) -> None:
    page = phone.page
    sign_up(page, running, "June", "Portland")
    page.goto(f"{running.origin}/requests/new")
    page.locator("[data-next]:enabled").wait_for()
    tick(page, "20")
    tick(page, "For two weeks")
    for _step in range(3):
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Share").click()
    page.get_by_text("Sent.").first.wait_for()
    page.goto(f"{running.origin}/nearby")
    on = page.get_by_text("Tell me is on, as long as your request is open.")
    expect(on).to_be_visible(timeout=20_000)
    expect(page.get_by_role("link", name="Ask for milk")).to_have_count(0)


def shared(page: Page) -> Any:
    """What the phone's own sheet for sharing is given."""
    page.evaluate("navigator.share = async (what) => { window.given = JSON.stringify(what); }")
    page.get_by_role("button", name="Tell others of Milkwell").click()
    return json.loads(page.evaluate("window.given"))
