"""Two phones write to one conversation in Chromium, one without signal for a while."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.browser.acts import draft_offer, share, sign_up, tick, wait_for_worker
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.contents import everything
from tests.browser.phones import tried
from tests.browser.site import Site

FIRST = "Hello, my daughter is four weeks old. Is the milk dairy-free? 👋🏽"
REPLY = "Yes, since May."
WAITS = "Sent. You can write again when she answers."
GONE = "Not available any more."
GIFT = "Milk is a gift here. Nobody may ask for money, postage or a deposit."


class Phones:
    """Phones of one browser, each with a store of its own."""

    def __init__(self) -> None:
        self._driver = sync_playwright().start()
        self._browser = self._driver.chromium.launch(
            executable_path=find_chromium(), args=ARGUMENTS
        )

    def new(self, **options: Any) -> Page:
        """A phone that nobody is signed in on."""
        context = self._browser.new_context(
            viewport={"width": 360, "height": 740},
            locale="en-US",
            reduced_motion="reduce",
            **options,
        )
        return context.new_page()

    def close(self) -> None:
        """Put them all away."""
        self._browser.close()
        self._driver.stop()


@pytest.fixture
def phones() -> Iterator[Phones]:
    started = Phones()
    yield started
    started.close()


def lose_signal(context: BrowserContext) -> None:
    """The server can't be reached from this phone, by its pages or by its worker."""
    context.set_offline(True)


def find_signal(page: Page) -> None:
    """The server can be reached again, and the phone hears of it."""
    page.context.set_offline(False)
    tried(page)
    page.evaluate("dispatchEvent(new Event('online'))")


def offer(page: Page, site: Site) -> str:
    """Share an offer of 400 oz; gives its address."""
    page.goto(f"{site.origin}/offers/new")
    draft_offer(page)
    share(page)
    expect(page.locator(".strip.sent:visible")).to_contain_text("Sent.", timeout=20_000)
    return page.url


def ask(page: Page, site: Site) -> None:
    """Share a request for two weeks of 20 oz."""
    page.goto(f"{site.origin}/requests/new")
    page.locator("[data-next]:enabled").wait_for()
    tick(page, "20")
    tick(page, "For two weeks")
    page.get_by_role("button", name="Next").click()
    tick(page, "No")
    share(page)
    expect(page.locator(".strip.sent:visible")).to_contain_text("Sent.", timeout=20_000)


def write(page: Page, text: str) -> None:
    page.get_by_label("Your letter").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()


def assert_letters(page: Page, *texts: str) -> None:
    """These letters, in this order, come to be what this phone shows."""
    expect(page.locator(".letters .said")).to_have_text([*texts], timeout=30_000)


def meet(family: Page, donor: Page, site: Site) -> str:
    """An offer and a request near each other; the family looks at the offer. Its address."""
    sign_up(donor, site, "Rosa")
    wait_for_worker(donor)
    listing = offer(donor, site)
    sign_up(family, site, "June")
    wait_for_worker(family)
    family.goto(listing)
    ask_first = family.get_by_text("To write to her, first say what you need.")
    expect(ask_first).to_be_visible(timeout=20_000)
    ask(family, site)
    family.goto(listing)
    family.get_by_role("button", name="Write to her").click()
    family.wait_for_url("**/messages/*")
    expect(family.get_by_text("Your request goes along")).to_be_visible(timeout=20_000)
    expect(family.get_by_text(GIFT)).to_be_visible()
    return listing


def begin(family: Page, donor: Page, site: Site) -> str:
    """Meet, and write a first letter; the conversation's address."""
    meet(family, donor, site)
    write(family, FIRST)
    expect(family.get_by_text(WAITS)).to_be_visible(timeout=20_000)
    expect(family.get_by_label("Your letter")).to_be_hidden()
    return family.url.split("?")[0]


def test_two_phones_end_with_the_same_letters_in_the_same_order_and_nobody_else_holds_them(
    phones: Phones, running: Site
) -> None:
    donor, family, outsider = phones.new(), phones.new(), phones.new()
    address = begin(family, donor, running)

    sign_up(outsider, running, "Olga")
    wait_for_worker(outsider)

    donor.goto(f"{running.origin}/messages")
    expect(donor.get_by_text("1 new")).to_be_visible(timeout=20_000)
    expect(donor.get_by_label("1 unread")).to_be_visible()
    donor.get_by_text(FIRST).click()
    donor.wait_for_url(address)
    expect(donor.get_by_text(GIFT)).to_be_visible()
    write(donor, REPLY)
    expect(donor.get_by_label("1 unread")).to_be_hidden()
    # The longer nothing came, the longer until the next look.
    expect(family.get_by_text(REPLY)).to_be_visible(timeout=60_000)
    expect(family.get_by_label("Your letter")).to_be_visible()

    lose_signal(family.context)
    write(family, "Written without signal, one.")
    write(family, "Written without signal, two.")
    expect(family.get_by_text("Saved on this phone. Not sent yet.")).to_have_count(2)
    family.goto(f"{running.origin}/messages")
    expect(family.get_by_text("You: Written without signal, two.")).to_be_visible()
    family.goto(address)
    expect(family.get_by_text("Written without signal, two.")).to_be_visible()
    write(donor, "Written meanwhile.")
    assert_letters(donor, FIRST, REPLY, "Written meanwhile.")
    expect(donor.get_by_text("Sent", exact=True)).to_be_visible(timeout=20_000)

    find_signal(family)
    expected = [
        FIRST,
        REPLY,
        "Written meanwhile.",
        "Written without signal, one.",
        "Written without signal, two.",
    ]
    assert_letters(family, *expected)
    assert_letters(donor, *expected)
    expect(family.get_by_text("Saved on this phone")).to_have_count(0)

    outsider.goto(address)
    expect(outsider.locator("main p:visible")).to_contain_text([GONE], timeout=20_000)
    outsider.goto(f"{running.origin}/messages")
    expect(outsider.get_by_text("No letters yet.")).to_be_visible(timeout=20_000)
    held = everything(outsider)
    for text in (*expected, address.rsplit("/", 1)[1]):
        assert text not in held
    assert FIRST in everything(family)


def test_a_refused_first_letter_says_why_and_keeps_its_words(phones: Phones, running: Site) -> None:
    family, donor = phones.new(), phones.new()
    meet(family, donor, running)
    box = family.get_by_label("Your letter")
    box.fill("Call me: 503 555 0134")
    family.wait_for_timeout(600)  # the half second that a draft may take
    family.reload()
    expect(box).to_have_value("Call me: 503 555 0134")

    family.get_by_role("button", name="Send", exact=True).click()
    expect(family.get_by_text("Leave out telephone numbers")).to_be_visible(timeout=20_000)
    expect(box).to_have_value("Call me: 503 555 0134")
    box.fill(FIRST)
    family.get_by_role("button", name="Send", exact=True).click()
    expect(family.get_by_text(WAITS)).to_be_visible(timeout=20_000)
    assert_letters(family, FIRST)
    donor.goto(f"{running.origin}/messages")
    expect(donor.locator(".talk")).to_have_count(1, timeout=20_000)
    expect(donor.get_by_text("503")).to_have_count(0)


def test_a_first_letter_without_signal_waits_on_the_phone_and_arrives_once(
    phones: Phones, running: Site
) -> None:
    family, donor = phones.new(), phones.new()
    listing = meet(family, donor, running)
    family.context.set_offline(True)
    write(family, FIRST)
    expect(family.get_by_text("Saved on this phone. Not sent yet.")).to_be_visible()
    expect(family.get_by_text(WAITS)).to_be_hidden()
    family.goto(listing)
    expect(family.get_by_role("button", name="Go on writing")).to_be_visible()
    family.goto(f"{running.origin}/messages")
    expect(family.get_by_text("Saved on this phone. Not sent yet.")).to_be_visible()
    family.locator(".talk").click()
    family.wait_for_url("**/messages/*")

    find_signal(family)
    expect(family.get_by_text(WAITS)).to_be_visible(timeout=30_000)
    donor.goto(family.url)
    assert_letters(donor, FIRST)


def test_what_is_opened_is_read_there_and_taken_back_and_a_block_ends_it(
    phones: Phones, running: Site
) -> None:
    family, donor = phones.new(), phones.new()
    address = begin(family, donor, running)
    donor.goto(address)
    write(donor, REPLY)
    donor.get_by_text("What you open to her").click()
    first_name = donor.get_by_label("Your first name")
    first_name.click()
    expect(first_name).to_be_checked(timeout=20_000)
    expect(family.get_by_role("heading", name="Rosa")).to_be_visible(timeout=30_000)
    first_name.click()
    expect(first_name).not_to_be_checked(timeout=20_000)
    expect(family.get_by_text("Rosa")).to_have_count(0, timeout=30_000)
    assert "Rosa" not in everything(family)

    donor.get_by_text("Leave, block or report").click()
    donor.get_by_role("button", name="Block").click()
    donor.locator("dialog").get_by_role("button", name="Block").click()
    expect(donor.get_by_text("You blocked her.")).to_be_visible()
    expect(family.locator("main .strip:visible", has_text=GONE)).to_be_visible(timeout=30_000)
    expect(family.get_by_label("Your letter")).to_be_hidden()
    assert_letters(family, FIRST, REPLY)


def test_a_listing_is_reported_without_signal(phones: Phones, running: Site) -> None:
    family, donor = phones.new(), phones.new()
    listing = meet(family, donor, running)
    family.goto(listing)
    family.context.set_offline(True)
    family.get_by_role("button", name="Report").click()
    tick(family, "Asks for money")
    family.locator("dialog textarea").fill("Ten dollars an ounce.")
    family.locator("dialog").get_by_role("button", name="Report").click()
    expect(family.get_by_text("Your report goes to whoever hosts")).to_be_visible()
    assert "Ten dollars" not in running.flask("reports")

    find_signal(family)
    family.goto(f"{running.origin}/outbox")
    expect(family.get_by_text("Nothing waits here.")).to_be_visible(timeout=30_000)
    assert "Ten dollars" in running.flask("reports")


def test_a_letter_about_a_withdrawn_listing_says_so_and_keeps_its_words(
    phones: Phones, running: Site
) -> None:
    family, donor = phones.new(), phones.new()
    listing = meet(family, donor, running)
    family.context.set_offline(True)
    write(family, FIRST)
    expect(family.get_by_text("Saved on this phone. Not sent yet.")).to_be_visible()
    donor.goto(listing)
    donor.get_by_role("button", name="Withdraw").click()
    donor.locator("dialog").get_by_role("button", name="Withdraw").click()
    expect(donor.get_by_text("Withdrawn.")).to_be_visible(timeout=20_000)
    donor.goto(f"{running.origin}/outbox")
    expect(donor.get_by_text("Nothing waits here.")).to_be_visible(timeout=20_000)

    find_signal(family)
    expect(family.locator("#letter-error")).to_contain_text(GONE, timeout=30_000)
    expect(family.get_by_label("Your letter")).to_have_value(FIRST)
