"""Every page by keyboard alone: all is reached, what has the focus shows it, nothing traps it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import STATES
from tests.browser.stage import LONER, RECIPIENT, Stage, State, stage, thin

BY_NAME = {state.name: state for state in STATES}
MOST_TABS = 160

# Each control that a finger could use now; one of a radio group stands for all of it.
CONTROLS = """() => {
  const dialog = document.querySelector("dialog[open]");
  const found = [...(dialog ?? document).querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")];
  window.controls = [];
  const groups = new Set();
  for (const each of found) {
    const seen = each.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
      && each.getClientRects().length;
    const closed = each.closest("details:not([open])");
    const folded = closed && !(each.tagName === "SUMMARY" && each.parentElement === closed);
    if (!seen || folded || each.disabled || each.tabIndex < 0 || each.type === "hidden") continue;
    if (each.type === "radio") {
      const group = `${each.form?.id} ${each.name}`;
      if (groups.has(group)) continue;
      groups.add(group);
    }
    window.controls.push(each);
  }
  window.reached = new Set();
  window.ringed = new Set();
  return window.controls.length;
}"""

# After a Tab: what has the focus, whether that shows, and whether something lies over it.
FOCUSED = """() => {
  const each = document.activeElement;
  if (!each || each === document.body || each === document.documentElement) return "";
  const radio = each.type === "radio" && window.controls.find((other) =>
    other.type === "radio" && other.name === each.name && other.form === each.form);
  window.reached.add(radio || each);
  // A date field has more stops than one; its last draws a ring of its own.
  const known = each.type?.startsWith("date") && window.ringed.has(each);
  const drawn = [each, each.closest("label"), each.nextElementSibling, each.parentElement]
    .filter(Boolean);
  const ringed = drawn.some((one) => {
    const {outlineStyle, outlineWidth} = getComputedStyle(one);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
  if (ringed) window.ringed.add(each);
  const box = (each.closest("label") ?? each).getBoundingClientRect();
  const {top, bottom, left, width, height} = box;
  // WCAG 2.4.11: whatever has the focus is not entirely hidden.
  const across = Math.max(left + Math.min(width / 2, 40), 1);
  const seen = [top + 3, (top + bottom) / 2, bottom - 3].some((down) => {
    if (down < 0 || down >= innerHeight) return false;
    const over = document.elementFromPoint(across, down);
    return !over?.closest("nav.bar, nav.foot") || each.closest("nav.bar, nav.foot");
  });
  const hidden = height > 0 && !seen;
  const name = each.outerHTML.slice(0, 100);
  return [ringed || known ? "" : `no ring: ${name}`, hidden ? `out of sight: ${name}` : "", name];
}"""
LEFT_OUT = """() => window.controls
  .filter((each) => !window.reached.has(each) && each.checkVisibility())
  .map((each) => each.outerHTML.slice(0, 120))"""
FOCUS = "document.activeElement?.outerHTML.slice(0, 100) ?? ''"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory, place_index: Path) -> Iterator[Stage]:
    """The city, filled, and a browser."""
    folder = tmp_path_factory.getbasetemp() / "city"
    folder.mkdir(exist_ok=True)
    with stage(folder, place_index) as made:
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


@pytest.mark.parametrize("state", STATES, ids=[*BY_NAME])
def test_the_tab_key_reaches_every_control_and_shows_where_it_is(seen: Stage, state: State) -> None:
    with seen.show(state) as page:
        thin(page)
        page.evaluate("document.activeElement?.closest('dialog') || document.activeElement?.blur()")
        many = page.evaluate(CONTROLS)
        wrong = []
        for _ in range(min(many * 2 + 10, MOST_TABS)):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            wrong += [trouble for trouble in focused[:2] if trouble]
            if not page.evaluate(LEFT_OUT):
                break
        assert not page.evaluate(LEFT_OUT)
        assert not sorted({*wrong})


@pytest.mark.parametrize("name", ["front", "guide", "nearby", "offer-refused"])
def test_the_first_tab_offers_to_skip_to_the_content(seen: Stage, name: str) -> None:
    state = BY_NAME[name]
    with seen.show(State(f"{name}-skip", state.address, state.who)) as page:
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        expect(page.locator(".skip")).to_be_in_viewport()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


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
        tab_to(page, "#letter-text")
        page.keyboard.type("See you on Saturday.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        letter = page.locator(".letters li").last
        expect(letter).to_contain_text("See you on Saturday.")
        expect(page.locator("#letter-text")).to_have_value("")
