"""A push service that speaks the protocol, and a sender that knows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.push_service import PushService
from webapp.alerts import Sender, make_keys, read_keys


@pytest.fixture
def push() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def sender(tmp_path: Path, push: PushService) -> Iterator[Sender]:
    make_keys(tmp_path)
    host = push.origin.removeprefix("http://")
    with Sender(read_keys(tmp_path), "host@example.org", host) as made:
        yield made
