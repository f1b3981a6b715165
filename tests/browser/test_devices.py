"""Where she is signed in and how she is told, from her phone; and pages that come when opened."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import sign_up, wait_for_worker
from tests.browser.chromium import Chromium
from tests.browser.site import Site
from webapp import create_app, people
from webapp.alerts import Device
from webapp.config import read_settings
from webapp.database import now, reading, writing
from webapp.people import Person


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Chromium]:
    with Chromium(tmp_path / "profile") as browser:
        yield browser


def signed_in_elsewhere(site: Site) -> None:
    """Rosa's other phone, which lost its alerts three days ago."""
    app = create_app(read_settings(site.environment))
    with app.app_context(), writing() as session:
        rosa = session.query(Person).one()
        other = people.start_session(rosa, "Firefox, Android")
        lost = {"last_failure": "gone", "failed_at": now() - timedelta(days=3)}
        about = {"person_id": rosa.id, "name": other.name, "session": other.handle}
        session.add(Device(id=uuid.uuid4(), **about, **lost))


def told(site: Site) -> tuple[str, int]:
    """How she is told of matches, and until when her night lasts."""
    app = create_app(read_settings(site.environment))
    with app.app_context(), reading() as session:
        rosa = session.query(Person).one()
        return rosa.tell_match, rosa.quiet_until


def change_how_she_is_told(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/me")
    page.locator("summary:visible", has_text="Alerts and read marks").click()
    expect(page.get_by_label("Quiet from")).to_have_value("22")
    page.locator("[data-field=tell_match] .chip", has_text="Quiet").click()
    page.get_by_label("Quiet until").select_option("6")
    page.locator("details[open] button.button:visible", has_text="Save").click()
    expect(page.locator("#above")).to_contain_text("Saved on this phone", timeout=20_000)


def open_labels(page: Page, site: Site) -> None:
    """The labels of her freezer, drawn by the page's own script: from then on the phone has it."""
    page.goto(f"{site.origin}/freezer/labels")
    expect(page.get_by_text("Which sheet?")).to_be_visible()
    expect(page.locator("[name=sheet]:checked")).to_have_count(1, timeout=20_000)


def test_phones_are_listed_and_ended_and_what_she_prefers_needs_no_signal(
    phone: Chromium, running: Site
) -> None:
    page = phone.page
    sign_up(page, running, "Rosa")
    wait_for_worker(page)
    open_labels(page, running)
    signed_in_elsewhere(running)

    page.goto(f"{running.origin}/devices")
    other = page.locator("#phones > li", has_text="Firefox, Android")
    expect(other).to_contain_text(
        "Alerts no longer reach it. They ended 3 days ago.", timeout=20_000
    )
    expect(other).to_contain_text("Open Milkwell there")
    expect(page.locator("#phones > li").first).to_contain_text("This phone")
    expect(page.locator("#mail")).to_contain_text("rosa@example.org")
    other.get_by_role("button", name="Sign out there").click()
    dialog = page.locator("dialog:modal")
    expect(dialog).to_contain_text("Firefox, Android")
    dialog.get_by_role("button", name="Sign out there").click()
    expect(other).to_have_count(0, timeout=20_000)
    expect(page.locator("#phones > li")).to_have_count(1)

    running.stop()
    change_how_she_is_told(page, running)
    page.goto(f"{running.origin}/outbox")
    expect(page.locator(".cards").get_by_text("A change")).to_have_count(1)
    open_labels(page, running)
    page.goto(f"{running.origin}/listings/{uuid.UUID(int=7)}/sheet")
    expect(page.get_by_text("It comes with signal, and stays then.")).to_be_visible()
    page.goto(f"{running.origin}/devices")
    expect(page.get_by_text("needs signal to open")).to_be_visible()

    running.start(worker=False)
    page.goto(f"{running.origin}/outbox")
    expect(page.get_by_text("Nothing waits here.")).to_be_visible(timeout=20_000)
    assert told(running) == ("quiet", 6)
