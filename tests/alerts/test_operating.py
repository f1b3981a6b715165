"""What an operator reads of the alerts, and tries again."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import Cast, Phone
from webapp import alerts
from webapp.alerts import Alert, Delivery, Device
from webapp.alerts.models import Mail
from webapp.database import now, reading, uuid7, writing

MOZILLA, APPLE = "updates.push.services.mozilla.com", "rosa.was.here.push.apple.com"


def told(
    phone: Phone,
    service: str,
    state: str = "due",
    reason: str = "",
    *,
    hours_ago: int = 0,
    **more: object,
) -> None:
    """An alert to a phone of its own, as a worker left it."""
    at = now() - timedelta(hours=hours_ago)
    with writing() as session:
        device = Device(
            id=uuid7(),
            person_id=phone.person_id,
            endpoint=f"https://{service}/{uuid7()}",
            service=service,
        )
        alert = Alert(id=uuid7(), person_id=phone.person_id, kind="right", made_at=at)
        delivery = Delivery(alert=alert, device=device, state=state, reason=reason, due_at=at)
        for name, value in more.items():
            setattr(delivery, name, value)
        session.add_all([device, alert, delivery])


def mailed(phone: Phone, state: str, reason: str, kind: str = "alert") -> None:
    with writing() as session:
        letter = Mail(kind=kind, person_id=phone.person_id, state=state, reason=reason)
        if kind == "alert":
            letter.alert = Alert(id=uuid7(), person_id=phone.person_id, kind="free", made_at=now())
        session.add(letter)


def said(app: Flask, *words: str) -> str:
    result = app.test_cli_runner().invoke(args=["alerts", *words])
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def due() -> set[str]:
    """Services whose deliveries are due now."""
    with reading() as session:
        waiting = session.query(Delivery).filter(Delivery.state == "due", Delivery.due_at <= now())
        return {delivery.device.service for delivery in waiting}


def test_status_says_what_waits_since_when_and_what_became_of_the_rest(cast: Cast) -> None:
    told(cast.donor, MOZILLA, hours_ago=3)
    told(cast.donor, MOZILLA, due_at=now() + timedelta(hours=5))
    told(cast.donor, APPLE, "sent")
    told(cast.recipient, APPLE, "given_up", "answered 403")
    mailed(cast.donor, "given_up", "refused")
    with writing() as session:
        alerts.beat()
        for device in session.query(Device).filter_by(service=APPLE):
            device.failed_at = now()
        session.query(Device).filter_by(service=MOZILLA).first().endpoint = None
    status = said(cast.app, "status")
    assert re.match(r"Worker at work, seen \d+ s ago ", status)
    assert "Alerts due 1, the oldest for 3 h; for later 1" in status
    assert "E-mails due 0; for later 0" in status
    assert "Phones alerted 1, failing 2, lost 0, off 1" in status
    assert "Keys newest 3, before 0, gone 0" in status
    assert "2 push.services.mozilla.com due" in status
    assert "1 push.apple.com given_up answered 403" in status
    assert "1 push.apple.com sent" in status
    assert "1 alert given_up refused" in status


def test_status_of_nothing_says_that_no_worker_was_ever_there(cast: Cast) -> None:
    assert said(cast.app, "status").startswith("Worker never seen Alerts due 0; for later 0")


def test_a_worker_that_was_not_seen_for_a_minute_is_called_away(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now()
    with writing():
        alerts.beat()
    monkeypatch.setattr(
        "webapp.commands.alerting.now", lambda: at + timedelta(minutes=5, seconds=30)
    )
    assert "Worker AWAY, seen 5 min ago" in said(cast.app, "status")


def test_what_failed_is_tried_again_and_what_is_over_is_not(cast: Cast) -> None:
    told(cast.donor, "a.push.apple.com", "given_up", "too many tries", tries=9)
    told(cast.donor, "b.push.apple.com", "given_up", "answered 403")
    later = now() + timedelta(hours=2)
    told(cast.donor, "c.push.apple.com", "due", "answered 503", tries=3, due_at=later)
    for reason in ("seen", "over", "suspended", "gone"):
        told(cast.donor, f"{reason}.push.apple.com", "given_up", reason)
    told(cast.donor, "sent.push.apple.com", "sent")
    told(cast.donor, "night.push.apple.com", "due", due_at=later)
    told(
        cast.donor,
        "held.push.apple.com",
        "due",
        "answered 500",
        tries=1,
        due_at=now() + timedelta(seconds=50),
    )
    told(cast.donor, "old.push.apple.com", "given_up", "answered 403", hours_ago=30)
    mailed(cast.donor, "given_up", "answered 550")
    mailed(cast.donor, "given_up", "answered 451", "digest")
    mailed(cast.donor, "given_up", "answered 451", "code")
    mailed(cast.donor, "given_up", "unwanted", "digest")
    assert said(cast.app, "retry") == "To be tried again: 3 alerts, 2 e-mails."
    assert due() == {f"{name}.push.apple.com" for name in "abc"}
    assert said(cast.app, "retry", "--since", "2d") == "To be tried again: 1 alerts, 0 e-mails."
    with reading() as session:
        assert {d.tries for d in session.query(Delivery).filter_by(state="due")} == {0, 1}


def test_one_push_service_is_tried_again_with_all_that_lies_below_it(cast: Cast) -> None:
    for service in (MOZILLA, APPLE, "push.apple.com", "web.notpush.apple.com"):
        told(cast.donor, service, "given_up", "answered 500")
    mailed(cast.donor, "given_up", "refused")
    again = said(cast.app, "retry", "--service", "push.apple.com")
    assert again == "To be tried again: 2 alerts, 0 e-mails."
    assert due() == {APPLE, "push.apple.com"}


@pytest.mark.parametrize("since", ["yesterday", "3", "3w", "-1d"])
def test_a_span_that_is_none_is_refused(cast: Cast, since: str) -> None:
    result = cast.app.test_cli_runner().invoke(args=["alerts", "retry", f"--since={since}"])
    assert result.exit_code == 2
    assert "as in 90m, 12h or 3d" in result.output
