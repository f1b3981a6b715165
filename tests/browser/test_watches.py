"""What a family keeps an eye on: made from Nearby's filters, found, and nobody else's business."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import draft_offer, share, sign_up, wait_for_worker
from tests.browser.composing import choose, tap
from tests.browser.contents import everything
from tests.browser.entering import answered
from tests.browser.phones import asked
from tests.browser.site import Site
from tests.browser.test_messages import Phones


@pytest.fixture
def phones() -> Iterator[Phones]:
    started = Phones()
    yield started
    started.close()


def offer(page: Page, site: Site) -> str:
    """400 oz, frozen, of which nothing else is said; its address."""
    page.goto(f"{site.origin}/offers/new")
    draft_offer(page)
    share(page)
    expect(page.locator(".strip.sent:visible")).to_contain_text("Sent.", timeout=20_000)
    return page.url


def test_nearby_filters_become_a_watch_that_finds_an_offer_and_the_donor_learns_nothing(
    phones: Phones, running: Site
) -> None:
    family, donor = phones.new(), phones.new()
    sign_up(family, running, "June", "Portland")
    wait_for_worker(family)
    sign_up(donor, running, "Rosa")
    first = offer(donor, running)
    family.goto(f"{running.origin}/nearby")
    expect(family.locator(".card")).to_have_count(1, timeout=20_000)
    tell = family.get_by_role("link", name="Tell me about these")
    expect(tell).to_be_hidden()
    tap(family, "#look summary")
    choose(family, "state", "frozen")
    tap(family, "#look label:has([name=volume_ml][value='2957'])")
    tell.click()
    family.wait_for_url("**/watches")
    expect(family.get_by_label("How much at least?")).to_have_value("100")
    with answered(family, "watch.keep"):
        family.get_by_role("button", name="Tell me").click()
    said = family.get_by_role("heading", name="Frozen milk within 30 mi, at least 100 oz")
    expect(said).to_be_visible()
    expect(family.locator(f".watch a[href='{first[len(running.origin) :]}']")).to_be_visible(
        timeout=60_000
    )

    family.context.set_offline(True)
    family.goto(f"{running.origin}/nearby")
    expect(family.get_by_role("heading", name="Fits what you keep an eye on")).to_be_visible()
    expect(family.locator(".card")).to_have_count(1)
    family.goto(first)
    expect(family.get_by_role("heading", name="Fits what you keep an eye on")).to_be_visible()
    expect(family.locator(".fit").first).to_contain_text("All that you ask for")

    donor.goto(f"{running.origin}/mine")
    sent = "Sent. We'll tell you when something fits."
    expect(donor.locator(".card")).to_contain_text(sent, timeout=20_000)
    ((watch_id,),) = asked(running, "SELECT id FROM watch")
    assert str(watch_id) not in everything(donor)


def test_a_must_against_what_is_avoided_is_refused_at_its_field(
    phones: Phones, running: Site
) -> None:
    page = phones.new()
    sign_up(page, running, "June", "Portland")
    page.goto(f"{running.origin}/watches")
    tap(page, "#making > summary")
    tap(page, "#keep [data-field=least_ml] button.chip[value='100']")
    page.locator("#keep details:has([data-field=must]) > summary").click()
    choose(page, "must", "raw")
    page.locator("#keep details:has([data-field=avoid]) > summary").click()
    choose(page, "avoid", "raw")
    page.get_by_role("button", name="Tell me").click()
    expect(page.locator("#must-error")).to_have_text(
        "You ask for this and want to be without it: Not heated."
    )
    choose(page, "avoid", "raw")
    expect(page.locator("#must-error")).to_be_hidden()
    with answered(page, "watch.keep"):
        page.get_by_role("button", name="Tell me").click()
    expect(page.get_by_role("heading", name="Not heated milk within")).to_be_visible()


def test_a_watch_is_changed_removed_and_brought_back_without_signal(
    phones: Phones, running: Site
) -> None:
    page = phones.new()
    sign_up(page, running, "June", "Portland")
    wait_for_worker(page)
    page.goto(f"{running.origin}/watches")
    expect(page.locator("main").get_by_text("You keep an eye on nothing yet.")).to_be_visible(
        timeout=20_000
    )
    page.context.set_offline(True)
    tap(page, "#making > summary")
    tap(page, "#keep [data-field=least_ml] button.chip[value='100']")
    page.get_by_role("button", name="Tell me").click()
    expect(page.get_by_role("heading", name="Milk within 30 mi, at least 100 oz")).to_be_visible()
    expect(page.locator("main").get_by_text("Saved on this phone. Not sent yet.")).to_be_visible()
    page.get_by_role("button", name="Change").click()
    tap(page, "#keep [data-field=least_ml] button.chip[value='400']")
    page.get_by_role("button", name="Save").click()
    changed = page.get_by_role("heading", name="Milk within 30 mi, at least 400 oz")
    expect(changed).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    expect(changed).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(changed).to_be_visible()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    sent = page.locator("main").get_by_text("Sent. We'll tell you when something fits.")
    expect(sent).to_be_visible(timeout=30_000)
    assert asked(running, "SELECT least_ml FROM watch") == [(11829,)]


def test_ten_are_the_most_and_said_so(phones: Phones, running: Site) -> None:
    page = phones.new()
    sign_up(page, running, "June", "Portland")
    page.goto(f"{running.origin}/watches")
    full = page.locator("main").get_by_text("You keep 10 already. Remove one first.")
    for number in range(10):
        if not page.locator("#making[open]").count():
            tap(page, "#making > summary")
        expect(full).to_be_hidden()
        tap(page, "#keep [data-field=least_ml] button.chip[value='100']")
        page.get_by_role("button", name="Tell me").click()
        expect(page.locator(".watch")).to_have_count(number + 1)
    tap(page, "#making > summary")
    expect(full).to_be_visible()
    expect(page.get_by_role("button", name="Tell me")).to_be_hidden()
    page.get_by_role("button", name="Remove").first.click()
    expect(full).to_be_hidden()
