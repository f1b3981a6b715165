"""What only its own page loads: there without signal, and never a blank page where it is not."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.acts import sign_up, wait_for_worker
from tests.browser.releases import MovingSite, make_release
from tests.browser.stage import rested

SCRIPTS = "[...document.querySelectorAll('link[rel=modulepreload]')].map((link) => link.href)"


@pytest.fixture
def site(tmp_path: Path, place_index: Path) -> Iterator[MovingSite]:
    (tmp_path / "data").mkdir()
    with MovingSite(tmp_path / "data", place_index) as moving:
        yield moving


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def complaints(page: Page) -> list[str]:
    """What the browser's console says of the page from now on, but for what is said in words."""
    said: list[str] = []
    page.on("console", lambda line: line.type == "error" and said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_each_opens_without_a_server_and_breaks_no_policy(phone: Page, site: MovingSite) -> None:
    sign_up(phone, site, "Rosa")
    wait_for_worker(phone)
    # A sync that is cut off is complained of in more words than those below.
    rested(phone)
    said = complaints(phone)
    site.stop()
    for path, words in (("/me", "Sign out"), ("/outbox", "Nothing waits here.")):
        phone.goto(f"{site.origin}{path}")
        assert len(phone.evaluate(SCRIPTS)) > 1
        expect(phone.get_by_text(words, exact=True)).to_be_visible(timeout=20_000)
    # Refused, or reset where something was under way as it stopped.
    assert [each for each in said if "net::ERR_CONNECTION_RE" not in each] == []


def test_one_that_cannot_be_had_is_a_sentence_and_a_way_to_try_again(
    browser: Browser, empty_site: MovingSite
) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.route(re.compile("/static/dist/me-"), lambda route: route.abort())
    page.goto(f"{empty_site.origin}/me")
    said = page.get_by_text("A part of this page is not on this phone")
    expect(said).to_be_visible(timeout=20_000)
    expect(page.locator("main")).to_be_hidden()
    page.unroute_all()
    with page.expect_event("load"):
        page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible(timeout=20_000)
    expect(page.locator("#missing")).to_be_hidden()
    context.close()


def test_an_old_page_finds_its_own_where_the_server_has_only_newer_ones(
    phone: Page, site: MovingSite, tmp_path: Path
) -> None:
    sign_up(phone, site, "Rosa")
    wait_for_worker(phone)
    phone.goto(f"{site.origin}/me")
    # Its own script runs, so the worker has kept it.
    shown = phone.get_by_text("Sign out", exact=True)
    expect(shown).to_be_visible(timeout=20_000)
    old = phone.evaluate(SCRIPTS)
    newer = make_release(tmp_path / "newer", {})
    dist = newer / "webapp/static/dist"
    listing = json.loads((dist / "build.json").read_text())
    assert not {name.rpartition("/")[2] for name in old} & set(listing["chunks"])
    for address in old:
        (dist / address.rpartition("/")[2]).unlink()
    site.move(newer)
    phone.evaluate("navigator.serviceWorker.ready.then((registration) => registration.update())")
    expect(phone.locator("#update")).to_be_visible(timeout=20_000)
    phone.reload()
    expect(shown).to_be_visible(timeout=20_000)
    assert phone.evaluate(SCRIPTS) == old
    with phone.expect_event("load"):
        phone.locator("#update button").click()
    expect(shown).to_be_visible(timeout=20_000)
    assert not set(phone.evaluate(SCRIPTS)) & set(old)
