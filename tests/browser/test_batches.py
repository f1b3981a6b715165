"""Milk of several times in one offer: made without signal, refused, changed on two phones."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.acts import sign_up
from tests.browser.composing import choose, offer_pumped, onward, tap, unfold
from tests.browser.phones import asked, new_phone, nothing_waits, sign_in, without_signal
from tests.browser.site import Site

HELD = """SELECT batch.state, batch.volume_ml, batch.treatment, batch.container FROM batch
    JOIN listing ON listing.id = batch.listing_id JOIN person ON person.id = listing.person_id
    WHERE person.name = ? ORDER BY batch.id"""


@pytest.fixture
def phones(browser: Browser) -> Iterator[tuple[Page, Page]]:
    """Two phones of one person."""
    both = new_phone(browser), new_phone(browser)
    yield both
    for each in both:
        each.context.close()


def begin(page: Page, site: Site) -> None:
    """An offer of 400 oz, at its second step, this month chosen."""
    page.goto(f"{site.origin}/offers/new")
    page.locator("[data-next]:enabled").wait_for()
    offer_pumped(page)


def add(page: Page, number: int, ounces: str, state: str = "frozen") -> None:
    """Milk of another time: how it is kept, the latest time there is, and how much."""
    tap(page, "[data-add]")
    choose(page, f"batches-{number}-state", state)
    page.locator(".batch[open] [data-periods] > *:visible").last.click()
    much(page, number, ounces)


def much(page: Page, number: int, ounces: str) -> None:
    """How much of the milk it is."""
    page.locator(f"[name='_batches-{number}-volume_ml']").fill(ounces)


def open_batch(page: Page, number: int) -> None:
    """One milk of the list, unfolded."""
    batch = page.locator(".batch").nth(number)
    if batch.get_attribute("open") is None:
        batch.locator("> summary").click()


def share_it(page: Page) -> None:
    """From the second step to the end."""
    for _ in range(3):
        onward(page)
    page.wait_for_url("**/listings/*")


def edit_second(page: Page, address: str) -> None:
    """Her offer's second step again, all of its milk unfolded."""
    page.goto(f"{address}/edit")
    page.locator("[data-next]:enabled").wait_for()
    onward(page)
    unfold(page)


def keep(page: Page, address: str) -> None:
    """From the second step of an edit to its end."""
    for _ in range(3):
        onward(page)
    page.wait_for_url(address)


def offer_of_three(page: Page, site: Site) -> None:
    """100 oz, 200 oz and what is left of 400, shared."""
    begin(page, site)
    add(page, 1, "200")
    add(page, 2, "100", "refrigerated")
    unfold(page)
    choose(page, "batches-1-treatment", "scalded")
    choose(page, "batches-2-container", "glass")
    share_it(page)


def test_milk_of_three_times_is_offered_without_signal_and_sent_whole(
    phones: tuple[Page, Page], empty_site: Site
) -> None:
    page = phones[0]
    sign_up(page, empty_site, "Rosa")
    with without_signal(page):
        offer_of_three(page, empty_site)
        expect(page.get_by_text("Saved on this phone. Nobody has seen it yet.")).to_be_visible()
        expect(page.get_by_text("Your offer, frozen, in the fridge")).to_be_visible()
        assert asked(empty_site, HELD, "Rosa") == []
    nothing_waits(page, empty_site)
    assert asked(empty_site, HELD, "Rosa") == [
        ("frozen", None, "", ""),
        ("frozen", 5914, "scalded", ""),
        ("refrigerated", 2957, "", "glass"),
    ]


def test_what_the_server_refuses_of_the_second_stands_beside_it_and_nothing_is_lost(
    phones: tuple[Page, Page], empty_site: Site
) -> None:
    page = phones[0]
    sign_up(page, empty_site, "Ada")
    begin(page, empty_site)
    add(page, 1, "150")
    unfold(page)
    choose(page, "batches-1-container", "glass")
    # Older than any month that can be tapped, as a draft of long ago may be.
    page.locator("[name='batches-1-pumped_from']").evaluate(
        "(day) => { day.value = '2022-05-01'; }"
    )
    share_it(page)
    page.get_by_role("link", name="Needs attention").first.click()
    page.wait_for_url("**/outbox")
    page.get_by_role("link", name="Change").first.click()
    words = page.locator("[id='batches-1-pumped_from-error']")
    expect(words).to_have_text("Frozen milk keeps 12 months at the most (CDC).")
    expect(words).to_be_visible()
    expect(page.locator("[name='_batches-1-volume_ml']")).to_have_value("150")
    page.locator(".batch").nth(1).locator("[data-periods] > *").last.click()
    share_again(page)
    nothing_waits(page, empty_site)
    assert asked(empty_site, HELD, "Ada") == [
        ("frozen", None, "", ""),
        ("frozen", 4436, "", "glass"),
    ]


def share_again(page: Page) -> None:
    """What was refused, sent once more."""
    for _ in range(3):
        onward(page)
    page.wait_for_url("**/listings/*")


def test_one_milk_changed_on_two_phones_is_asked_about_as_one(
    phones: tuple[Page, Page], empty_site: Site
) -> None:
    first, second = phones
    sign_up(first, empty_site, "Mona")
    offer_of_three(first, empty_site)
    expect(first.locator(".strip.sent:visible")).to_contain_text("Sent.", timeout=20_000)
    address = first.url
    sign_in(second, empty_site, "Mona", "/mine")
    expect(second.get_by_text("400 oz")).to_be_visible(timeout=20_000)
    with without_signal(first):
        edit_second(first, address)
        choose(first, "batches-1-treatment", "raw")
        much(first, 1, "180")
        keep(first, address)
        edit_second(second, address)
        choose(second, "batches-1-treatment", "holder")
        choose(second, "batches-2-container", "bag")
        keep(second, address)
        nothing_waits(second, empty_site)
    first.goto(address)
    first.get_by_role("link", name="Needs attention").click()
    first.wait_for_url("**/outbox")
    milk = first.locator("ul.cards > li fieldset")
    expect(milk).to_have_count(1)
    expect(milk).to_contain_text("Milk 2")
    expect(milk).to_contain_text("Not heated")
    expect(milk).to_contain_text("Holder pasteurised")
    milk.locator("[value=yours]").check()
    first.get_by_role("button", name="Save", exact=True).click()
    nothing_waits(first, empty_site)
    assert asked(empty_site, HELD, "Mona") == [
        ("frozen", None, "", ""),
        ("frozen", 5323, "raw", ""),
        ("refrigerated", 2957, "", "bag"),
    ]


def test_milk_is_taken_out_and_more_than_there_is_is_said_beside_it(
    phones: tuple[Page, Page], empty_site: Site
) -> None:
    page = phones[0]
    sign_up(page, empty_site, "June")
    begin(page, empty_site)
    add(page, 1, "500")
    onward(page)
    wrong = page.locator("#batches-error")
    expect(wrong).to_have_text("These hold 500 oz, more than the 400 oz that you share in all.")
    much(page, 1, "12-13")
    onward(page)
    expect(page.locator("[id='batches-1-volume_ml-error']")).to_have_text(
        "Write it as a plain number, such as 1000 or 12.5."
    )
    much(page, 1, "100")
    add(page, 2, "50")
    for _ in range(21):
        tap(page, "[data-add]")
    tap(page, "[data-add]")
    expect(wrong).to_contain_text("An offer holds milk from 24 times at most.")
    for _ in range(21):
        page.locator(".batch").last.locator("[data-remove]").evaluate("(button) => button.click()")
        tap(page, "dialog[open] [value=yes]")
    open_batch(page, 1)
    page.locator(".batch").nth(1).locator("[data-remove]").click()
    expect(page.locator("dialog[open]")).to_contain_text("100 oz")
    tap(page, "dialog[open] [value=yes]")
    expect(page.locator(".batch")).to_have_count(2)
    share_it(page)
    nothing_waits(page, empty_site)
    assert asked(empty_site, HELD, "June") == [("frozen", None, "", ""), ("frozen", 1478, "", "")]


def test_a_number_is_read_as_germans_write_it(browser: Browser, empty_site: Site) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="de-DE", service_workers="block"
    )
    page = context.new_page()
    page.goto(f"{empty_site.origin}/offers/new")
    page.locator("[data-next]:enabled").wait_for()
    choose(page, "_units", "oz")
    typed, wire = (page.locator(f"[name={name}]") for name in ("_volume_ml", "volume_ml"))
    for text, ml in (("1.000,5", "29588"), ("12,5", "370"), ("1000", "29574"), ("١٠٠٠", "29574")):
        typed.fill(text)
        expect(wire).to_have_value(ml)
    typed.fill("1.000")
    expect(wire).to_have_value("")
    onward(page)
    expect(page.locator("#volume_ml-error")).to_have_text(
        "Write it as a plain number, such as 1000 or 12.5."
    )
    context.close()
