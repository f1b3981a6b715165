"""What waits on a phone: taken to another one, after a session's end, and of somebody else."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import sign_up
from tests.browser.firefox import wait_until
from tests.browser.phones import (
    arrive,
    asked,
    nothing_waits,
    offer,
    offers_of,
    send_now,
    sign_in,
    tried,
    without_signal,
)
from tests.browser.site import Site


@pytest.fixture
def phone(phones: tuple[Page, Page]) -> Page:
    return phones[0]


def end_session(site: Site, name: str) -> None:
    """At the server, as when it runs out; her phone hears of it only when it asks."""
    query = "DELETE FROM session WHERE person_id = (SELECT id FROM person WHERE name = ?)"
    asked(site, query, name)
    assert not asked(site, query.replace("DELETE", "SELECT 1"), name)


def test_a_file_of_unsent_work_goes_out_once_from_another_phone_of_hers_alone(
    phones: tuple[Page, Page], empty_site: Site, tmp_path: Path
) -> None:
    first, second = phones
    file = tmp_path / "unsent.json"
    sign_up(first, empty_site, "Rosa")
    sign_up(second, empty_site, "June")
    with without_signal(first):
        offer(first, empty_site)
        first.goto(f"{empty_site.origin}/outbox")
        with first.expect_download() as download:
            first.get_by_role("button", name="Save as a file").click()
        download.value.save_as(file)

        nothing_waits(second, empty_site)
        second.locator("input[type=file]").set_input_files(file)
        other = second.get_by_text("This file belongs to another account.")
        expect(other).to_be_visible(timeout=20_000)
        expect(second.get_by_text("400 oz")).not_to_be_visible()
        second.context.clear_cookies()
        sign_in(second, empty_site, "Rosa", "/outbox")
        nothing_waits(second, empty_site)
        second.locator("input[type=file]").set_input_files(file)
        expect(second.get_by_text("Loaded. It waits here now")).to_be_visible(timeout=20_000)
        wait_until(lambda: offers_of(empty_site, "Rosa"), 20, "the offer at the server")
        nothing_waits(second, empty_site)
        assert len(offers_of(empty_site, "Rosa")) == 1
        send_now(first)
    nothing_waits(first, empty_site)
    assert len(offers_of(empty_site, "Rosa")) == 1
    assert offers_of(empty_site, "June") == []


def test_a_session_that_ended_without_signal_leads_to_sign_in_and_back_and_all_goes_out(
    phone: Page, empty_site: Site
) -> None:
    sign_up(phone, empty_site, "Ada")
    with without_signal(phone):
        offer(phone, empty_site)
        end_session(empty_site, "Ada")
        phone.goto(f"{empty_site.origin}/outbox")
        unsent = phone.get_by_text("It is sent as soon as there is signal.")
        expect(unsent).to_be_visible(timeout=20_000)
        send_now(phone)
    expect(phone.get_by_text("It is sent when you sign in.")).to_be_visible(timeout=20_000)
    assert offers_of(empty_site, "Ada") == []
    phone.get_by_role("link", name="Sign in again to send what is saved here").click()
    arrive(phone, "/sign-in")
    sign_in(phone, empty_site, "Ada", "/outbox")
    nothing_waits(phone, empty_site)
    assert len(offers_of(empty_site, "Ada")) == 1


def test_what_somebody_else_left_is_kept_sealed_and_thrown_away_only_after_a_question(
    phone: Page, empty_site: Site
) -> None:
    sign_up(phone, empty_site, "Mona")
    with without_signal(phone):
        offer(phone, empty_site)
        # Before there is signal again, or hers goes out first.
        phone.context.clear_cookies()
    sign_up(phone, empty_site, "Tess")
    phone.goto(f"{empty_site.origin}/outbox")
    kept = phone.get_by_text("that somebody else wrote on this phone is kept for her, sealed.")
    expect(kept).to_be_visible(timeout=20_000)
    # What still syncs draws the button anew, perhaps under the tap.
    tried(phone)
    expect(phone.get_by_text("400 oz")).not_to_be_visible()
    phone.get_by_role("button", name="Throw it away").click()
    dialog = phone.locator("dialog:modal")
    dialog.get_by_role("button", name="Back").click()
    expect(kept).to_be_visible()
    phone.get_by_role("button", name="Throw it away").click()
    dialog.get_by_role("button", name="Throw it away").click()
    expect(kept).not_to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Nothing waits here.")).to_be_visible(timeout=20_000)
    expect(kept).not_to_be_visible()
    assert offers_of(empty_site, "Mona") == []


def test_before_a_sign_out_sending_is_tried_and_its_failure_said(
    phone: Page, empty_site: Site
) -> None:
    sign_up(phone, empty_site, "Nina")
    dialog = phone.locator("dialog:modal")
    with without_signal(phone):
        offer(phone, empty_site)
        phone.goto(f"{empty_site.origin}/me")
        phone.get_by_role("button", name="Sign out").click()
        expect(dialog).to_contain_text("1 thing on this phone is not sent yet.")
        dialog.get_by_role("button", name="Send now").click()
        expect(dialog).to_contain_text("It could not be sent now.", timeout=20_000)
        expect(dialog.get_by_role("button", name="Discard and sign out")).to_be_visible()
    dialog.get_by_role("button", name="Send now").click()
    expect(dialog).to_contain_text("All of it comes back when you sign in again.", timeout=20_000)
    assert len(offers_of(empty_site, "Nina")) == 1
    dialog.get_by_role("button", name="Sign out").click()
    left = phone.get_by_text("Nothing of yours is left on this phone.")
    expect(left).to_be_visible(timeout=20_000)
