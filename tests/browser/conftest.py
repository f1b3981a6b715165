"""Real browsers and the real site."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.phones import new_phone
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


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory: pytest.TempPathFactory, place_index: Path) -> Iterator[Site]:
    """A site that nobody has signed up to, for a whole file of tests."""
    with Site(tmp_path_factory.mktemp("data"), place_index) as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a whole file of tests; each makes phones of its own in it."""
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def phones(browser: Browser) -> Iterator[tuple[Page, Page]]:
    """Two phones, both of nobody yet."""
    both = new_phone(browser), new_phone(browser)
    yield both
    for each in both:
        each.context.close()
