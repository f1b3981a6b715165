"""One phone, two people: what the first leaves behind, and what the second gets to see."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import PASSWORD, draft_offer, share, sign_up, wait_for_worker
from tests.browser.chromium import Chromium
from tests.browser.contents import device_of, everything, row_of
from tests.browser.phones import arrive
from tests.browser.site import Site
from tests.browser.stage import until

NOTE = "by the old library"


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Chromium]:
    with Chromium(tmp_path / "profile") as browser:
        yield browser


def write_note(page: Page) -> None:
    """Say something private on the third step."""
    page.locator("[data-next]").click()
    page.locator("summary", has_text="Anything else").click()
    page.locator("[name=note]").fill(NOTE)


def sign_out(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/me")
    page.get_by_role("button", name="Sign out").click()
    page.locator("dialog").get_by_role("button", name="Sign out").click()
    left = page.get_by_text("Nothing of yours is left on this phone.")
    expect(left).to_be_visible(timeout=20_000)


def keep_note(page: Page, site: Site) -> None:
    """An offer with a private note, sent."""
    page.goto(f"{site.origin}/offers/new")
    draft_offer(page)
    write_note(page)
    share(page)
    expect(page.get_by_text("Sent.")).to_be_visible(timeout=20_000)


def traces(page: Page) -> set[str]:
    """What names the person whose phone this is, or says something of her."""
    person, listing = row_of(page, "person"), row_of(page, "listing")
    place: Any = person["place"]
    cell: Any = listing["cell"]
    return {
        *(NOTE, "Zenobia", "zenobia@", "Gresham"),
        *(str(person["id"]), str(listing["id"]), str(place["id"]), str(cell["id"])),
        *(str(cell["lat"]), str(cell["lng"]), device_of(page), "without_medicine"),
    }


def test_signing_out_without_signal_leaves_no_byte_of_hers_and_holds(
    phone: Chromium, running: Site
) -> None:
    page = phone.page
    sign_up(page, running, "Zenobia")
    wait_for_worker(page)
    keep_note(page, running)
    page.evaluate("localStorage.nearby = JSON.stringify({ filter: 'without_medicine' })")
    hers = traces(page)
    before = everything(page)
    seen = {trace for trace in hers if trace in before}
    assert {NOTE, "Zenobia", "Gresham", "without_medicine", device_of(page)} <= seen
    running.stop()

    sign_out(page, running)
    left = everything(page)
    assert [trace for trace in hers if trace in left] == []

    running.start()
    page.goto(f"{running.origin}/mine")
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible(timeout=20_000)
    page.wait_for_timeout(1000)
    assert page.evaluate("fetch('/api/devices').then(({ status }) => status)") == 401
    assert page.evaluate("fetch('/api/mine').then(({ status }) => status)") == 401
    left = everything(page)
    assert [trace for trace in hers if trace in left] == []


def test_a_second_person_neither_sees_nor_sends_what_the_first_left_unsent(
    phone: Chromium, running: Site
) -> None:
    page = phone.page
    sign_up(page, running, "Rosa")
    wait_for_worker(page)
    running.stop()
    page.goto(f"{running.origin}/offers/new")
    draft_offer(page)
    write_note(page)
    share(page)
    expect(page.get_by_text("Nobody has seen it yet.")).to_be_visible(timeout=20_000)

    # Her session ended; she did not sign out. Before the server is back, or hers goes out first.
    assert page.context.cookies()
    page.context.clear_cookies()
    running.start(worker=False)
    sign_up(page, running, "June", "Portland")
    for path in ("/mine", "/outbox", "/nearby"):
        page.goto(running.origin + path)
        page.wait_for_timeout(700)
        assert NOTE not in page.content()
        expect(page.get_by_text("400 oz")).not_to_be_visible()
    mine = page.evaluate(
        """fetch("/api/nearby").then((answer) => answer.json()).then(JSON.stringify)"""
    )
    assert json.loads(mine)["cards"] == []

    sign_out(page, running)
    page.goto(f"{running.origin}/sign-in?next=/mine")
    page.get_by_label("E-mail").fill("rosa@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    arrive(page, "/mine")
    expect(page.get_by_text("400 oz")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Sent.")).to_be_visible(timeout=20_000)


def push_to(page: Page, site: Site, said: dict[str, Any]) -> None:
    """Hand the service worker a message, as the browser does once it has decrypted one."""
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda news: found.extend(each["registrationId"] for each in news["registrations"]),
    )
    session.send("ServiceWorker.enable")
    until(page, lambda: bool(found), 20_000)
    session.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": site.origin, "registrationId": found[-1], "data": json.dumps(said)},
    )
    session.detach()


def alert_for(device: str, note: str) -> dict[str, Any]:
    """A push as the server sends it, to whom it says more on her lock screen."""
    card = {"id": "0190a000-0000-7000-8000-00000000000c", "kind": "request", "note": note}
    match = {"id": "0190a000-0000-7000-8000-00000000000b", "other": card["id"], "card": card}
    kept = {
        "device": device,
        "alert": {"id": "0190a000-0000-7000-8000-00000000000a", "kind": "letter"},
        "match": match,
        "message": {"id": "0190a000-0000-7000-8000-00000000000d", "text": note},
    }
    said = {"title": note, "body": note, "navigate": "/messages/x", "tag": note, "data": kept}
    return {"web_push": 8030, "notification": said, "mutable": True}


def shown(page: Page) -> list[dict[str, Any]]:
    """The notifications that stand on the lock screen."""
    found: list[dict[str, Any]] = json.loads(everything(page))["shown"]
    return found


def wait_for_shown(page: Page, title: str) -> None:
    """Until such a notification stands there, the last that comes of a push but for a sync."""
    until(page, lambda: title in [each["title"] for each in shown(page)], 20_000)
    assert title in [each["title"] for each in shown(page)]


def test_a_push_for_the_first_shows_the_second_nothing_of_hers(
    phone: Chromium, running: Site
) -> None:
    page = phone.page
    assert phone.context
    phone.context.grant_permissions(["notifications"], origin=running.origin)
    sign_up(page, running, "Zenobia")
    wait_for_worker(page)
    first = device_of(page)
    push_to(page, running, alert_for(first, "Letter for Zenobia"))
    wait_for_shown(page, "Letter for Zenobia")
    assert "Letter for Zenobia" in everything(page)
    sign_out(page, running)
    # The browser is only told to take them away.
    until(page, lambda: not shown(page))
    assert shown(page) == []

    sign_up(page, running, "June", "Portland")
    wait_for_worker(page)
    assert device_of(page) != first
    push_to(page, running, alert_for(first, "Letter for Zenobia"))
    wait_for_shown(page, "Something near you")
    page.wait_for_timeout(1000)
    assert "Zenobia" not in everything(page)
    (neutral,) = shown(page)
    assert (neutral["title"], neutral["body"]) == ("Something near you", "")
    assert neutral["data"] == {"navigate": "/nearby"}

    push_to(page, running, alert_for(device_of(page), "Letter for June"))
    wait_for_shown(page, "Letter for June")
    assert "Letter for June" in everything(page)
