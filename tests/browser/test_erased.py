"""The end of an account, on the phone that asked for it and on her others; and a suspension."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import PASSWORD, draft_offer, share, sign_up, wait_for_worker
from tests.browser.chromium import Chromium
from tests.browser.contents import everything, row_of
from tests.browser.phones import arrive
from tests.browser.site import Site

GONE = "This account was erased. Nothing of it is left on this phone."
NOBODY = "Saved on this phone. Nobody has seen it yet."
HERS = ("Zenobia", "zenobia@", "Gresham")


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Chromium]:
    with Chromium(tmp_path / "one") as browser:
        yield browser


@pytest.fixture
def other_phone(tmp_path: Path, phone: Chromium) -> Iterator[Chromium]:
    with Chromium(tmp_path / "other", beside=phone) as browser:
        yield browser


def sign_in(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/sign-in?next=/me")
    page.get_by_label("E-mail").fill("zenobia@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    arrive(page, "/me")
    expect(page.locator("form[data-form=person]")).to_be_visible(timeout=20_000)


def ask_to_erase(page: Page, password: str) -> None:
    if not page.locator("#ask-erase").is_visible():
        page.locator("summary", has_text="Your data and account").click()
    page.locator("#ask-erase").click()
    dialog = page.locator("#erase")
    dialog.get_by_label("Password").fill(password)
    dialog.get_by_role("button", name="Erase my account").click()


def without_signal_write_an_offer(phone: Chromium, site: Site) -> None:
    """It stays on this phone, whose browser is closed before the server is back."""
    site.stop()
    page = phone.page
    page.goto(f"{site.origin}/offers/new")
    draft_offer(page)
    share(page)
    expect(page.get_by_text(NOBODY)).to_be_visible(timeout=20_000)
    phone.close()
    site.start(worker=False)


def test_an_erased_account_leaves_the_phone_that_asked_and_each_other_at_its_next_contact(
    phone: Chromium, other_phone: Chromium, running: Site, tmp_path: Path
) -> None:
    sign_up(phone.page, running, "Zenobia")
    sign_in(other_phone.page, running)
    wait_for_worker(other_phone.page)
    person = str(row_of(other_phone.page, "person")["id"])
    without_signal_write_an_offer(other_phone, running)

    page = phone.page
    page.goto(f"{running.origin}/me")
    ask_to_erase(page, "something else")
    refused = page.get_by_text("That isn't your password. Nothing was erased.")
    expect(refused).to_be_visible(timeout=20_000)
    running.stop()
    ask_to_erase(page, PASSWORD)
    unreachable = page.get_by_text("Milkwell can't be reached. Try again with signal.")
    expect(unreachable).to_be_visible(timeout=20_000)
    running.start(worker=False)
    ask_to_erase(page, PASSWORD)
    page.wait_for_url("**/#erased")
    expect(page.get_by_text(GONE)).to_be_visible(timeout=20_000)
    left = everything(page)
    assert [trace for trace in (*HERS, person) if trace in left] == []

    page = other_phone.open()
    page.goto(f"{running.origin}/nearby")
    dialog = page.locator("dialog:modal")
    expect(dialog.get_by_text("This account was erased.")).to_be_visible(timeout=20_000)
    expect(dialog.get_by_text("1 thing that was not sent")).to_be_visible()
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Save as a file").click()
    saved = json.loads(Path(download.value.path()).read_text())
    assert saved["person"] == person
    assert [each["kind"] for each in saved["operations"]] == ["listing.publish"]
    dialog.get_by_role("button", name="Empty this phone").click()
    page.wait_for_url("**/#erased")
    expect(page.get_by_text(GONE)).to_be_visible(timeout=20_000)
    left = everything(page)
    offer = saved["operations"][0]
    assert [trace for trace in (*HERS, person, offer["id"], offer["row"]) if trace in left] == []

    page.goto(f"{running.origin}/sign-in")
    page.get_by_label("E-mail").fill("zenobia@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    wrong = page.get_by_text("Address and password don't fit together.")
    expect(wrong).to_be_visible(timeout=20_000)

    file = tmp_path / "unsent.json"
    file.write_text(json.dumps(saved))
    sign_up(page, running, "June", "Portland")
    page.goto(f"{running.origin}/outbox")
    # Shown once the page hears of a file.
    expect(page.get_by_text("Nothing waits here.")).to_be_visible(timeout=20_000)
    page.locator("input[type=file]").set_input_files(file)
    other = page.get_by_text("This file belongs to another account.")
    expect(other).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Nothing waits here.")).to_be_visible()


def test_a_phone_with_nothing_unsent_empties_itself_and_says_so(
    phone: Chromium, other_phone: Chromium, running: Site
) -> None:
    sign_up(phone.page, running, "Zenobia")
    sign_in(other_phone.page, running)
    phone.page.goto(f"{running.origin}/me")
    ask_to_erase(phone.page, PASSWORD)
    expect(phone.page.get_by_text(GONE)).to_be_visible(timeout=20_000)

    page = other_phone.page
    page.goto(f"{running.origin}/offers/new")
    expect(page.get_by_text(GONE)).to_be_visible(timeout=20_000)
    left = everything(page)
    assert [trace for trace in HERS if trace in left] == []


def test_a_suspended_persons_phone_says_so_on_every_page_and_keeps_what_she_saved(
    phone: Chromium, running: Site
) -> None:
    sign_up(phone.page, running, "Zenobia")
    wait_for_worker(phone.page)
    without_signal_write_an_offer(phone, running)
    running.flask("people", "suspend", "zenobia@example.org")

    page = phone.open()
    for path in ("/nearby", "/mine", "/offers/new", "/me", "/messages", "/outbox"):
        page.goto(running.origin + path)
        expect(page.get_by_text("This account is suspended.").first).to_be_visible(timeout=20_000)
    expect(page.get_by_text("400 oz")).to_be_visible()
    expect(page.get_by_text("Saved on this phone. Not sent yet.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    assert len(json.loads(Path(download.value.path()).read_text())["operations"]) == 1

    running.flask("people", "restore", "zenobia@example.org")
    page.goto(f"{running.origin}/sign-in?next=/mine")
    page.get_by_label("E-mail").fill("zenobia@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    arrive(page, "/mine")
    expect(page.get_by_text("Sent. We'll tell you when something fits.")).to_be_visible(
        timeout=20_000
    )
    expect(page.get_by_text("This account is suspended.")).not_to_be_visible()
