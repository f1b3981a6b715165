"""A donor notes something without signal; the family she writes with is told to ask."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.alerts.test_push import push_subscription
from tests.browser.acts import sign_up, tick, wait_for_worker
from tests.browser.entering import answered
from tests.browser.phones import asked
from tests.browser.push_service import PushService
from tests.browser.site import Site
from tests.browser.stage import rested, until
from tests.browser.test_messages import FIRST, REPLY, Phones, assert_letters, begin, write

CHANGED = "Something changed about this milk. Ask before you feed it."
TOLD = f"Families you write with about it are told: {CHANGED}"
DRUG = "Quibblepril 7 mg"


@pytest.fixture
def phones() -> Iterator[Phones]:
    started = Phones()
    yield started
    started.close()


def note(page: Page, what: str, name: str = "") -> None:
    """Something that began today and goes on, up to the button."""
    tick(page, what)
    page.get_by_role("button", name="Today").click()
    tick(page, "Still going on")
    if name:
        page.locator("#log summary").click()
        page.locator("#log [name=name]").fill(name)


def signal(page: Page) -> None:
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")


def can_be_alerted(site: Site, push: PushService, name: str) -> None:
    """Her phone as if she had allowed alerts, at a push service that speaks the protocol."""
    endpoint, p256dh, auth = push_subscription(push)
    with sqlite3.connect(site.data / "milkwell.db", timeout=10) as database:
        database.execute(
            """UPDATE device SET endpoint = ?, p256dh = ?, auth = ? WHERE person_id =
            (SELECT id FROM person WHERE name = ?)""",
            (endpoint, p256dh, auth, name),
        )
    database.close()


def test_what_is_noted_without_signal_reaches_the_family_that_writes_about_the_milk(
    phones: Phones, running: Site, push: PushService
) -> None:
    donor, family = phones.new(), phones.new()
    address = begin(family, donor, running)
    donor.goto(address)
    write(donor, REPLY)
    assert_letters(family, FIRST, REPLY)
    can_be_alerted(running, push, "June")
    donor.goto(f"{running.origin}/calendar")
    expect(donor.locator("main").get_by_text("Nothing noted yet.")).to_be_visible(timeout=20_000)

    donor.context.set_offline(True)
    donor.reload()
    note(donor, "Medicines", DRUG)
    expect(
        donor.locator("main").get_by_text("This marks milk pumped on those days in one of your")
    ).to_be_visible()
    expect(donor.locator("main").get_by_text(TOLD)).to_be_visible()
    donor.get_by_role("button", name="Save").click()
    expect(donor.locator("main").get_by_text("Saved on this phone. Not sent yet.")).to_be_visible()
    donor.reload()
    expect(donor.get_by_role("heading", name="Going on now")).to_be_visible()
    expect(donor.locator("main").get_by_text(DRUG)).to_be_visible()
    expect(family.locator("main").get_by_text(CHANGED)).to_have_count(0)
    assert asked(running, "SELECT kind FROM alert WHERE kind = 'changed'") == []

    signal(donor)
    expect(family.locator(".strip", has_text=CHANGED)).to_be_visible(timeout=90_000)
    query = """SELECT alert.kind FROM delivery JOIN alert ON alert.id = delivery.alert_id
        JOIN person ON person.id = alert.person_id WHERE person.name = 'June'"""
    # The phone hears of it from the server; the worker tells of it in its own time.
    until(family, lambda: ("changed",) in asked(running, query), 20_000)
    assert ("changed",) in asked(running, query)
    family.goto(f"{running.origin}/messages")
    expect(family.locator(".talk", has_text=CHANGED)).to_be_visible()
    family.context.set_offline(True)
    family.goto(address)
    expect(family.locator(".strip", has_text=CHANGED)).to_be_visible()
    expect(family.locator("main").get_by_text(DRUG)).to_have_count(0)
    donor.goto(address)
    assert_letters(donor, FIRST, REPLY)
    expect(donor.locator("main").get_by_text(CHANGED)).to_have_count(0)


def test_a_last_day_before_the_first_is_refused_at_its_field_and_nothing_typed_is_lost(
    phones: Phones, running: Site
) -> None:
    page = phones.new()
    sign_up(page, running, "Rosa")
    page.goto(f"{running.origin}/calendar")
    tick(page, "Illness")
    today = date.today()  # noqa: DTZ011 as the page's own field counts days
    page.get_by_label("From", exact=True).fill((today - timedelta(days=2)).isoformat())
    tick(page, "Another day")
    page.get_by_label("Last day").fill((today - timedelta(days=3)).isoformat())
    page.locator("#log summary").click()
    page.locator("#log [name=name]").fill("Mastitis")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#to_on-error")).to_have_text("That is before the first day.")
    expect(page.locator("#log [name=name]")).to_have_value("Mastitis")
    page.wait_for_timeout(600)  # the half second that a draft may take
    page.reload()
    expect(page.locator("#log [name=name]")).to_have_value("Mastitis")
    page.get_by_label("Last day").fill((today - timedelta(days=1)).isoformat())
    expect(page.locator("#to_on-error")).to_be_hidden()
    expect(
        page.locator("main").get_by_text("None of your offers holds milk of those days.")
    ).to_be_visible()
    with answered(page, "exposure.log"):
        page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Over")).to_be_visible()
    expect(page.locator(".card")).to_contain_text("Mastitis")
    expect(page.locator(".card")).to_contain_text("Sent")


def test_a_mistake_that_was_never_sent_leaves_no_trace_and_comes_back_by_undo(
    phones: Phones, running: Site
) -> None:
    page = phones.new()
    sign_up(page, running, "Rosa")
    wait_for_worker(page)
    page.goto(f"{running.origin}/calendar")
    page.context.set_offline(True)
    note(page, "Alcohol")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("li.card")).to_have_count(1)
    rested(page)  # What is just being tried may have arrived: that leaves a trace.
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("li.card")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("li.card")).to_have_count(1)
    rested(page)
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("li.card")).to_have_count(0)
    page.goto(f"{running.origin}/outbox")
    expect(page.locator("main").get_by_text("Nothing waits here.")).to_be_visible()
    signal(page)
    page.goto(f"{running.origin}/calendar")
    expect(page.get_by_role("button", name="Updated a moment ago")).to_be_visible(timeout=30_000)
    assert asked(running, "SELECT id FROM exposure") == []


def test_an_entry_is_changed_removed_and_brought_back_after_it_was_sent(
    phones: Phones, running: Site
) -> None:
    page = phones.new()
    sign_up(page, running, "Rosa")
    page.goto(f"{running.origin}/calendar")
    note(page, "Alcohol")
    with answered(page, "exposure.log"):
        page.get_by_role("button", name="Save").click()
    with answered(page, "exposure.edit"):
        page.get_by_role("button", name="It ended today").click()
    expect(page.get_by_role("heading", name="Over")).to_be_visible()
    page.get_by_role("button", name="Change").click()
    page.locator("#log summary").click()
    page.locator("#log [name=name]").fill("A glass of wine")
    with answered(page, "exposure.edit"):
        page.get_by_role("button", name="Save").click()
    expect(page.locator("li.card")).to_contain_text("A glass of wine")
    with answered(page, "exposure.remove"):
        page.get_by_role("button", name="Remove").click()
    assert asked(running, "SELECT id FROM exposure") == []
    with answered(page, "exposure.log"):
        page.get_by_role("button", name="Undo").click()
    ((name,),) = asked(running, "SELECT name FROM exposure")
    assert name == "A glass of wine"
