"""Taps counted through the real pages: an offer nine, offer again five, tonight's request eight."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.acts import sign_up, tick
from tests.browser.chromium import Chromium
from tests.browser.site import Site
from tests.browser.stage import until

SENT = "Sent. We'll tell you when something fits."
NOT_TONIGHT = (
    "If tonight can't wait: use a formula your baby tolerates, exactly as its label says, "
    "and call your midwife, clinic or nurse line."
)


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Chromium]:
    with Chromium(tmp_path / "profile", has_touch=True) as browser:
        yield browser


class Thumb:
    """A thumb that only taps what it sees, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, control: Locator) -> None:
        """One tap on a control that is there to be seen."""
        expect(control).to_be_visible()
        expect(control).to_be_enabled()
        control.tap()
        self.taps += 1

    def bar(self, name: str) -> None:
        """A place in the bar at the bottom."""
        self.tap(self.page.locator(".bar a", has_text=name))

    def link(self, name: str) -> None:
        """A link that begins with these words."""
        self.tap(self.page.get_by_role("link", name=name))

    def chip(self, name: str) -> None:
        """An answer to choose, once the page hears what is tapped."""
        self.page.locator("[data-next]:enabled").wait_for()
        self.tap(self.page.locator(".chip:visible").get_by_text(name, exact=True))

    def on(self, word: str) -> None:
        """The one button at the bottom, which says what comes."""
        button = self.page.locator("[data-next]:enabled")
        expect(button).to_have_text(word)
        self.tap(button)


def held(site: Site) -> list[dict[str, Any]]:
    """The listings that the server holds, oldest first, each with its first batch."""
    with sqlite3.connect(site.data / "milkwell.db") as database:
        database.row_factory = sqlite3.Row
        rows = database.execute(
            "SELECT listing.*, batch.id AS batch_id, batch.state, batch.pumped_from,"
            " batch.pumped_to FROM listing LEFT JOIN batch ON batch.listing_id = listing.id"
            " ORDER BY listing.published_at"
        )
        return [dict(row) for row in rows]


def is_seen(words: Locator) -> bool:
    """Whether words lie wholly on the screen, under nothing else."""
    return bool(
        words.evaluate(
            """(each) => {
                 const { left, top, bottom } = each.getBoundingClientRect();
                 return top > 0 && [top + 4, bottom - 4].every(
                   (y) => document.elementFromPoint(left + 24, y) === each);
               }"""
        )
    )


def to_nearby(phone: Chromium, site: Site) -> Thumb:
    """A thumb over Nearby."""
    phone.page.goto(f"{site.origin}/nearby")
    expect(phone.page.get_by_text("Updated")).to_be_visible(timeout=20_000)
    return Thumb(phone.page)


def test_an_offer_takes_nine_taps_and_no_typing(phone: Chromium, running: Site) -> None:
    sign_up(phone.page, running, "Rosa")
    thumb = to_nearby(phone, running)
    thumb.bar("New")
    thumb.link("I have milk")
    thumb.chip("400")
    thumb.chip("Frozen")
    thumb.on("Next")
    thumb.tap(phone.page.locator("[data-periods] > *").last)
    thumb.on("Next")
    thumb.on("Next")
    thumb.on("Share")
    expect(phone.page.get_by_text(SENT)).to_be_visible(timeout=20_000)
    assert thumb.taps == 9
    [offer] = held(running)
    assert (offer["kind"], offer["volume_ml"], offer["state"]) == ("offer", 11829, "frozen")
    assert offer["status"] == "open"
    assert offer["exposures"] == offer["diet"] == "{}", "what was not said is not said for her"


def test_offering_again_takes_five_taps(phone: Chromium, running: Site) -> None:
    page = phone.page
    sign_up(page, running, "Rosa")
    page.goto(f"{running.origin}/offers/new")
    page.locator("[data-next]:enabled").wait_for()
    tick(page, "400")
    tick(page, "Frozen")
    page.locator("[data-next]").click()
    page.locator("[data-periods] > *").first.click()
    page.locator("[data-next]").click()
    page.locator("summary", has_text="Diet").click()
    tick(page, "Soy-free")
    page.locator("[data-next]").click()
    page.get_by_role("button", name="Share").click()
    page.get_by_text("Sent.").wait_for()
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    page.get_by_text("Withdrawn. Nobody sees it.").wait_for()

    thumb = to_nearby(phone, running)
    thumb.bar("Mine")
    thumb.link("Offer again")
    thumb.tap(page.locator("[data-periods] > *").last)
    thumb.on("Next")
    expect(page.get_by_text("I have 400 oz of frozen milk, pumped")).to_be_visible()
    thumb.on("Share")
    expect(page.get_by_text(SENT)).to_be_visible(timeout=20_000)
    assert thumb.taps == 5
    old, new = held(running)
    assert (old["status"], new["status"]) == ("withdrawn", "open")
    for name in ("kind", "volume_ml", "state", "diet", "reach_km", "handover", "open_days"):
        assert new[name] == old[name], name
    assert "soy_free" in new["diet"]
    assert new["batch_id"] != old["batch_id"]
    assert new["pumped_from"] > old["pumped_to"], "the old milk's dates are not the new one's"


def test_a_request_for_tonight_takes_eight_taps_and_reads_what_can_not_wait(
    phone: Chromium, running: Site
) -> None:
    sign_up(phone.page, running, "June", "Portland")
    thumb = to_nearby(phone, running)
    thumb.bar("New")
    thumb.link("I need milk")
    thumb.chip("20")
    thumb.chip("Tonight")
    words = phone.page.get_by_text(NOT_TONIGHT)
    until(phone.page, lambda: is_seen(words))
    assert is_seen(words)
    for _step in range(3):
        thumb.on("Next")
    expect(phone.page.get_by_text("I need 20 oz of milk tonight.")).to_be_visible()
    thumb.on("Share")
    expect(phone.page.get_by_text(SENT)).to_be_visible(timeout=20_000)
    assert thumb.taps == 8
    [request] = held(running)
    assert (request["kind"], request["volume_ml"], request["need"]) == ("request", 591, "emergency")
    assert request["emergency_until"]
    assert request["fragile"] == "", "what was not said of the baby is not said for her"
