"""Her freezer: logged in two taps without signal, moved in one, offered, and given away."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.acts import sign_up, tick
from tests.browser.composing import onward
from tests.browser.entering import answered, taken
from tests.browser.phones import asked, new_phone, nothing_waits, without_signal
from tests.browser.site import Site

PUMPINGS = """SELECT pumping.volume_ml, pumping.state, pumping.gone FROM pumping
    JOIN person ON person.id = pumping.person_id WHERE person.name = ? ORDER BY pumping.id"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    page = new_phone(browser)
    yield page
    page.context.close()


def freezer(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/freezer")
    page.locator("#log").wait_for()


def log(page: Page, ounces: int, state: str = "") -> None:
    """Two taps; three where it isn't put where she put the last."""
    page.locator(f"#log .in-oz > .chip[value='{ounces}']").click()
    if state:
        tick(page, state)
    page.get_by_role("button", name="Pumped now").click()
    expect(page.get_by_text(f"{ounces} oz logged.")).to_be_visible()
    taken(page)


def total(page: Page) -> Locator:
    return page.locator(".total b")


def test_two_taps_log_a_pumping_without_signal_and_one_more_puts_it_in_the_freezer(
    phone: Page, empty_site: Site
) -> None:
    sign_up(phone, empty_site, "Rosa")
    freezer(phone, empty_site)
    with without_signal(phone):
        log(phone, 4)
        expect(total(phone)).to_have_text("4 oz")
        bag = phone.locator(".bags > li")
        expect(bag).to_contain_text("Saved on this phone")
        expect(phone.get_by_role("heading", name="Fresh: 4 oz")).to_be_visible()
        bag.get_by_role("button", name="To the freezer").click()
        expect(phone.get_by_role("heading", name="Frozen: 4 oz")).to_be_visible()
        phone.reload()
        expect(total(phone)).to_have_text("4 oz")
        assert asked(empty_site, PUMPINGS, "Rosa") == []
    nothing_waits(phone, empty_site)
    assert asked(empty_site, PUMPINGS, "Rosa") == [(118, "frozen", "")]


def test_what_was_used_can_be_undone_before_and_after_it_was_sent(
    phone: Page, empty_site: Site
) -> None:
    sign_up(phone, empty_site, "Ada")
    freezer(phone, empty_site)
    log(phone, 3)
    nothing_waits(phone, empty_site)
    freezer(phone, empty_site)
    with without_signal(phone):
        phone.get_by_role("button", name="Used").click()
        expect(total(phone)).to_have_text("0 oz")
        phone.get_by_role("button", name="Undo").click()
        expect(total(phone)).to_have_text("3 oz")
    nothing_waits(phone, empty_site)
    freezer(phone, empty_site)
    phone.get_by_role("button", name="Throw away").click()
    expect(total(phone)).to_have_text("0 oz")
    nothing_waits(phone, empty_site)
    assert asked(empty_site, PUMPINGS, "Ada") == [(89, "fresh", "discarded")]
    freezer(phone, empty_site)
    phone.locator("main summary", has_text="Used, given, thrown away").click()
    phone.get_by_role("button", name="Put back").click()
    expect(total(phone)).to_have_text("3 oz")
    nothing_waits(phone, empty_site)
    assert asked(empty_site, PUMPINGS, "Ada") == [(89, "fresh", "")]


def test_a_pumping_is_changed_and_what_cannot_be_is_said_beside_its_field(
    phone: Page, empty_site: Site
) -> None:
    sign_up(phone, empty_site, "Nina")
    freezer(phone, empty_site)
    log(phone, 5, "Frozen")
    phone.locator(".folds summary").first.click()
    phone.get_by_role("button", name="Change").click()
    form = phone.locator("#log")
    form.locator("[name=_volume_ml]").fill("5000")
    form.get_by_role("button", name="Save").click()
    expect(form.locator("#volume_ml-error")).to_have_text("Write a number from 1 to 101.")
    form.locator("[name=_volume_ml]").fill("6")
    tick(phone, "Glass")
    form.get_by_role("button", name="Save").click()
    expect(total(phone)).to_have_text("6 oz")
    nothing_waits(phone, empty_site)
    assert asked(empty_site, PUMPINGS, "Nina") == [(177, "frozen", "")]
    container = "SELECT container FROM pumping WHERE volume_ml = 177"
    assert asked(empty_site, container) == [("glass",)]


def test_what_is_offered_from_the_freezer_leaves_it_when_it_is_given(
    phone: Page, empty_site: Site
) -> None:
    sign_up(phone, empty_site, "Mona")
    freezer(phone, empty_site)
    log(phone, 4, "Frozen")
    log(phone, 5)
    log(phone, 6)
    phone.get_by_role("button", name="Offer from the freezer").click()
    phone.locator(".month > .chip").click()
    phone.get_by_role("button", name="Offer 15 oz").click()
    phone.wait_for_url("**/offers/new")
    expect(phone.locator("[name=volume_ml]")).to_have_value("443")
    while phone.locator("[data-next]").inner_text() == "Next":
        onward(phone)
    phone.get_by_role("button", name="Share").click()
    phone.wait_for_url("**/listings/*")
    offer = phone.url
    nothing_waits(phone, empty_site)
    freezer(phone, empty_site)
    phone.locator(".folds summary").first.click()
    expect(phone.get_by_role("link", name="In an offer of yours")).to_have_count(3, timeout=20_000)
    expect(phone.get_by_role("button", name="Offer from the freezer")).to_have_count(0)

    phone.goto(offer)
    phone.get_by_role("button", name="I gave some").click()
    phone.locator("dialog [name=given]").fill("7")
    with answered(phone, "listing.gave"):
        phone.locator("dialog[open] [value=yes]").click()
    nothing_waits(phone, empty_site)
    assert asked(empty_site, PUMPINGS, "Mona") == [
        (118, "frozen", "given"),
        (59, "frozen", ""),
        (177, "frozen", ""),
        (89, "frozen", "given"),
    ]
    freezer(phone, empty_site)
    expect(total(phone)).to_have_text("8 oz", timeout=20_000)
    row = phone.locator("#months tbody tr")
    expect(row).to_contain_text("15 oz", timeout=20_000)
    expect(row).to_contain_text("7 oz", timeout=20_000)
    drawn = "path => [path.namespaceURI, path.getBoundingClientRect().width > 0]"
    assert row.locator("path.given").evaluate(drawn) == ["http://www.w3.org/2000/svg", True]


def test_signed_out_nothing_of_it_is_there(phone: Page, empty_site: Site) -> None:
    phone.goto(f"{empty_site.origin}/freezer")
    main = phone.locator("main")
    expect(main).to_contain_text("Sign in to see your freezer.", timeout=20_000)
    expect(phone.locator("#log")).not_to_be_visible()
