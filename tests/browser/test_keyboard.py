"""By keyboard alone: what is skipped, composed and written. Each page: test_accessibility.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import STATES
from tests.browser.stage import LONER, RECIPIENT, Stage, State, stage

BY_NAME = {state.name: state for state in STATES}
FOCUS = "document.activeElement?.outerHTML.slice(0, 100) ?? ''"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory, place_index: Path) -> Iterator[Stage]:
    """The city, filled, and a browser."""
    with stage(tmp_path_factory.mktemp("city"), place_index) as made:
        yield made


def tab_to(page: Page, selector: str, at_most: int = 60) -> None:
    """Press Tab until this has the focus."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached; the focus is on {page.evaluate(FOCUS)}")


def press_on(page: Page, selector: str, key: str = "Enter") -> None:
    """Go to a control and press a key there."""
    tab_to(page, selector)
    page.keyboard.press(key)


@pytest.mark.parametrize("name", ["front", "guide", "nearby", "offer-refused"])
def test_the_first_tab_offers_to_skip_to_the_content(seen: Stage, name: str) -> None:
    state = BY_NAME[name]
    with seen.show(State(f"{name}-skip", state.address, state.who)) as page:
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        expect(page.locator(".skip")).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize(
    ("name", "opener"),
    [
        ("offer-own", ".verbs > :nth-child(1)"),
        ("offer-own", ".verbs > :last-child"),
        ("me", "#below .button.stop"),
    ],
)
def test_a_dialog_keeps_the_focus_and_gives_it_back(seen: Stage, name: str, opener: str) -> None:
    with seen.show(BY_NAME[name]) as page:
        page.locator(opener).focus()
        page.keyboard.press("Enter")
        page.locator("dialog[open]").wait_for()
        for _ in range(8):
            page.keyboard.press("Tab")
            assert page.evaluate(
                "document.activeElement === document.body"
                " || Boolean(document.activeElement.closest('dialog[open]'))"
            ), page.evaluate(FOCUS)
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
        expect(page.locator(opener)).to_be_focused()


def test_an_offer_is_composed_and_shared_by_keyboard(seen: Stage) -> None:
    with seen.show(State("keys", "/offers/new", LONER, server="away", fresh=True)) as page:
        page.locator("[data-next]:enabled").wait_for()
        tab_to(page, "[name=_volume_ml]")
        page.keyboard.type("400")
        tab_to(page, "[name=batches-0-state]")
        page.keyboard.press("Space")
        press_on(page, "[data-next]")
        expect(page.locator("[data-periods]")).to_be_visible()
        tab_to(page, "[data-periods] *")
        page.keyboard.press("Space")
        press_on(page, "[data-next]")
        press_on(page, "[data-next]")
        press_on(page, "[data-next]")
        page.wait_for_url("**/listings/*")
        expect(page.get_by_text("Saved on this phone. Nobody has seen it yet.")).to_be_visible()


def test_a_message_is_written_and_sent_by_keyboard(seen: Stage) -> None:
    talk = State("keys", "/messages/{talk}", RECIPIENT, server="away", fresh=True)
    with seen.show(talk) as page:
        page.locator("#letter-text").wait_for()
        tab_to(page, "#letter-text")
        page.keyboard.type("See you on Saturday.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        letter = page.locator(".letters li").last
        expect(letter).to_contain_text("See you on Saturday.")
        expect(page.locator("#letter-text")).to_have_value("")
