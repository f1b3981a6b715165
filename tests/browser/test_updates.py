"""A phone and a server of different versions: nothing is lost, and nobody is interrupted."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.acts import draft_offer, share, sign_up, tick, wait_for_worker
from tests.browser.chromium import Chromium
from tests.browser.releases import MovingSite, make_release

SAVED = "Saved on this phone. Nobody has seen it yet."
VOLUME = "[data-field=volume_ml] input"
VERSION = "document.querySelector('meta[name=version]').content"
LOOK_AWAY = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
# A page stays open, and she returns to it hours later.
RETURN = """(hours) => {
  const { now } = Date;
  Date.now = () => now() + hours * 3_600_000;
  document.dispatchEvent(new Event("visibilitychange"));
}"""
# What is under way may have been refused already, and whatever is asked next would join it: she
# comes online behind it.
ONLINE = """() => {
  navigator.locks.request("milkwell-sync", () => dispatchEvent(new Event("online")));
}"""
NEXT_DATABASE = """() => new Promise((done, failed) => {
  const request = indexedDB.open("milkwell", 99);
  request.onupgradeneeded = () => request.result.createObjectStore("news");
  request.onsuccess = () => done(request.result.close());
  request.onerror = () => failed(request.error);
})"""


@pytest.fixture
def site(tmp_path: Path, place_index: Path) -> Iterator[MovingSite]:
    (tmp_path / "data").mkdir()
    with MovingSite(tmp_path / "data", place_index) as moving:
        yield moving


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Chromium]:
    with Chromium(tmp_path / "profile") as browser:
        yield browser


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The next release."""
    return make_release(tmp_path / "newer", {})


def listings_in(site: MovingSite) -> int:
    """How many the database really holds."""
    with closing(sqlite3.connect(site.data / "milkwell.db")) as database:
        return int(database.execute("SELECT count(*) FROM listing").fetchone()[0])


def begin(phone: Chromium, site: MovingSite) -> str:
    """A signed-in phone that opens without a server; gives the version of its pages."""
    sign_up(phone.page, site, "Rosa")
    wait_for_worker(phone.page)
    return version(phone.page)


def version(page: Page) -> str:
    """What the page is a page of."""
    said: str = page.evaluate(VERSION)
    return said


def newer_than(page: Page, old: str) -> None:
    """Until the page has reloaded as another version."""
    for _ in range(400):
        try:
            if version(page) != old:
                return
        except Error:
            pass  # it was just reloading
        page.wait_for_timeout(100)
    raise AssertionError("the page is of the old version still")


def offer_unsent(page: Page, site: MovingSite) -> None:
    """An offer shared while the server is away."""
    site.stop()
    page.goto(f"{site.origin}/offers/new")
    draft_offer(page)
    share(page)
    expect(page.get_by_text(SAVED)).to_be_visible(timeout=20_000)
    page.goto(f"{site.origin}/mine")
    expect(page.get_by_text(SAVED)).to_be_visible(timeout=20_000)


def sent(page: Page, site: MovingSite) -> None:
    """What waited has gone out, once."""
    expect(page.get_by_text("Sent.")).to_be_visible(timeout=30_000)
    assert listings_in(site) == 1


def test_a_new_version_waits_while_work_is_unsent_and_comes_by_itself_after(
    phone: Chromium, site: MovingSite, tmp_path: Path
) -> None:
    old = begin(phone, site)
    page = phone.page
    offer_unsent(page, site)
    busy = make_release(tmp_path / "busy", {}, busy=True)
    site.move(busy)
    page.evaluate(RETURN, 2)
    expect(page.locator("#update")).to_be_visible(timeout=20_000)
    page.evaluate(LOOK_AWAY, True)
    page.wait_for_timeout(1500)
    assert version(page) == old
    expect(page.get_by_text(SAVED)).to_be_visible()

    (busy / "busy").unlink()
    page.evaluate(ONLINE)
    newer_than(page, old)
    sent(page, site)


def test_a_page_that_is_never_closed_takes_it_unseen_and_keeps_what_is_half_written(
    phone: Chromium, site: MovingSite, newer: Path
) -> None:
    old = begin(phone, site)
    page = phone.page
    page.goto(f"{site.origin}/offers/new")
    page.locator("[data-next]:enabled").wait_for()
    site.move(newer)
    page.evaluate(RETURN, 30)
    expect(page.locator("#update")).to_be_visible(timeout=20_000)
    assert version(page) == old
    page.locator(VOLUME).first.fill("317")
    page.evaluate(LOOK_AWAY, True)
    newer_than(page, old)
    page.locator("[data-next]:enabled").wait_for()
    expect(page.locator(VOLUME).first).to_have_value("317")


def test_consent_in_one_tab_takes_nothing_that_is_typed_in_another(
    phone: Chromium, site: MovingSite, newer: Path
) -> None:
    old = begin(phone, site)
    one = phone.page
    one.goto(f"{site.origin}/mine")
    other = one.context.new_page()
    other.goto(f"{site.origin}/offers/new")
    other.locator("[data-next]:enabled").wait_for()
    tick(other, "400")
    site.move(newer)
    one.evaluate(RETURN, 2)
    for page in (one, other):
        expect(page.locator("#update")).to_be_visible(timeout=20_000)

    one.locator("#update button").click()
    newer_than(one, old)
    one.evaluate(NEXT_DATABASE)
    assert version(other) == old
    expect(other.locator(VOLUME).first).to_have_value("400")
    expect(other.locator("#update")).to_be_visible()
    other.locator(VOLUME).first.fill("317")
    other.locator("#update button").click()
    newer_than(other, old)
    # Until then what stands there may be what the browser itself remembers of a field.
    other.locator("[data-next]:enabled").wait_for()
    expect(other.locator(VOLUME).first).to_have_value("317")
    expect(other.locator("#update")).to_be_hidden()
    draft_offer_on(other)
    sent(other, site)


def draft_offer_on(page: Page) -> None:
    """The rest of an offer whose amount is there."""
    tick(page, "Frozen")
    page.get_by_role("button", name="Next").click()
    page.locator("[data-periods] > *").last.click()
    share(page)


def test_an_old_page_keeps_all_says_so_and_goes_on_by_itself_once_there_is_a_newer_one(
    phone: Chromium, site: MovingSite, tmp_path: Path
) -> None:
    old = begin(phone, site)
    page = phone.page
    offer_unsent(page, site)
    opened: list[str] = []
    page.on("domcontentloaded", lambda here: opened.append(here.url))
    site.move(make_release(tmp_path / "ahead", None, protocol=2))
    page.evaluate(ONLINE)
    expect(page.locator("[data-status=client_too_old]")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(2000)
    assert (opened, version(page)) == ([], old)
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert listings_in(site) == 0

    swaps = {"protocol:1": "protocol:2"}
    site.move(make_release(tmp_path / "whole", swaps, protocol=2))
    page.evaluate(ONLINE)
    newer_than(page, old)
    sent(page, site)
    expect(page.locator("[data-status=client_too_old]")).to_be_hidden()
    assert len(opened) == 1


def test_a_release_taken_back_finds_the_phone_as_it_was(
    phone: Chromium, site: MovingSite, newer: Path
) -> None:
    old = begin(phone, site)
    page = phone.page
    site.move(newer)
    page.evaluate(RETURN, 2)
    expect(page.locator("#update")).to_be_visible(timeout=20_000)
    page.locator("#update button").click()
    newer_than(page, old)
    page.evaluate(NEXT_DATABASE)
    new = version(page)
    offer_unsent(page, site)
    site.move(make_release(newer.parent / "before", None))
    page.evaluate(RETURN, 2)
    expect(page.locator("#update")).to_be_visible(timeout=20_000)
    page.evaluate(LOOK_AWAY, True)
    newer_than(page, new)
    assert version(page) == old
    sent(page, site)


def test_the_worker_that_removes_itself_leaves_her_work_and_the_pages(
    phone: Chromium, site: MovingSite, tmp_path: Path
) -> None:
    begin(phone, site)
    page = phone.page
    offer_unsent(page, site)
    busy = make_release(tmp_path / "busy", None, busy=True)
    site.environment["MILKWELL_REMOVE_WORKER"] = "1"
    site.move(busy)
    page.evaluate(RETURN, 2)
    expect(page.locator("#update")).to_be_visible(timeout=20_000)
    with page.expect_event("load"):
        page.locator("#update button").click()
    expect(page.get_by_text(SAVED)).to_be_visible(timeout=20_000)
    assert page.evaluate("caches.keys().then((names) => names.length)") == 0
    page.goto(f"{site.origin}/outbox")
    expect(page.locator("main ul.cards > li")).to_have_count(1)

    (busy / "busy").unlink()
    page.goto(f"{site.origin}/mine")
    sent(page, site)
    site.stop()
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        page.goto(f"{site.origin}/nearby")
