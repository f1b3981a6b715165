"""Every page in every state: by axe by day and by night, at 200 % text, and by the Tab key."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.pages import STATES
from tests.browser.stage import TALL, WIDE, Stage, larger_text, night, stage, thin
from webapp.config import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (runOnly) => (await axe.run(document, {runOnly, resultTypes: ["violations"]}))
  .violations.map(({id, nodes}) => [id, ...nodes.map(({html, failureSummary}) =>
    `${html.slice(0, 200)} ${failureSummary}`)])"""

# What reaches past the side of the screen, and what is cut off inside something.
TOO_WIDE = """() => {
  const shown = [...document.querySelectorAll("body *")]
    .filter((each) => each.checkVisibility({visibilityProperty: true})
      && !each.closest(".unseen, .skip, svg"));
  const out = shown.filter((each) => {
    const {left, right, width} = each.getBoundingClientRect();
    return width && (right > innerWidth + 1 || left < -1);
  });
  const cut = shown.filter((each) => {
    const {overflowX, overflowY, webkitLineClamp} = getComputedStyle(each);
    // What was typed scrolls within its field.
    if (each.matches("input, textarea")) return false;
    const hides = (overflow) => overflow === "hidden" || overflow === "clip";
    return each.clientWidth && webkitLineClamp === "none" && (
      (hides(overflowX) && each.scrollWidth > each.clientWidth + 1)
      || (hides(overflowY) && each.scrollHeight > each.clientHeight + 2));
  });
  const wide = document.scrollingElement.scrollWidth;
  const name = (each) => each.outerHTML.slice(0, 120);
  return [...(wide > innerWidth ? [`scrolls to ${wide}`, ...out.map(name)] : []),
    ...cut.map((each) => `cut: ${name(each)}`)];
}"""

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

# After a Tab: what is wrong with what has the focus, which shows it and lies under nothing; and
# which controls were not reached yet.
TABBED = """() => {
  const unreached = () => window.controls
    .filter((each) => !window.reached.has(each) && each.checkVisibility())
    .map((each) => each.outerHTML.slice(0, 120));
  const each = document.activeElement;
  const {body, documentElement} = document;
  if (!each || each === body || each === documentElement) return [[], unreached()];
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
  const wrong = [];
  if (!ringed && !known) wrong.push(`no ring: ${name}`);
  if (hidden) wrong.push(`out of sight: ${name}`);
  return [wrong, unreached()];
}"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory, place_index: Path) -> Iterator[Stage]:
    """The city, filled, and a browser whose pages let axe in."""
    with stage(tmp_path_factory.mktemp("city"), place_index, bypass_csp=True) as made:
        yield made


@pytest.fixture(scope="module", params=STATES, ids=[state.name for state in STATES])
def page(seen: Stage, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in a state, entered once for all that is asked of it."""
    with seen.show(request.param) as shown:
        thin(shown)
        yield shown


def violations(page: Page, run_only: Any) -> list[Any]:
    """What axe finds: a rule's name and where it is broken."""
    found: list[Any] = page.evaluate(RUN, run_only)
    return found


def test_a_state_is_fine_for_everybody_by_day_and_by_night(page: Page) -> None:
    # As tall as the page: what the bar covers at this moment is one scroll away.
    tall = page.evaluate("Math.max(4000, document.scrollingElement.scrollHeight)")
    page.set_viewport_size({"width": WIDE, "height": tall})
    page.evaluate(AXE)
    assert not violations(page, TAGS)
    night(page, True)
    assert not violations(page, {"type": "rule", "values": ["color-contrast"]})
    night(page, False)
    page.set_viewport_size({"width": WIDE, "height": TALL})


def test_nothing_of_a_state_is_cut_off_where_text_is_twice_as_large(page: Page) -> None:
    larger_text(page, True)
    assert not page.evaluate(TOO_WIDE)
    larger_text(page, False)


def test_the_tab_key_reaches_every_control_and_shows_where_it_is(page: Page) -> None:
    page.evaluate("document.activeElement?.closest('dialog') || document.activeElement?.blur()")
    many = page.evaluate(CONTROLS)
    wrong = []
    for _ in range(min(many * 2 + 10, MOST_TABS)):
        page.keyboard.press("Tab")
        trouble, left = page.evaluate(TABBED)
        wrong += trouble
        if not left:
            break
    assert (left, sorted({*wrong})) == ([], [])
