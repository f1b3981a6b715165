"""Offers side by side on a phone's width, chosen on this phone and read without signal."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import sign_up, wait_for_worker
from tests.browser.chromium import Chromium
from tests.browser.site import Site
from tests.browser.stage import larger_text, until
from tests.browser.wiring import send
from tests.cast import offer, request
from webapp.database import uuid7

WIDER = """() => document.scrollingElement.scrollWidth > innerWidth"""
CHOICES = "details .chip"
KEPT = """() => new Promise((done) => {
  indexedDB.open("milkwell").onsuccess = ({ target: { result: db } }) => {
    db.transaction("meta").objectStore("meta").get("compared").onsuccess = ({ target }) => {
      db.close();
      done(target.result?.length ?? 0);
    };
  };
})"""
"""How many this phone still compares when the page is left."""


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Chromium]:
    with Chromium(tmp_path / "profile") as browser:
        yield browser


@pytest.fixture
def donors(tmp_path: Path, phone: Chromium) -> Iterator[Chromium]:
    with Chromium(tmp_path / "donors", beside=phone) as browser:
        yield browser


@pytest.fixture
def offers(donors: Chromium, running: Site) -> list[str]:
    """Rosa's four offers and a fifth, each of another amount."""
    sign_up(donors.page, running, "Rosa")
    said = [{"medicine": "none"}, {"medicine": "some", "lipase": "no_change"}, {}, {}, {}]
    return [
        send(
            donors.page,
            "listing.publish",
            offer(volume_ml=str(3000 + 1000 * n), **each),
            str(uuid7()),
        )
        for n, each in enumerate(said)
    ]


@pytest.fixture
def page(phone: Chromium, offers: list[str], running: Site) -> Page:
    """June's, who asks for milk and has all of them on her phone."""
    page = phone.page
    sign_up(page, running, "June", "Portland")
    asks = request(daily_ml="300", must=["dairy_free"], volume_ml="6000")
    send(page, "listing.publish", asks | {"weeks-dairy_free": "3"}, str(uuid7()))
    page.goto(f"{running.origin}/nearby")
    expect(page.locator(".card").nth(4)).to_be_attached(timeout=20_000)
    wait_for_worker(page)
    return page


def cells(page: Page, head: str) -> list[str]:
    """What the offers say under one head."""
    row = page.locator("#compared tbody tr", has=page.get_by_role("rowheader", name=head))
    return row.locator("td").all_inner_texts()


def test_she_chooses_offers_and_reads_them_side_by_side_without_signal(
    page: Page, offers: list[str], running: Site
) -> None:
    running.stop()
    page.goto(f"{running.origin}/compare")
    expect(page.get_by_text("Choose two or more offers")).to_be_visible()
    expect(page.locator("#compared")).not_to_be_visible()

    page.goto(f"{running.origin}/listings/{offers[0]}")
    page.get_by_role("link", name="Compare it with others").click()
    expect(page.get_by_text("Choose one more")).to_be_visible()
    expect(page).to_have_url(f"{running.origin}/compare")
    page.locator(f"{CHOICES}[aria-pressed=false]").first.click()
    expect(page.get_by_role("columnheader", name="Offer 2")).to_be_visible()
    assert "none reported" in cells(page, "Medicines")
    assert cells(page, "Alcohol") == ["not said", "not said"]
    assert all(cells(page, "Amount"))
    assert not page.evaluate(WIDER)

    # Drawn at once, and kept a moment later.
    until(page, lambda: page.evaluate(KEPT) == 2)
    assert page.evaluate(KEPT) == 2
    page.reload()
    page.get_by_role("button", name="Only what differs").click()
    expect(page.get_by_role("rowheader", name="Amount")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Alcohol")).to_have_count(0)
    page.get_by_role("button", name="Take out").first.click()
    expect(page.get_by_role("columnheader", name="Offer 2")).to_have_count(0)


def test_four_at_most_move_within_their_own_box_while_their_heads_stay(page: Page) -> None:
    page.goto(page.url.replace("/nearby", "/compare"))
    for _ in range(4):
        page.locator(f"{CHOICES}[aria-pressed=false]").first.click()
    expect(page.locator(f"{CHOICES}:enabled[aria-pressed=false]")).to_have_count(0)
    expect(page.get_by_role("columnheader", name="Offer 4")).to_be_attached()
    for large in (False, True):
        larger_text(page, large)
        assert not page.evaluate(WIDER)
        box, head = page.locator("#compared"), page.get_by_role("rowheader", name="Amount")
        box.evaluate("(box) => box.scrollTo(0, 0)")
        before = head.bounding_box()
        box.evaluate("(box) => box.scrollTo(box.scrollWidth, 0)")
        assert box.evaluate("(box) => box.scrollLeft") > 0
        assert head.bounding_box() == before


def test_what_was_chosen_and_is_gone_is_said_and_can_be_taken_out(
    page: Page, offers: list[str], donors: Chromium, running: Site
) -> None:
    for each in offers[:2]:
        page.goto(f"{running.origin}/listings/{each}")
        page.get_by_role("link", name="Compare it with others").click()
        page.wait_for_url("**/compare")
    expect(page.get_by_role("columnheader", name="Offer 2")).to_be_visible()
    send(donors.page, "listing.withdraw", {}, offers[0])
    page.goto(f"{running.origin}/nearby")
    expect(page.locator(f".card[href$='{offers[1]}']").first).to_be_attached(timeout=20_000)
    expect(page.locator(f".card[href$='{offers[0]}']")).to_have_count(0, timeout=20_000)
    page.goto(f"{running.origin}/compare")
    gone = page.get_by_text("An offer that you chose is not available any more.")
    expect(gone).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Take out").first.click()
    expect(page.get_by_text("not available any more")).to_have_count(0)
    expect(page.get_by_role("columnheader", name="Offer 1")).to_be_visible()


def test_how_much_fits_her_request_and_how_long_it_lasts(page: Page) -> None:
    heading = page.get_by_role("heading", name="Fits what you ask for")
    for _try in range(10):
        if heading.count():
            break
        page.reload()
        with suppress(AssertionError):
            expect(heading).to_be_visible(timeout=3_000)
    expect(heading).to_be_visible()
    page.goto(page.url.replace("/nearby", "/compare"))
    page.locator(f"{CHOICES}[aria-pressed=false]").first.click()
    expect(page.get_by_role("rowheader", name="Fits your request")).to_be_visible()
    assert cells(page, "Fits your request") == ["All of it"]
    assert cells(page, "Lasts")[0].endswith("days")
    assert cells(page, "Dairy-free")[0].startswith("since ")
