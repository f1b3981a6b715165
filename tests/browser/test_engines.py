"""An offer written without signal, in three engines, with the server really stopped.

Two of them have no Background Sync, and WebKitGTK no push: there the open page alone sends.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.engines import (
    Engine,
    PlayedChromium,
    arrive,
    begin_offer,
    chosen_volume,
    end_offer,
    see,
    sees,
    sign_up,
    tap,
    wait_for,
    wait_for_worker,
)
from tests.browser.firefox import Firefox
from tests.browser.push_service import PushService
from tests.browser.site import Site
from tests.browser.webkit import WebKit

SAVED = "Saved on this phone. Nobody has seen it yet."
HAS_BACKGROUND_SYNC = "return 'SyncManager' in window"


@pytest.fixture(params=["chromium", "firefox", "webkit"])
def phone(request: pytest.FixtureRequest, tmp_path: Path, push: PushService) -> Iterator[Engine]:
    profile = tmp_path / "profile"
    engines = {
        "chromium": lambda: PlayedChromium(profile),
        "firefox": lambda: Firefox(profile, push.url),
        "webkit": lambda: WebKit(profile),
    }
    with engines[request.param]() as engine:
        yield engine


def listings_in(site: Site) -> list[tuple[str, int]]:
    """What the database really holds."""
    with sqlite3.connect(site.data / "milkwell.db") as database:
        found = database.execute("SELECT kind, volume_ml FROM listing").fetchall()
    database.close()
    return found


def test_an_offer_begun_without_signal_survives_a_killed_browser_and_arrives_once(
    phone: Engine, running: Site
) -> None:
    sign_up(phone, running)
    wait_for_worker(phone)
    assert phone.execute_script(HAS_BACKGROUND_SYNC) == isinstance(phone, PlayedChromium)
    phone.quit()
    running.stop()

    phone.start()
    phone.navigate(f"{running.origin}/offers/new")
    begin_offer(phone)
    phone.kill()

    phone.start()
    phone.navigate(f"{running.origin}/offers/new")
    assert chosen_volume(phone) == "400"
    end_offer(phone)
    see(phone, SAVED)

    phone.navigate(f"{running.origin}/mine")
    see(phone, SAVED)
    see(phone, "400 oz")
    assert listings_in(running) == []

    running.start()
    see(phone, "Sent.")
    assert not sees(phone, SAVED)
    phone.navigate(f"{running.origin}/mine")
    see(phone, "Sent.")
    assert listings_in(running) == [("offer", 11829)]


def test_a_page_that_was_left_amid_a_question_holds_up_none_that_follows(
    phone: Engine, running: Site
) -> None:
    sign_up(phone, running)
    wait_for_worker(phone)
    see(phone, "Updated")
    running.hang()
    for path in ("/mine", "/me", "/offers/new"):
        phone.navigate(f"{running.origin}{path}")
    wait_for(phone, "[data-next]:enabled")
    tap(phone, "400")
    phone.navigate(f"{running.origin}/nearby")
    see(phone, "Nothing near you yet.")
    phone.navigate(f"{running.origin}/offers/new")
    assert chosen_volume(phone) == "400"

    phone.navigate(f"{running.origin}/nearby")
    running.go_on()
    see(phone, "Updated")
    phone.execute_script("history.back()")
    arrive(phone, "/offers/new")
    # Not by the button: Firefox remembers that it was enabled.
    see(phone, "Saved on this phone")
    tap(phone, "100")
    phone.execute_script("history.forward()")
    arrive(phone, "/nearby")
    see(phone, "Updated")
    phone.navigate(f"{running.origin}/offers/new")
    assert chosen_volume(phone) == "100"
