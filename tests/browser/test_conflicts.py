"""One offer changed on two phones: both values in one screen, answered without signal too."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import sign_up
from tests.browser.composing import onward, unfold
from tests.browser.phones import (
    nothing_waits,
    offer,
    offers_of,
    send_now,
    sign_in,
    without_signal,
)
from tests.browser.site import Site

OZ_300, OZ_500 = 8872, 14787


def both_hers(phones: tuple[Page, Page], site: Site, name: str) -> str:
    """Signed in on both, with one offer on both; gives its address."""
    first, second = phones
    sign_up(first, site, name)
    offer(first, site)
    expect(first.locator(".strip.sent:visible")).to_contain_text("Sent.", timeout=20_000)
    sign_in(second, site, name, "/mine")
    expect(second.get_by_text("400 oz")).to_be_visible(timeout=20_000)
    return first.url


def edit(page: Page, address: str, ounces: str, note: str = "") -> None:
    """Change the amount, and say something."""
    page.goto(f"{address}/edit")
    page.locator("[data-next]:enabled").wait_for()
    page.locator("[data-field=volume_ml] input:visible").first.fill(ounces)
    for _ in range(2):
        onward(page)
    unfold(page)
    page.locator("[name=note]").fill(note)
    onward(page)
    onward(page)
    page.wait_for_url(address)


def test_both_values_of_a_field_are_asked_about_and_answered_without_signal(
    phones: tuple[Page, Page], empty_site: Site
) -> None:
    first, second = phones
    address = both_hers(phones, empty_site, "Rosa")
    with without_signal(first):
        edit(first, address, "500", "Weekends are best.")
        edit(second, address, "300", "Evenings only.")
        nothing_waits(second, empty_site)

    first.goto(address)
    first.get_by_role("link", name="Needs attention").click()
    panel = first.locator("ul.cards > li")
    expect(panel).to_have_count(1, timeout=20_000)
    expect(panel.locator("fieldset")).to_have_count(2)
    amount, note = panel.locator("fieldset").all()
    expect(amount.locator("label")).to_have_text(["Here 500 oz", "Elsewhere 300 oz"])
    expect(note.locator("label")).to_have_text(
        ["Here Weekends are best.", "Elsewhere Evenings only."]
    )
    with without_signal(first):
        amount.get_by_label("Here 500 oz").check()
        note.get_by_label("Elsewhere Evenings only.").check()
        panel.get_by_role("button", name="Save").click()
        unsent = panel.get_by_text("It is sent as soon as there is signal.")
        expect(unsent).to_be_visible(timeout=20_000)
        assert offers_of(empty_site, "Rosa") == [("open", OZ_300, "Evenings only.")]
        send_now(first)
    nothing_waits(first, empty_site)
    assert offers_of(empty_site, "Rosa") == [("open", OZ_500, "Evenings only.")]


@pytest.mark.parametrize(
    ("name", "answer", "left"),
    [("Ada", "Yes", ("open", OZ_500)), ("Mona", "No", ("withdrawn", 11829))],
)
def test_withdrawn_there_and_edited_here_is_offered_again_only_after_her_yes(
    phones: tuple[Page, Page], empty_site: Site, name: str, answer: str, left: tuple[str, int]
) -> None:
    first, second = phones
    address = both_hers(phones, empty_site, name)
    with without_signal(first):
        edit(first, address, "500")
        second.goto(address)
        second.get_by_role("button", name="Withdraw").click()
        second.locator("dialog").get_by_role("button", name="Withdraw").click()
        expect(second.get_by_text("Withdrawn. Nobody sees it.")).to_be_visible(timeout=20_000)
        nothing_waits(second, empty_site)
    first.goto(f"{empty_site.origin}/outbox")
    expect(first.get_by_text("You withdrew this offer. Offer it again")).to_be_visible(
        timeout=20_000
    )
    first.get_by_role("button", name=answer, exact=True).click()
    nothing_waits(first, empty_site)
    assert [found[:2] for found in offers_of(empty_site, name)] == [left]
