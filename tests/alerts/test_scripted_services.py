"""A thousand alerts over fifty push services, of which five are broken in ways of their own."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.alerts.scripted_services import BROKEN, HANGS, ScriptedServices, Teller
from webapp.alerts import Delivery, Sender, make_keys, pump, read_keys
from webapp.alerts.push_services import FEW, MOST
from webapp.database import now, reading, writing
from webapp.worker import render

SERVICES, ALERTS = 50, 1000
WITHIN_S = 60


@pytest.fixture
def services() -> Iterator[ScriptedServices]:
    with ScriptedServices() as made:
        yield made


@pytest.fixture
def new_sender(tmp_path: Path, services: ScriptedServices) -> Callable[[], Sender]:
    make_keys(tmp_path)
    return lambda: Sender(read_keys(tmp_path), "host@example.org", services.host)


def pump_until(sender: Sender, done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN_S
    while not done():
        pump(sender, render, 0.02)
        assert time.monotonic() < deadline


def test_broken_services_hold_up_nobody_and_get_theirs_when_they_are_mended(
    app: Flask, services: ScriptedServices, new_sender: Callable[[], Sender]
) -> None:
    told = Teller(services.host, SERVICES).tell(ALERTS)
    good = {device for device, service in told.items() if service not in BROKEN}
    with new_sender() as sender:
        pump_until(sender, lambda: good <= services.asked.keys() and not _due_of_good())
    assert _states() == {("sent", True): len(good), ("due", False): ALERTS - len(good)}
    assert services.most[HANGS] <= FEW
    assert max(services.most.values()) <= MOST
    services.mended = True
    with writing() as session:
        for delivery in session.query(Delivery).filter_by(state="due"):
            delivery.due_at = now()
    with new_sender() as sender:
        pump_until(sender, lambda: not sender.in_hand.claims and not _any_due())
    assert _states() == {("sent", True): len(good), ("sent", False): ALERTS - len(good)}
    assert {services.asked[device] for device in good} == {1}


def _states() -> Counter[tuple[str, bool]]:
    with reading() as session:
        return Counter((d.state, _is_good(d)) for d in session.query(Delivery))


def _is_good(delivery: Delivery) -> bool:
    return int(delivery.device.service.split(".")[0]) not in BROKEN


def _due_of_good() -> bool:
    return bool(_states()["due", True])


def _any_due() -> bool:
    with reading() as session:
        return session.query(Delivery).filter_by(state="due").first() is not None
