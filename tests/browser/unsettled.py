"""How a phone comes to where something of hers is unsettled: unsent, in question, not whole."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.composing import onward, shared, tap, unfold
from tests.browser.entering import answered, go, unsent
from tests.browser.stage import SETTLED

PUT = """async ([name, value, key]) => {
  const opened = indexedDB.open("milkwell");
  const db = await new Promise((done) => { opened.onsuccess = () => done(opened.result); });
  const writing = db.transaction(name, "readwrite");
  writing.objectStore(name).put(value, key);
  await new Promise((done) => { writing.oncomplete = done; });
  db.close();
}"""


def having(store: str, value: Any, key: str) -> Callable[[Page], None]:
    """With something else in the phone's store."""

    def enter(page: Page) -> None:
        page.evaluate(PUT, [store, value, key])
        page.reload()
        page.wait_for_function(SETTLED)

    return enter


def stale(page: Page) -> None:
    """What is here is three days old, and nothing newer comes."""
    long_ago = datetime.now(UTC) - timedelta(days=3)
    having("meta", long_ago.isoformat(), "synced_at")(page)
    page.locator(".fresh").wait_for()


def short_of_space(page: Page) -> None:
    """A phone that keeps only what is her own."""
    having("meta", int(time.time() * 1000), "less")(page)
    page.locator(".fresh").wait_for()


def filling(page: Page) -> None:
    """While what is near her comes anew, page by page."""
    page.locator("progress").wait_for()


def conflicting(page: Page) -> None:
    """Her offer edited here and elsewhere: two fields in one edit."""
    tap(page, ".verbs > a")
    page.locator("[data-next]:enabled").wait_for()
    page.locator("[data-field=volume_ml] input:visible").first.fill("450")
    for _ in range(2):
        onward(page)
    unfold(page)
    page.locator("[name=note]").fill("Weekends are best.")
    onward(page)
    with answered(page, "listing.edit"):
        onward(page)
    page.wait_for_url("**/listings/*")
    go(page, "/outbox")
    page.locator("fieldset.both").nth(1).wait_for()


def withdrawn(page: Page) -> None:
    """Renewed here, and withdrawn on another phone."""
    with answered(page, "listing.renew"):
        tap(page, ".verbs > :nth-child(4)")
    go(page, "/outbox")
    page.locator("main ul.cards > li [data-act=yes]:visible").wait_for()


def waiting_for_her(page: Page) -> None:
    """An offer that is in question, and what was done to it since."""
    shared(page)
    page.locator(".panel > .strip.stop, a > .strip.stop").first.wait_for()
    pause = page.locator(".verbs > :nth-child(3)")
    word = pause.inner_text()
    pause.click()
    # It is kept on the phone once the page shows it so.
    expect(pause).not_to_have_text(word, timeout=20_000)
    go(page, "/outbox")
    page.locator("main ul.cards > li:nth-child(2) [data-why=first]:visible").wait_for()


def leaving(page: Page) -> None:
    """About to sign out."""
    tap(page, "#below .button.stop")
    page.locator("dialog:modal").wait_for()


def leaving_unsent(page: Page) -> None:
    """About to sign out with something unsent."""
    unsent(page)
    go(page, "/me")
    leaving(page)


def leaving_tried(page: Page) -> None:
    """The same, after it couldn't be sent."""
    leaving_unsent(page)
    page.locator("dialog:modal").evaluate("(first) => { first.dataset.first = ''; }")
    tap(page, "dialog[open] p.row button")
    page.locator("dialog:modal:not([data-first])").wait_for()
