"""The guide at night in a car park: no signal, no script, one thumb."""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.chromium import ARGUMENTS, Chromium, find_chromium
from tests.browser.site import Site
from tests.browser.stage import until


def test_the_public_pages_open_without_signal_two_taps_from_the_front(
    running: Site, tmp_path: Path
) -> None:
    with Chromium(tmp_path / "profile") as phone:
        page = phone.page
        page.goto(running.origin)
        page.evaluate("navigator.serviceWorker.ready")
        running.stop()
        page.goto(running.origin)
        page.get_by_role("link", name="After a loss").click()
        page.get_by_text("There's no hurry.").wait_for()
        page.get_by_role("link", name="Guide").click()
        page.get_by_role("link", name="How long milk keeps").click()
        heading = page.locator("#keeping h2")
        until(page, lambda: heading.bounding_box()["y"] < 200)
        assert heading.bounding_box()["y"] < 200
        page.get_by_role("row", name="In a refrigerator").get_by_text("4 days").wait_for()
        page.goto(f"{running.origin}/about")
        page.get_by_role("heading", name="About Milkwell").wait_for()
        page.goto(f"{running.origin}/sign-in")
        page.get_by_role("heading", name="No signal").wait_for()
        page.get_by_role("link", name="Guide").click()
        page.get_by_role("heading", name="Guide").wait_for()


@pytest.mark.parametrize("text", ["100%", "200%"])
def test_the_guide_reads_whole_without_javascript_and_never_sideways(
    running: Site, text: str
) -> None:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 360, "height": 740}, java_script_enabled=False)
        page.goto(f"{running.origin}/guide")
        page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", text)
        assert page.evaluate("document.scrollingElement.scrollWidth") == 360
        tables = page.get_by_role("table").all()
        assert len(tables) == 7
        for table in tables:
            for row in table.get_by_role("row").all()[1:]:
                assert row.get_by_role("rowheader").is_visible()
                assert row.get_by_role("cell").count() == 2
        page.goto(f"{running.origin}/")
        page.get_by_role("link", name="Guide").click()
        page.get_by_role("heading", name="Guide").wait_for()
        browser.close()
