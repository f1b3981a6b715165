"""Several workers at once match each pair once and send each alert once."""

import threading
from pathlib import Path

import pytest
from flask import Flask

from tests.alerts.test_push import push_subscription
from tests.browser.push_service import PushService
from tests.cast import GRESHAM, Cast, offer, request
from webapp import alerts, matching
from webapp.alerts import Alert, Delivery, Device, Sender, make_keys, read_keys, subscribe
from webapp.database import reading, writing
from webapp.matching import Match
from webapp.worker import match, work_once

FAMILIES, DONORS = 4, 5


@pytest.fixture
def busy(cast: Cast) -> PushService:
    """Families with phones and donors with offers, all still to be matched."""
    with PushService() as service:
        for number in range(FAMILIES):
            family = cast.somebody(f"Family {number}", GRESHAM)
            family.publish(request(need="emergency"))
            endpoint, p256dh, auth = push_subscription(service)
            with writing() as session:
                device = session.query(Device).filter_by(person_id=family.person_id).one()
                subscribe(device, endpoint, p256dh, auth)
        for number in range(DONORS):
            cast.somebody(f"Donor {number}", GRESHAM, tell_asking="off").publish(offer())
        yield service


def work_at_once(site: Flask, sender_folder: Path, host: str) -> None:
    """Two workers, started together, until neither finds anything more."""
    start = threading.Barrier(2)
    broken: list[BaseException] = []

    def worker() -> None:
        keys = read_keys(sender_folder)
        with site.app_context(), Sender(keys, "host@example.org", host) as sender:
            start.wait(10)
            try:
                for _ in range(50):
                    work_once(sender)
            except BaseException as error:
                broken.append(error)

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert broken == []


def test_two_workers_match_each_pair_once_and_send_each_alert_once(
    site: Flask, cast: Cast, busy: PushService, tmp_path: Path
) -> None:
    make_keys(tmp_path)
    work_at_once(site, tmp_path, busy.origin.removeprefix("http://"))
    with reading() as session:
        pairs = [(m.offer_id, m.request_id) for m in session.query(Match)]
        told = [(a.person_id, a.match_id) for a in session.query(Alert)]
        states = [delivery.state for delivery in session.query(Delivery)]
    assert len(pairs) == len(set(pairs)) == FAMILIES * DONORS
    assert len(told) == len(set(told)) == FAMILIES * DONORS
    assert states == ["sent"] * len(told)
    assert len(busy.received) == len(told)


def test_nothing_to_do_is_no_work(site: Flask, cast: Cast, tmp_path: Path) -> None:
    cast.donor.publish(offer())
    assert match() is True
    assert match() is False
    make_keys(tmp_path)
    with Sender(read_keys(tmp_path), "host@example.org") as sender:
        assert alerts.deliver(sender, matching.notification) == 0
        assert work_once(sender) is False
