"""Composing an offer or a request by what stands in the form, whatever its language."""

from playwright.sync_api import Page


def choose(page: Page, name: str, value: str = "y") -> None:
    """Tap the chip or box of this answer, whatever the language."""
    page.locator(f"label:has([name='{name}'][value='{value}']):visible").first.click()


def tap(page: Page, selector: str) -> None:
    """Tap the first that is in sight."""
    page.locator(f"{selector}:visible").first.click()


def unfold(page: Page) -> None:
    """Open everything that can be opened on the page."""
    closed = page.locator("main details:not([open]) > summary:visible")
    while closed.count():
        closed.first.click()


def onward(page: Page) -> None:
    """One step on."""
    tap(page, "[data-next]:enabled")


def offer_amount(page: Page) -> None:
    """The first step of an offer."""
    page.locator("[data-next]:enabled").wait_for()
    tap(
        page,
        "[data-field=volume_ml] .chip[value='400'], [data-field=volume_ml] .chip[value='12000']",
    )
    choose(page, "batches-0-state", "frozen")


def offer_pumped(page: Page) -> None:
    """The second."""
    offer_amount(page)
    onward(page)
    page.locator("[data-periods] > *:visible").last.click()


def offer_several(page: Page) -> None:
    """The second, with milk of another time, all of it unfolded."""
    offer_pumped(page)
    tap(page, "[data-add]")
    choose(page, "batches-1-state", "refrigerated")
    unfold(page)


def offer_asked(page: Page) -> None:
    """The third, with every fold open and some answers."""
    offer_pumped(page)
    onward(page)
    unfold(page)
    choose(page, "diet", "dairy_free")
    choose(page, "diet", "halal")
    choose(page, "medicine", "some")
    choose(page, "alcohol", "talk")
    choose(page, "caffeine", "dated")


def offer_bereaved(page: Page) -> None:
    """The third step of who lost her baby."""
    offer_pumped(page)
    onward(page)
    unfold(page)
    choose(page, "bereaved")


def offer_whole(page: Page) -> None:
    """The last, unfolded."""
    offer_pumped(page)
    onward(page)
    onward(page)
    unfold(page)


def request_tonight(page: Page) -> None:
    """The first step of a request for tonight."""
    page.locator("[data-next]:enabled").wait_for()
    tap(page, "[data-field=volume_ml] .chip[value='20'], [data-field=volume_ml] .chip[value='600']")
    choose(page, "need", "emergency")


def request_fragile(page: Page) -> None:
    """The second, where the clinician's page comes first."""
    request_tonight(page)
    onward(page)
    choose(page, "fragile", "preterm")


def request_wanted(page: Page) -> None:
    """The third, with every fold open."""
    request_tonight(page)
    onward(page)
    choose(page, "fragile", "no")
    onward(page)
    unfold(page)
    choose(page, "must", "dairy_free")
    choose(page, "avoid", "alcohol")
    choose(page, "_wish", "alcohol")


def request_whole(page: Page) -> None:
    """The last."""
    request_tonight(page)
    onward(page)
    choose(page, "fragile", "no")
    onward(page)
    onward(page)


def shared(page: Page) -> None:
    """An offer, shared."""
    offer_whole(page)
    onward(page)
    page.wait_for_url("**/listings/*")
