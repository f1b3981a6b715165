"""Alerts in a real Firefox, over a push service that speaks its protocol.

One browser for all, since its start is slow: each test leaves June at /me, alerted, with an empty
tray. The first is the one before she allowed alerts.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.browser.alerted import June
from tests.browser.firefox import Firefox, wait_until
from tests.browser.push_service import PushService, decode_key
from tests.browser.site import Site
from webapp.alerts import LETTER, Alert, Delivery, read_keys
from webapp.alerts.payload import SIZES
from webapp.database import now

ENCRYPTION_ADDS = 16 + 4 + 1 + 65 + 1 + 16
"""RFC 8188, 2: salt, record size, key's length and key, delimiter and tag."""
PERMISSION = """
const { perms, scriptSecurityManager } = Services;
const principal = scriptSecurityManager.createContentPrincipalFromOrigin(arguments[0]);
perms.removeFromPrincipal(principal, "desktop-notification");
if (arguments[1]) perms.addFromPrincipal(principal, "desktop-notification", perms.DENY_ACTION);
"""


@pytest.fixture(scope="module")
def june(tmp_path_factory: pytest.TempPathFactory, place_index: Path) -> Iterator[June]:
    """June, who has asked for milk and has not been asked about alerts."""
    folder = tmp_path_factory.mktemp("alert")
    (folder / "data").mkdir()
    with (
        PushService() as push,
        Site(folder / "data", place_index, push.origin) as site,
        Firefox(folder / "firefox", push.url) as firefox,
    ):
        made = June(firefox, site, push)
        made.join()
        made.prefers(quiet_from=0, quiet_until=0)
        made.ask_for_tonight()
        yield made


@pytest.fixture
def alerted(june: June) -> Iterator[June]:
    """June, whose phone is alerted."""
    if not june.push.subscriptions:
        june.allow()
    yield june
    june.clear()
    june.open("/me")
    june.firefox.wait_for_text("Alerts are on")


def test_without_permission_nothing_is_pushed_and_the_page_says_so(june: June) -> None:
    june.firefox.execute_in_chrome(PERMISSION, june.site.origin, "deny")
    june.open("/me")
    june.firefox.wait_for_text("Alerts are blocked")
    june.offers()
    wait_until(lambda: june.count(Alert), 20, "an alert of the offer")
    assert (june.count(Delivery), june.push.received, june.push.subscriptions) == (0, [], {})
    june.firefox.execute_in_chrome(PERMISSION, june.site.origin, "")


def test_an_alert_is_shown_and_opens_with_the_server_stopped(alerted: June) -> None:
    firefox = alerted.firefox
    received = alerted.pushed(alerted.offers)
    assert received.status == 201
    assert b"Gresham" not in received.body
    shown = firefox.wait_for_notification()
    assert (shown["title"], shown["body"]) == ("Something near you", "")

    alerted.stops()
    firefox.click_notification()
    firefox.switch_to_url("/listings/")
    firefox.wait_for_text("400 oz")
    firefox.wait_for_text("near Gresham")
    assert not alerted.site.answers()
    alerted.site.start()


def test_a_payload_at_its_largest_opens_with_the_server_stopped(alerted: June) -> None:
    firefox, text = alerted.firefox, f"Could it be {'🍼' * 300} you need?"
    received = alerted.pushed(lambda: alerted.writes(text))
    assert (received.status, len(received.body)) == (201, SIZES[-1] + ENCRYPTION_ADDS)
    assert firefox.wait_for_notification()["title"] == "A new message"
    alerted.stops()
    firefox.click_notification()
    firefox.switch_to_url("/messages/")
    firefox.wait_for_text(text)
    alerted.site.start()
    alerted.answers()


def test_two_alerts_with_one_topic_are_shown_once(alerted: June) -> None:
    push, firefox = alerted.push, alerted.firefox
    push.browsers_allowed = False
    push.disconnect()
    first = alerted.pushed(lambda: alerted.writes("Is Tuesday good?"))
    second = alerted.pushed(lambda: alerted.writes("Or Wednesday?"))
    assert (first.status, second.status) == (201, 201)
    assert first.headers["topic"] == second.headers["topic"]
    assert len(alerted.subscription().waiting) == 1
    known = len(push.acknowledged)
    push.browsers_allowed = True
    firefox.wait_for_notification()
    push.wait_for(lambda: not alerted.subscription().waiting, 10, "the browser's word for it")
    assert len(push.acknowledged) == known + 1
    assert [each["title"] for each in firefox.notifications()] == ["A new message"]


def test_a_subscription_that_is_gone_is_made_anew_at_the_next_load(alerted: June) -> None:
    before = alerted.subscription()
    alerted.push.mark_gone(before.endpoint)
    assert alerted.pushed(lambda: alerted.writes("Are you there?")).status == 410
    wait_until(lambda: alerted.device().is_lost, 20, "the server's word for it")

    alerted.open("/me")
    wait_until(lambda: alerted.device().endpoint, 20, "another subscription")
    assert alerted.subscription().endpoint != before.endpoint
    assert alerted.pushed(lambda: alerted.writes("And now?")).status == 201
    alerted.firefox.wait_for_notification()


def test_a_rotated_key_is_taken_up_and_nothing_is_lost_meanwhile(alerted: June) -> None:
    folder = alerted.site.data
    before = alerted.subscription()
    alerted.site.flask("keys", "rotate", "--yes")
    assert before.key != decode_key(read_keys(folder).application_server_key)
    old = alerted.pushed(lambda: alerted.writes("By the old key."))
    assert (old.endpoint, old.status) == (before.endpoint, 201)

    alerted.open("/me")
    alerted.press("Reload")
    taken_up = read_keys(folder).id
    wait_until(lambda: alerted.device().key_id == taken_up, 20, "a subscription by the new key")
    after = alerted.subscription()
    assert after.key == decode_key(read_keys(folder).application_server_key)
    assert after.endpoint != before.endpoint
    new = alerted.pushed(lambda: alerted.writes("By the new key."))
    assert (new.endpoint, new.status) == (after.endpoint, 201)
    alerted.firefox.wait_for_notification()


def titles(firefox: Firefox) -> list[str]:
    """What stands in the tray."""
    return [each["title"] for each in firefox.notifications()]


def test_what_comes_in_her_quiet_hours_waits_until_they_end(alerted: June) -> None:
    hour = datetime.now(UTC).hour
    alerted.prefers(quiet_from=hour, quiet_until=(hour + 2) % 24, time_zone="UTC")
    alerted.writes("Sleep well")
    only = alerted.pushed(alerted.tries_out)
    assert only.status == 201
    firefox = alerted.firefox
    # What came before may still be on its way to the tray.
    wait_until(lambda: "This is a test" in titles(firefox), 20, "the test")
    waiting = alerted.delivery(LETTER)
    assert waiting.state == "due"
    assert waiting.due_at > now()

    alerted.clear()
    released = alerted.pushed(lambda: alerted.wakes(quiet_from=(hour + 2) % 24))
    assert released.status == 201
    assert alerted.firefox.wait_for_notification()["title"] == "A new message"
    alerted.prefers(quiet_from=0, quiet_until=0)
