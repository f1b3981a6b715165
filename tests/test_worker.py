"""Several workers at once match each pair once and send each alert once."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.alerts.test_push import push_subscription
from tests.browser.push_service import PushService
from tests.cast import GRESHAM, Cast, offer, request
from webapp import alerts, matching
from webapp.alerts import (
    Alert,
    Delivery,
    Device,
    Sender,
    make_keys,
    read_keys,
    rotate_keys,
    subscribe,
)
from webapp.database import now, reading, writing
from webapp.matching import Match
from webapp.worker import match, turns, work_once

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

    def work() -> None:
        keys = read_keys(sender_folder)
        with site.app_context(), Sender(keys, "host@example.org", host) as sender:
            start.wait(10)
            try:
                for _ in range(50):
                    work_once(sender)
            except BaseException as error:
                broken.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
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
        reasons = [delivery.reason for delivery in session.query(Delivery)]
    assert len(pairs) == len(set(pairs)) == FAMILIES * DONORS
    assert len(told) == len(set(told)) == FAMILIES * DONORS
    assert states == ["sent"] * len(told)
    # Several matches are told as one: what came with another was not sent by itself.
    assert len(busy.received) == len([reason for reason in reasons if not reason])


def test_nothing_to_do_is_no_work(site: Flask, cast: Cast, tmp_path: Path) -> None:
    cast.donor.publish(offer())
    assert match() is True
    assert match() is False
    make_keys(tmp_path)
    with Sender(read_keys(tmp_path), "host@example.org") as sender:
        assert alerts.deliver(sender, matching.notification) == 0
        assert work_once(sender) is False


def test_trouble_with_one_thing_holds_up_nothing_else(
    site: Flask, cast: Cast, busy: PushService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> bool:
        raise ZeroDivisionError

    make_keys(tmp_path)
    match()
    monkeypatch.setattr(turns, "chores", broken)
    settings = replace(site.config["SETTINGS"], data=tmp_path)
    host = busy.origin.removeprefix("http://")
    with Sender(read_keys(tmp_path), "host@example.org", host) as sender:
        at_work = turns.Turns(sender, settings)
        for _ in range(2):
            at_work.turn(threading.Event())
        alerts.finish(sender, 10)
    assert len(busy.received) == FAMILIES
    with reading():
        assert alerts.worker_at_work(now())


def test_new_keys_are_taken_up_while_at_work(site: Flask, cast: Cast, tmp_path: Path) -> None:
    make_keys(tmp_path)
    settings = replace(site.config["SETTINGS"], data=tmp_path)
    with Sender(read_keys(tmp_path), "host@example.org") as sender:
        rotate_keys(tmp_path)
        turns.take_up_keys(sender, settings)
        assert sender.keys == read_keys(tmp_path)


def test_what_is_to_be_done_now_and_then_rests_after_trouble_and_goes_on_where_more_is_left(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, done = [100.0], [0]
    monkeypatch.setattr(turns.time, "monotonic", lambda: at[0])

    def work() -> bool:
        done[0] += 1
        if done[0] == 3:
            raise ZeroDivisionError
        return done[0] == 1

    again = turns.Again(1, work)
    assert again.look()
    assert not again.look()
    assert not again.look()
    assert done == [2]
    at[0] += 1
    again.look()
    at[0] += turns.PAUSE_AFTER_TROUBLE_SECONDS - 0.1
    again.look()
    assert done == [3]
    at[0] += 0.1
    again.look()
    assert done == [4]
