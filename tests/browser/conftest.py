"""Real browsers and the real site."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.push_service import PushService
from tests.browser.site import Site


@pytest.fixture
def push() -> Iterator[PushService]:
    """A push service that speaks the protocol on both sides."""
    with PushService() as service:
        yield service


@pytest.fixture
def running(tmp_path: Path, place_index: Path, push: PushService) -> Iterator[Site]:
    """The site, running on a data folder of its own."""
    data = tmp_path / "data"
    data.mkdir()
    with Site(data, place_index, push.origin) as site:
        yield site
