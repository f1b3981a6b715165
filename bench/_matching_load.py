"""The world of requests and offers, in SQLite and in PostgreSQL, kept from one run to the next."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from typing import Any

import psycopg
from flask import Flask
from flask_migrate import upgrade

from bench import _matching_peer as peer
from bench import _matching_world as world
from bench._postgres import say
from tests.places import built_places
from webapp import create_app
from webapp.config import ROOT, read_settings
from webapp.database import db

CACHE = ROOT / ".cache" / "bench"
VERSION = "matching-1"
"""Raised when the rows or the tables change: what was kept is then built anew."""
AT_ONCE = 20_000
SMALL = {"region": world.REGION}
LARGE = {"world": world.WORLD, "region": world.REGION, "city": world.CITY}

Rows = Iterable[dict[str, Any]]


def sqlite_world(name: str, count: dict[str, int]) -> str:
    """The URL of an SQLite file with so many requests, built where it isn't there."""
    folder = CACHE / VERSION / name
    url = f"sqlite:///{folder / 'milkwell.db'}"
    if not (folder / "built").exists():
        (folder / "milkwell.db").unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
        say(f"building {name} in SQLite")
        with opened(url):
            upgrade()
            raw = db.engine.raw_connection()
            _fill_sqlite(raw.driver_connection, count)
            raw.close()
        (folder / "built").touch()
    return url


def postgres_world(server: str, name: str, count: dict[str, int]) -> str:
    """The URL of a PostgreSQL database with so many requests, and the join's tables beside ours."""
    plain = server.replace("+psycopg", "")
    database = f"{VERSION}_{name}".replace("-", "_")
    url = server.replace("/postgres?", f"/{database}?")
    with psycopg.connect(plain, autocommit=True) as connection:
        found = connection.execute("SELECT datname FROM pg_database").fetchall()
        if (database,) in found:
            return url
        connection.execute("DROP DATABASE IF EXISTS building")
        connection.execute("CREATE DATABASE building")
    say(f"building {name} in PostgreSQL")
    building = server.replace("/postgres?", "/building?")
    with opened(building):
        upgrade()
    with psycopg.connect(building.replace("+psycopg", ""), autocommit=True) as connection:
        _fill_postgres(connection, count)
        peer.build(connection, world.AT)
        connection.execute("VACUUM ANALYZE")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE building RENAME TO {database}")
    return url


@contextmanager
def opened(url: str) -> Iterator[Flask]:
    """The app on a database, in a context."""
    folder = CACHE / VERSION
    folder.mkdir(parents=True, exist_ok=True)
    settings = read_settings({"MILKWELL_DATA": str(folder), "DATABASE_URL": url})
    app = create_app(replace(settings, places=built_places(), rate_limits=False))
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def _chunks(count: dict[str, int]) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """Rows by table, some at once."""
    made = [world.requests(part, many) for part, many in count.items()]
    made += [world.offers(part, world.OFFERS[part]) for part in count]
    rows = chain.from_iterable(made)
    while some := [*islice(rows, AT_ONCE)]:
        listings = [listing for listing, _batches in some]
        yield {
            "person": [world.person_of(listing) for listing in listings],
            "listing": listings,
            "batch": [batch for _listing, batches in some for batch in batches],
        }


def _fill_sqlite(connection: Any, count: dict[str, int]) -> None:
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    for tables in _chunks(count):
        connection.execute("BEGIN")
        for table, rows in tables.items():
            for names, values in _by_columns(rows):
                marks = ", ".join("?" * len(names))
                insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
                connection.executemany(insert, values)
        connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _fill_postgres(connection: psycopg.Connection[Any], count: dict[str, int]) -> None:
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET timezone = 'UTC'")
    for tables in _chunks(count):
        for table, rows in tables.items():
            for names, values in _by_columns(rows):
                into = f"COPY {table} ({', '.join(names)}) FROM STDIN"
                with connection.cursor().copy(into) as copy:
                    for row in values:
                        copy.write_row(row)


def _by_columns(rows: Rows) -> Iterator[tuple[list[str], list[tuple[Any, ...]]]]:
    alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for row in rows:
        alike.setdefault(tuple(row), []).append(tuple(row.values()))
    for names, values in alike.items():
        yield [*names], values
