"""Every page in every state, by axe by day and by night, and at 200 % text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.pages import STATES
from tests.browser.stage import TALL, WIDE, Stage, State, larger_text, night, stage, thin
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


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory, place_index: Path) -> Iterator[Stage]:
    """The city, filled, and a browser whose pages let axe in."""
    folder = tmp_path_factory.getbasetemp() / "city"
    folder.mkdir(exist_ok=True)
    with stage(folder, place_index, bypass_csp=True) as made:
        yield made


def violations(page: Page, run_only: Any) -> list[Any]:
    """What axe finds: a rule's name and where it is broken."""
    found: list[Any] = page.evaluate(RUN, run_only)
    return found


@pytest.mark.parametrize("state", STATES, ids=[state.name for state in STATES])
def test_a_state_is_fine_for_everybody(seen: Stage, state: State) -> None:
    with seen.show(state) as page:
        thin(page)
        # As tall as the page: what the bar covers at this moment is one scroll away.
        tall = page.evaluate("Math.max(4000, document.scrollingElement.scrollHeight)")
        page.set_viewport_size({"width": WIDE, "height": tall})
        page.evaluate(AXE)
        assert not violations(page, TAGS)
        night(page, True)
        assert not violations(page, {"type": "rule", "values": ["color-contrast"]})
        night(page, False)
        page.set_viewport_size({"width": WIDE, "height": TALL})
        larger_text(page, True)
        assert not page.evaluate(TOO_WIDE)
