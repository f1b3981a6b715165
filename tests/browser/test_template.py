"""How views are written into a page, in a real one."""

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import Chromium
from webapp.config import ROOT

SOURCE = (ROOT / "webapp/static/js/template.js").read_bytes()
MODULE = "data:text/javascript;base64," + base64.b64encode(SOURCE).decode()
READY = f"""async () => {{
  Object.assign(globalThis, await import("{MODULE}"));
  globalThis.shown = () => document.body.innerHTML.replace(/<!--.*?-->/g, "");
  globalThis.show = (value) => {{ render(value, document.body); return shown(); }};
}}"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with Chromium(tmp_path_factory.mktemp("template")) as phone:
        yield phone.page


@pytest.fixture(autouse=True)
def fresh(page: Page) -> None:
    page.goto("about:blank")
    page.evaluate(READY)


def test_what_people_write_is_text_and_never_markup(page: Page) -> None:
    shown = page.evaluate(
        """() => {
          show(html`<p title=${"<b>"}>${"<script>alert(1)</script>"}</p>`);
          const { title, textContent, children } = document.querySelector("p");
          return [title, textContent, children.length];
        }"""
    )
    assert shown == ["<b>", "<script>alert(1)</script>", 0]


def test_the_mark_of_a_place_does_no_harm_in_a_text(page: Page) -> None:
    shown = page.evaluate(
        """() => {
          const view = (text) => html`<p class=${text}>${text}</p>`;
          show(view("\\u2063"));
          return show(view("a\\u2063b"));
        }"""
    )
    assert shown == '<p class="a\u2063b">a\u2063b</p>'


@pytest.mark.parametrize("empty", ["undefined", "null", "false", '""'])
def test_nothing_leaves_nothing(page: Page, empty: str) -> None:
    shown = page.evaluate(
        f"""() => {{
          const view = (value) => html`<p id=${{value}}>${{value}}</p>`;
          show(view("a"));
          return show(view({empty}));
        }}"""
    )
    assert shown == "<p></p>"


def test_zero_is_something(page: Page) -> None:
    assert page.evaluate("() => show(html`<p>${0}</p>`)") == "<p>0</p>"


def test_a_list_grows_shrinks_and_changes(page: Page) -> None:
    shown = page.evaluate(
        """() => {
          const item = (text) => html`<li>${text}</li>`;
          const view = (texts) => html`<ul>${texts.map(item)}</ul>`;
          return [["a", "b", "c"], ["c"], [], ["x", "y"]].map((texts) => show(view(texts)));
        }"""
    )
    assert shown == [
        "<ul><li>a</li><li>b</li><li>c</li></ul>",
        "<ul><li>c</li></ul>",
        "<ul></ul>",
        "<ul><li>x</li><li>y</li></ul>",
    ]


def test_lists_stand_in_lists_and_kinds_of_value_follow_each_other(page: Page) -> None:
    shown = page.evaluate(
        """() => {
          const view = (value) => html`<div>${value}</div>`;
          const b = html`<b>1</b>`;
          return [[["a", [b, "c"]], "d"], "text", b, [b, b], undefined, ["e"]]
            .map((value) => show(view(value)));
        }"""
    )
    assert shown == [
        "<div>a<b>1</b>cd</div>",
        "<div>text</div>",
        "<div><b>1</b></div>",
        "<div><b>1</b><b>1</b></div>",
        "<div></div>",
        "<div>e</div>",
    ]


def test_the_same_template_keeps_its_elements_and_what_she_did_to_them(page: Page) -> None:
    kept = page.evaluate(
        """() => {
          const view = (open, text) => html`<details open=${open}><p>${text}</p></details>`;
          show(view(false, "a"));
          const details = document.querySelector("details");
          details.open = true;
          show(view(false, "b"));
          return [details.isConnected, details.open, details.textContent];
        }"""
    )
    assert kept == [True, True, "b"]


def test_another_template_in_its_place_is_drawn_anew(page: Page) -> None:
    shown = page.evaluate(
        """() => {
          show(html`<div>${html`<b>1</b>`}</div>`);
          return show(html`<div>${html`<i>2</i>`}</div>`);
        }"""
    )
    assert shown == "<div><i>2</i></div>"


def test_an_attribute_is_one_value_and_there_unless_it_is_nothing(page: Page) -> None:
    shown = page.evaluate(
        """() => {
          const view = (on, to) => html`<input checked=${on} value="a" max=${to}>`;
          return [show(view(true, 3)), show(view(false, 0)), show(view(undefined, ""))];
        }"""
    )
    assert shown == [
        '<input value="a" checked="true" max="3">',
        '<input value="a" max="0">',
        '<input value="a">',
    ]


def test_the_newest_deed_of_an_event_is_done_once(page: Page) -> None:
    done = page.evaluate(
        """() => {
          const done = [];
          const view = (name) => html`<button @click=${() => done.push(name)}>go</button>`;
          show(view("old"));
          show(view("new"));
          document.querySelector("button").click();
          return done;
        }"""
    )
    assert done == ["new"]


def test_an_element_can_be_a_value_and_keeps_its_state(page: Page) -> None:
    shown = page.evaluate(
        """() => {
          const field = document.createElement("input");
          const view = (before) => html`<div>${before}${field}</div>`;
          show(view(undefined));
          field.value = "typed";
          show(view(html`<p>a</p>`));
          return [shown(), document.querySelector("input").value];
        }"""
    )
    assert shown == ["<div><p>a</p><input></div>", "typed"]


def test_two_places_in_one_page_are_drawn_apart(page: Page) -> None:
    shown = page.evaluate(
        """() => {
          document.body.innerHTML = "<p></p><div>kept</div>";
          const [one, other] = document.body.children;
          render("a", one);
          render("b", other);
          render("c", one);
          return shown();
        }"""
    )
    assert shown == "<p>c</p><div>keptb</div>"
