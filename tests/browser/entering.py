"""How a page is brought into a state, whatever its language: what a person taps and types."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Page, expect

from tests.browser.composing import choose, offer_pumped, onward, shared, tap, unfold
from tests.browser.stage import SETTLED

BLOCK, REPORT = "main p.row > .button.stop", "main p.row > .button.stop + .button"


def answered(page: Page, kind: str) -> AbstractContextManager[Any]:
    """Until the server has answered an operation of this kind, whoever of the phone sent it."""
    # Where there is a worker, Background Sync may wake it at once, and it sends before the page.
    return page.context.expect_event(
        "response", lambda answer: kind in (answer.request.post_data or "")
    )


def tapping(*selectors: str) -> Callable[[Page], None]:
    """Tap one after the other."""

    def enter(page: Page) -> None:
        for selector in selectors:
            tap(page, selector)

    return enter


def taken(page: Page) -> None:
    """Until the form of her freezer is empty: what is tapped before would go with what it kept."""
    expect(page.locator("#log [name=_volume_ml]")).to_have_value("")


def giving(page: Page) -> None:
    """The question how much of it she gave, which comes with a script of its own."""
    tap(page, ".verbs > :nth-child(1)")
    page.locator("dialog[open]").wait_for()


def sign_in_wrongly(page: Page) -> None:
    """A password that isn't hers."""
    page.locator("[name=email]").fill("donor@example.org")
    page.locator("[name=password]").fill("something else")
    with page.expect_event("load"):
        tap(page, "main form button")


def sign_up_wrongly(page: Page) -> None:
    """An address and a password that can't be."""
    page.locator("[name=name]").fill("Rosa")
    page.locator("[name=email]").fill("rosa@nowhere")
    page.locator("[name=password]").fill("short")
    with page.expect_event("load"):
        tap(page, "main form button")


def welcome_place(page: Page) -> None:
    """The places that a few letters find."""
    page.locator("[data-next]:enabled").wait_for()
    page.get_by_role("combobox").fill("Gresham")
    page.get_by_role("option").first.wait_for()


def welcome_told(page: Page) -> None:
    """The second step of the welcome."""
    welcome_place(page)
    page.get_by_role("option").first.click()
    choose(page, "writes_as", "mother")
    onward(page)


def go(page: Page, path: str) -> None:
    """On to another page of the site."""
    page.goto(urljoin(page.url, path))
    page.wait_for_function(SETTLED)


def frozen(page: Page) -> None:
    """Some milk in her freezer, its month unfolded, and some that was used."""
    page.locator("#log").wait_for()
    for state in ("frozen", "frozen", "fresh", "fresh"):
        tap(page, "#log measure-field .chip")
        choose(page, "state", state)
        tap(page, "#log .main")
        page.locator("main [role=status] .strip").wait_for()
        taken(page)
    expect(page.locator("main .bags > li")).to_have_count(2)
    tap(page, ".bags .row button:nth-of-type(3)")
    page.locator("main .folds").nth(1).wait_for()
    unfold(page)
    # What is in a fold is drawn once it is open.
    page.locator("main .folds .bags").nth(1).wait_for()


def frozen_offered(page: Page) -> None:
    """A choice of what to offer of it."""
    frozen(page)
    tap(page, "main p > .wide")
    tap(page, ".month > .chip")


def noting(page: Page) -> None:
    """An entry of her calendar, filled in up to the button; ends before it begins."""
    page.locator("#log").wait_for()
    choose(page, "what", "off_diet")
    choose(page, "diet", "dairy_free")
    tap(page, "day-picker .chip")
    choose(page, "_to_on", "day")
    page.locator("[name=to_on]").fill("2025-11-10")
    unfold(page)
    tap(page, "#log .main")
    page.locator("#to_on-error:not(:empty)").wait_for()


def noted(page: Page) -> None:
    """Something that goes on, something that is over, and something removed."""
    page.locator("#log").wait_for()
    for what, until in (("medicine", "on"), ("alcohol", "same"), ("illness", "same")):
        choose(page, "what", what)
        tap(page, "day-picker .chip")
        choose(page, "_to_on", until)
        tap(page, "#log .main")
        page.locator("#log .main").wait_for(state="hidden")
    expect(page.locator("li.card")).to_have_count(3)
    tap(page, "li.card .row > :last-child")
    page.locator("main [role=status] > .strip").wait_for()
    expect(page.locator("li.card")).to_have_count(2)


def watch_refused(page: Page) -> None:
    """All that a watch can say, with a must against what is avoided."""
    tap(page, "#making > summary")
    unfold(page)
    for name in ("must", "avoid"):
        choose(page, name, "raw")
    tap(page, "#keep .main")
    page.locator("#must-error:not(:empty)").wait_for()


def in_attention(page: Page) -> None:
    """Some of her offer given, and it paused, and another shared: each comes back as a question."""
    tap(page, ".verbs > :nth-child(1)")
    page.locator("dialog [name=given]").fill("50")
    with answered(page, "listing.gave"):
        tap(page, "dialog[open] [value=yes]")
    with answered(page, "listing.pause"):
        tap(page, ".verbs > :nth-child(3)")
    go(page, "/offers/new")
    shared(page)
    go(page, "/outbox")
    expect(page.locator("main ul.cards > li .strip.stop:visible")).to_have_count(3)


def sent_away(page: Page) -> None:
    """On the front page, where whoever is erased ends up."""
    page.wait_for_url("**/#erased")
    page.locator("#erased").wait_for()


def unsent(page: Page) -> None:
    """An offer that nobody has seen yet, where it waits."""
    shared(page)
    go(page, "/outbox")
    page.locator("main ul.cards > li").first.wait_for()


def unhidden(selector: str) -> Callable[[Page], None]:
    """What a page holds ready for a moment that can't be waited for."""

    def enter(page: Page) -> None:
        page.evaluate(
            "(selector) => { document.querySelector(selector).hidden = false; }", selector
        )

    return enter


def installable(how: str) -> Callable[[Page], None]:
    """As in a browser that offers to install, or one where it goes by hand."""

    def enter(page: Page) -> None:
        page.evaluate("(how) => { document.documentElement.dataset.install = how; }", how)

    return enter


def filtered(*answers: tuple[str, str]) -> Callable[[Page], None]:
    """Nearby, its filters open and set so; the next visit begins without them."""

    def enter(page: Page) -> None:
        tap(page, "#look summary")
        for name, value in answers:
            choose(page, name, value)
        page.evaluate("localStorage.removeItem('nearby')")

    return enter


def filtered_out(page: Page) -> None:
    """Filters that leave nothing, folded again."""
    filtered(("diet", "kosher"), ("state", "fresh"), ("age_band", "over_24m"))(page)
    tap(page, "#look summary")


def signed_out(page: Page) -> None:
    """After the sign-out: nothing of hers is left."""
    tap(page, "#below .button.stop")
    tap(page, "dialog[open] .button.stop")
    page.locator("#left").wait_for()


def reported(page: Page) -> None:
    """A report, sent."""
    tap(page, REPORT)
    choose(page, "reason", "asks_money")
    tap(page, "dialog[open] .button.stop")
    page.locator("#reported").wait_for()


def blocked(page: Page) -> None:
    """One person blocked, and where that is lifted."""
    tap(page, BLOCK)
    tap(page, "dialog[open] .button.stop")
    page.wait_for_url("**/nearby")
    go(page, "/me")
    tap(page, "#blocks > summary")
    page.locator("#blocked button").wait_for()


def unblocked(page: Page) -> None:
    """Nobody blocked any more, here and at the server."""
    with answered(page, "block.lift"):
        tap(page, "#blocked button")


def drafted(page: Page) -> None:
    """An offer that she began, where she goes on."""
    offer_pumped(page)
    page.locator("[data-saved]").wait_for()
    go(page, "/new")
    page.locator("[data-draft=offer]").wait_for()


def first_letter(text: str) -> Callable[[Page], None]:
    """A first letter, written and sent."""

    def enter(page: Page) -> None:
        tap(page, "main .button.main")
        page.wait_for_url("**/messages/*")
        page.locator("#letter-text").fill(text)
        tap(page, "#letter button")

    return enter


def refused_letter(page: Page) -> None:
    """A first letter that is refused; its text stays."""
    first_letter("Write to me at www.example.org, please.")(page)
    page.locator("#letter-error:not(:empty)").wait_for(timeout=20_000)
