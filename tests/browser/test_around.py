"""What is near as a picture, in Chromium: counted, tapped, and read as a table, with no signal."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import sign_up, tick, wait_for_worker
from tests.browser.chromium import Chromium
from tests.browser.site import Site
from tests.cast import offer
from webapp.database import now, uuid7

HEXAGONS = "svg.around > g"
FULL = "svg.around > g[role=button]"
FIGURES = "(all) => all.map((each) => +each.querySelector('text').textContent)"
SEND = """(body) => fetch("/api/sync", {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
}).then((response) => response.json())"""


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Chromium]:
    with Chromium(tmp_path / "profile") as browser:
        yield browser


@pytest.fixture
def donors(tmp_path: Path, phone: Chromium) -> Iterator[Chromium]:
    with Chromium(tmp_path / "donors", beside=phone) as browser:
        yield browser


def publish(page: Page, **fields: object) -> None:
    """An offer by who is signed in there, straight over the wire."""
    operation = {
        "id": str(uuid7()),
        "kind": "listing.publish",
        "row": str(uuid7()),
        "made_at": now().isoformat(),
        "fields": {**offer(), **fields},
    }
    body = {"protocol": 1, "device": str(uuid7()), "sent_at": now().isoformat()}
    said = page.evaluate(SEND, {**body, "operations": [operation], "cursors": {}})
    assert [result["outcome"] for result in said["results"]] == ["done"], said


def near(phone: Chromium, donors: Chromium, site: Site) -> Page:
    """June's phone in Portland: two offers in Gresham, one across the river; then no signal."""
    sign_up(donors.page, site, "Rosa")
    for said in ("none", ""):
        publish(donors.page, place="", medicine=said)
    donors.page.context.clear_cookies()
    sign_up(donors.page, site, "Mona", "Vancouver, Washington")
    publish(donors.page, place="", medicine="")
    page = phone.page
    sign_up(page, site, "June", "Portland")
    wait_for_worker(page)
    expect(page.locator(".card")).to_have_count(3, timeout=20_000)
    site.stop()
    return page


def test_each_hexagon_counts_what_fits_and_a_tap_narrows_the_list_with_no_signal(
    phone: Chromium, donors: Chromium, running: Site
) -> None:
    page = near(phone, donors, running)
    page.get_by_role("link", name="See it as a picture").click()
    cards = page.locator(".card")
    expect(page.locator(FULL)).to_have_count(2)
    assert sorted(page.locator(FULL).evaluate_all(FIGURES)) == [1, 2]
    assert page.locator(HEXAGONS).count() > 20
    expect(cards).to_have_count(3)

    gresham = page.get_by_role("button", name="near Gresham").and_(page.locator(FULL))
    expect(gresham).to_have_attribute("aria-label", "near Gresham, 9 mi, east: 2")
    gresham.click()
    expect(page.get_by_role("heading", name="near Gresham")).to_be_visible()
    expect(cards).to_have_count(2)
    gresham.click()
    expect(cards).to_have_count(3)

    page.goto(f"{running.origin}/nearby")
    page.locator("summary", has_text="Filters").click()
    tick(page, "Medicines")
    page.goto(f"{running.origin}/around")
    expect(page.get_by_text("Filters on: 1.")).to_be_visible()
    expect(page.locator(FULL)).to_have_count(1)
    expect(cards).to_have_count(1)
    page.get_by_role("button", name="Show them too").click()
    expect(cards).to_have_count(3)
    page.locator(".chip", has_text="Requests").click()
    expect(page.get_by_text("Nothing near you yet")).to_be_visible()
    expect(page.locator(FULL)).to_have_count(0)
    page.reload()
    expect(page.locator("[data-tells]:visible")).to_contain_text("how many requests")


def test_keys_lead_from_one_to_another_and_a_table_says_the_same(
    phone: Chromium, donors: Chromium, running: Site
) -> None:
    page = near(phone, donors, running)
    page.goto(f"{running.origin}/around")
    expect(page.locator(FULL)).to_have_count(2)
    expect(page.locator(f"{FULL}[tabindex='0']")).to_have_count(1)
    page.locator(f"{FULL}[tabindex='0']").focus()
    for key in ("ArrowUp", "ArrowRight"):
        page.keyboard.press(key)
    focused = "document.activeElement.getAttribute('aria-label')"
    assert "Gresham" in page.evaluate(focused)
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_have_count(2)
    assert "Gresham" in page.evaluate(focused)
    page.keyboard.press(" ")
    expect(page.locator(".card")).to_have_count(3)

    page.locator("summary", has_text="The same as a table").click()
    rows = page.locator("#tabled tbody tr")
    expect(rows).to_have_count(2)
    assert {row.split()[-1] for row in rows.all_inner_texts()} == {"1", "2"}
    rows.get_by_role("button", name="near Gresham").click()
    expect(page.locator(".card")).to_have_count(2)
    expect(rows.get_by_role("button", name="near Gresham")).to_be_focused()


def test_who_has_no_home_yet_or_is_nobody_is_led_on(phone: Chromium, running: Site) -> None:
    page = phone.page
    page.goto(f"{running.origin}/around")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible(timeout=20_000)
    page.goto(f"{running.origin}/sign-up")
    page.get_by_label("What should people call you?").fill("Ada")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_label("Password").fill("a sentence to sign in with")
    page.get_by_role("button", name="Sign up").click()
    page.wait_for_url("**/welcome*")
    page.goto(f"{running.origin}/around")
    open_still = page.get_by_text("Two questions are still open.")
    expect(open_still).to_be_visible(timeout=20_000)
    expect(page.locator("svg.around")).to_have_count(0)
