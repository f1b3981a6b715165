"""What a person changes, takes along and takes back on /me."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import draft_offer, share, sign_up, tick, wait_for_worker
from tests.browser.chromium import Chromium
from tests.browser.firefox import wait_until
from tests.browser.phones import offers_of
from tests.browser.site import Site

# Whatever would be sent waits, in the page and in its worker, until it is let go.
HOLD = """() => new Promise((held) => {
  navigator.locks.request("milkwell-sync", () => {
    held();
    return new Promise((done) => { window.letGo = done; });
  });
})"""


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Chromium]:
    with Chromium(tmp_path / "profile") as browser:
        yield browser


def unfold(page: Page, title: str) -> None:
    page.locator("summary:visible", has_text=title).click()


def test_consent_is_taken_back_and_welcome_asks_again_though_without_signal(
    phone: Chromium, running: Site
) -> None:
    page = phone.page
    sign_up(page, running, "Rosa")
    wait_for_worker(page)
    page.goto(f"{running.origin}/offers/new")
    draft_offer(page)
    share(page)
    expect(page.locator(".strip.sent:visible")).to_contain_text("Sent.", timeout=20_000)

    page.goto(f"{running.origin}/me")
    unfold(page, "Your data and account")
    page.get_by_role("button", name="Take it back").click()
    dialog = page.locator("dialog:modal")
    expect(dialog).to_contain_text("your open listings are withdrawn")
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    dialog.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible(timeout=20_000)
    expect(page.locator("#ask-take-back")).not_to_be_visible()
    page.goto(f"{running.origin}/mine")
    expect(page.get_by_text("Withdrawn.")).to_be_visible(timeout=20_000)

    page.goto(f"{running.origin}/me")
    page.get_by_role("link", name="Two questions are still open").click()
    page.locator("[data-next]:enabled").wait_for()
    page.get_by_role("combobox").fill("Gresham")
    page.get_by_role("option").first.click()
    tick(page, "Mother")
    page.get_by_role("button", name="Next").click()
    tick(page, "I am 18 or older.")
    tick(page, "Milkwell may keep what I answer")
    running.stop()
    page.locator("[data-next]").click()
    kept = page.get_by_text("It is sent by itself when there is signal.")
    expect(kept).to_be_visible(timeout=20_000)
    page.locator("[data-next]").click()
    page.wait_for_url("**/nearby")
    page.goto(f"{running.origin}/outbox")
    expect(page.locator(".cards").get_by_text("Your answers at the start")).to_have_count(
        1, timeout=20_000
    )

    # It is tried again by itself: what she taps would be gone.
    page.evaluate(HOLD)
    running.start(worker=False)
    page.get_by_role("button", name="Send now").click()
    page.evaluate("window.letGo()")
    expect(page.get_by_text("Nothing waits here.")).to_be_visible(timeout=20_000)
    page.goto(f"{running.origin}/me")
    unfold(page, "Your data and account")
    expect(page.locator("#ask-take-back")).to_be_visible()


def test_everything_of_hers_is_one_file_that_holds_nothing_to_send(
    phone: Chromium, running: Site
) -> None:
    page = phone.page
    sign_up(page, running, "Rosa")
    wait_for_worker(page)
    page.goto(f"{running.origin}/me")
    unfold(page, "Your data and account")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    file = Path(download.value.path())
    assert json.loads(file.read_text())["account"]["email"] == "rosa@example.org"
    running.stop()
    page.get_by_role("link", name="Download").click()
    expect(page.get_by_text("Milkwell can't be reached. Try again with signal.")).to_be_visible()

    page.goto(f"{running.origin}/outbox")
    expect(page.get_by_text("Nothing waits here.")).to_be_visible(timeout=20_000)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("There is nothing to send in it.")).to_be_visible()


def test_what_was_saved_as_a_file_before_a_sign_out_is_loaded_and_sent_once(
    phone: Chromium, running: Site, tmp_path: Path
) -> None:
    page = phone.page
    sign_up(page, running, "Rosa")
    wait_for_worker(page)
    running.stop()
    page.goto(f"{running.origin}/offers/new")
    draft_offer(page)
    share(page)
    expect(page.get_by_text("Nobody has seen it yet.")).to_be_visible(timeout=20_000)
    page.goto(f"{running.origin}/me")
    page.get_by_role("button", name="Sign out").click()
    file = tmp_path / "unsent.json"
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    download.value.save_as(file)
    page.locator("dialog:modal").get_by_role("button", name="Sign out").click()
    left = page.get_by_text("Nothing of yours is left on this phone.")
    expect(left).to_be_visible(timeout=20_000)

    running.start(worker=False)
    page.goto(f"{running.origin}/sign-in?next=/outbox")
    page.get_by_label("E-mail").fill("rosa@example.org")
    page.get_by_label("Password").fill("a sentence to sign in with")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/outbox")
    expect(page.get_by_text("Nothing waits here.")).to_be_visible(timeout=20_000)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Loaded. It waits here now")).to_be_visible(timeout=20_000)
    # The list may be drawn after those words.
    wait_until(lambda: offers_of(running, "Rosa"), 20, "the offer at the server")
    expect(page.get_by_text("Nothing waits here.")).to_be_visible(timeout=20_000)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("All of it is on this phone already.")).to_be_visible()
    page.goto(f"{running.origin}/mine")
    expect(page.get_by_text("400 oz")).to_have_count(1)
    assert len(offers_of(running, "Rosa")) == 1


def test_a_saved_language_fetches_every_page_in_it(phone: Chromium, running: Site) -> None:
    page = phone.page
    sign_up(page, running, "Rosa")
    page.goto(f"{running.origin}/me")
    unfold(page, "Language and time")
    tick(page, "Español")
    with page.expect_request("**/language/es?next=/me"):
        page.locator("[data-field=language] ~ button").click()
