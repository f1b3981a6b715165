"""A place chosen by name, on a line that answers late, wrongly or not at all."""

import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.acts import begin_sign_up
from tests.browser.site import Site
from tests.browser.stage import until

PORTAL = "<html><title>Sign in to this network</title></html>"


@pytest.fixture
def page(phones: tuple[Page, Page], empty_site: Site) -> Page:
    """A phone whose owner is asked where she lives."""
    page, _ = phones
    begin_sign_up(page, empty_site, f"Rosa{uuid.uuid4().hex}")
    return page


def test_a_list_that_comes_after_she_chose_stays_closed(page: Page) -> None:
    late: list[Route] = []
    page.get_by_role("combobox").fill("Gresh")
    expect(page.get_by_role("option").first).to_be_visible(timeout=20_000)
    page.route("**/api/places*", lambda route: late.append(route))
    page.get_by_role("combobox").fill("Gresham")
    until(page, lambda: bool(late), 20_000)
    assert len(late) == 1
    page.get_by_role("option").first.click()
    expect(page.get_by_role("listbox")).to_be_hidden()
    with page.expect_response("**/api/places*"):
        late[0].continue_()
    expect(page.get_by_role("combobox")).to_have_value("Gresham")
    page.evaluate("() => new Promise((drawn) => setTimeout(drawn, 200))")
    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (lambda route: route.abort(), "needs signal"),
        (lambda route: route.fulfill(body=PORTAL, content_type="text/html"), "needs signal"),
        (lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"), "needs signal"),
        (lambda route: route.fulfill(status=429, json={"error": "slow_down"}), "right now"),
        (lambda route: route.fulfill(json={"places": []}), "No such place"),
    ],
    ids=["no signal", "a portal", "a proxy", "too often", "unknown"],
)
def test_why_no_place_is_found_stands_beside_the_field_and_what_she_typed_stays(
    page: Page, answer: Callable[[Route], None], sentence: str
) -> None:
    page.route("**/api/places*", answer)
    page.get_by_role("combobox").fill("Nowhere")
    expect(page.locator("place-picker")).to_contain_text(sentence, use_inner_text=True)
    expect(page.get_by_role("combobox")).to_have_value("Nowhere")
