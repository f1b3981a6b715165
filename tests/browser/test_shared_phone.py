"""One phone, two people: what the first leaves behind, and what the second gets to see."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import PASSWORD, draft_offer, share, sign_up, wait_for_worker
from tests.browser.chromium import Chromium
from tests.browser.site import Site

# Everything that the page's origin holds on this phone, as text.
EVERYTHING = """async () => {
  const found = { local: { ...localStorage }, session: { ...sessionStorage } };
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done, failed) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => done(request.result);
      request.onerror = failed;
    });
    for (const store of db.objectStoreNames) {
      found[`${name}/${store}`] = await new Promise((done) => {
        const request = db.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => done(request.result);
      });
    }
    db.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found[request.url] = await (await cache.match(request)).text();
    }
  }
  return JSON.stringify(found);
}"""
NOTE = "by the old library"


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Chromium]:
    with Chromium(tmp_path / "profile") as browser:
        yield browser


def write_note(page: Page) -> None:
    """Say something private on the third step."""
    page.locator("[data-next]").click()
    page.locator("summary", has_text="Anything else").click()
    page.locator("[name=note]").fill(NOTE)


def sign_out(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/me")
    page.get_by_role("button", name="Sign out").click()
    page.locator("dialog").get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Nothing of yours is left on this phone.")).to_be_visible()


def test_signing_out_without_signal_leaves_nothing_of_hers_and_holds(
    phone: Chromium, running: Site
) -> None:
    page = phone.page
    sign_up(page, running, "Rosa")
    wait_for_worker(page)
    page.goto(f"{running.origin}/offers/new")
    draft_offer(page)
    write_note(page)
    share(page)
    expect(page.get_by_text("Sent.")).to_be_visible(timeout=20_000)
    assert NOTE in page.evaluate(EVERYTHING)
    running.stop()

    sign_out(page, running)
    left = page.evaluate(EVERYTHING)
    for personal in (NOTE, "Rosa", "rosa@example.org", "Gresham", "11829", "cell"):
        assert personal not in left, personal

    running.start()
    page.goto(f"{running.origin}/mine")
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible(timeout=20_000)
    page.wait_for_timeout(1000)
    assert page.evaluate("fetch('/api/devices').then(({ status }) => status)") == 401
    assert NOTE not in page.evaluate(EVERYTHING)


def test_a_second_person_neither_sees_nor_sends_what_the_first_left_unsent(
    phone: Chromium, running: Site
) -> None:
    page = phone.page
    sign_up(page, running, "Rosa")
    wait_for_worker(page)
    running.stop()
    page.goto(f"{running.origin}/offers/new")
    draft_offer(page)
    write_note(page)
    share(page)
    expect(page.get_by_text("Nobody has seen it yet.")).to_be_visible()

    running.start(worker=False)
    assert page.context.cookies()
    page.context.clear_cookies()  # her session ended; she did not sign out
    sign_up(page, running, "June", "Portland")
    for path in ("/mine", "/outbox", "/nearby"):
        page.goto(running.origin + path)
        page.wait_for_timeout(700)
        assert NOTE not in page.content()
        expect(page.get_by_text("400 oz")).not_to_be_visible()
    mine = page.evaluate(
        """fetch("/api/nearby").then((answer) => answer.json()).then(JSON.stringify)"""
    )
    assert json.loads(mine)["cards"] == []

    sign_out(page, running)
    page.goto(f"{running.origin}/sign-in?next=/mine")
    page.get_by_label("E-mail").fill("rosa@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/mine")
    expect(page.get_by_text("400 oz")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Sent.")).to_be_visible(timeout=20_000)
