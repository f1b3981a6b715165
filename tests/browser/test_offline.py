"""An offer written without signal, in real Chromium, with the server really stopped."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.acts import draft_offer, share, sign_up, wait_for_worker
from tests.browser.chromium import Chromium
from tests.browser.site import Site

SAVED = "Saved on this phone. Nobody has seen it yet."


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Chromium]:
    with Chromium(tmp_path / "profile") as browser:
        yield browser


def listings_in(site: Site) -> list[tuple[str, int]]:
    """What the database really holds."""
    with sqlite3.connect(site.data / "milkwell.db") as database:
        found = database.execute("SELECT kind, volume_ml FROM listing").fetchall()
    database.close()
    return found


def test_an_offer_drafted_without_signal_survives_a_killed_browser_and_arrives_once(
    phone: Chromium, running: Site
) -> None:
    sign_up(phone.page, running, "Rosa")
    wait_for_worker(phone.page)
    phone.close()
    running.stop()

    page = phone.open()
    page.goto(f"{running.origin}/offers/new")
    draft_offer(page)
    expect(page.get_by_text("Saved on this phone")).to_be_visible()
    page.wait_for_timeout(600)  # the half second that a draft may take
    phone.kill()

    page = phone.open()
    page.goto(f"{running.origin}/offers/new")
    expect(page.locator("input[name=_volume], [data-field=volume_ml] input").first).to_have_value(
        "400"
    )
    share(page)
    expect(page.get_by_text(SAVED)).to_be_visible()

    page.goto(f"{running.origin}/mine")
    expect(page.get_by_text(SAVED)).to_be_visible()
    expect(page.get_by_text("400 oz")).to_be_visible()

    running.start()
    page.reload()
    expect(page.get_by_text("Sent.")).to_be_visible(timeout=30_000)
    expect(page.get_by_text(SAVED)).not_to_be_visible()
    page.reload()
    expect(page.get_by_text("Sent.")).to_be_visible()
    assert listings_in(running) == [("offer", 11829)]
