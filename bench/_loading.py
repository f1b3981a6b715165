"""The world's listings in SQLite and in PostgreSQL: our table, and our rivals' beside it."""

import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pysqlite3
from sqlalchemy import JSON, Boolean, Date, DateTime, Integer, make_url
from sqlalchemy.schema import CreateIndex, CreateTable

from bench._rivals import SAID
from bench._world import AT, Row
from webapp import geo
from webapp.listings import Listing
from webapp.listings.traits import STATE

TABLE: Any = Listing.__table__
SQLITE, POSTGRESQL = (
    make_url(url).get_dialect()() for url in ("sqlite://", "postgresql+psycopg://")
)
COLUMNS = Row._fields
RIVAL = """
CREATE TABLE spot (id {uuid}, person_id {uuid}, kind text, status text, cell text, feed_cell text,
    published_at {instant}, traits bigint, volume_ml integer,
    dairy_free boolean, no_medicine boolean, state text,
    latitude double precision, longitude double precision)
"""
PLAIN_INDEX = "CREATE INDEX spot_plain ON spot (latitude, longitude) WHERE status = 'open'"


def constants() -> dict[str, str]:
    """A literal for each column that must be filled and that no search looks at."""
    literals: dict[str, str] = {}
    for column in TABLE.columns:
        if column.name in COLUMNS or column.nullable:
            continue
        kind = column.type
        if isinstance(kind, JSON):
            literals[column.name] = "'[]'"
        elif isinstance(kind, Boolean):
            literals[column.name] = "false"
        elif isinstance(kind, Integer):
            literals[column.name] = "0"
        elif isinstance(kind, Date):
            literals[column.name] = f"'{AT:%Y-%m-%d}'"
        elif isinstance(getattr(kind, "impl", kind), DateTime):
            literals[column.name] = f"'{AT:%Y-%m-%d %H:%M:%S.000000}'"
        else:
            literals[column.name] = "''"
    return literals


def create_table(dialect: Any) -> str:
    """Our table as the migrations make it, without its parents: there are no people here."""
    create: Any = CreateTable(TABLE, include_foreign_key_constraints=[])
    return str(create.compile(dialect=dialect))


def indexes(dialect: Any) -> list[str]:
    """Our indexes, made after the rows are in."""
    named = sorted(TABLE.indexes, key=lambda index: str(index.name))
    return [str(CreateIndex(index).compile(dialect=dialect)) for index in named]


def copy_ours() -> str:
    """INSERT … SELECT of the rivals' rows into our table."""
    fixed = constants()
    names = ", ".join([*COLUMNS, *fixed])
    return (
        f"INSERT INTO listing ({names}) SELECT {', '.join([*COLUMNS, *fixed.values()])} FROM spot"
    )


def load_sqlite(path: Path, rows: list[Row]) -> None:
    """Our table and the plain one in an SQLite file."""
    connection = pysqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA cache_size=-400000")
    connection.execute(create_table(SQLITE))
    connection.execute(RIVAL.format(uuid="text", instant="text"))
    connection.execute("CREATE TABLE person (id CHAR(32), suspended_at DATETIME)")
    connection.execute("BEGIN")
    marks = ", ".join("?" * (len(COLUMNS) + 5))
    connection.executemany(f"INSERT INTO spot VALUES ({marks})", map(_as_text, rows))
    connection.execute(copy_ours())
    connection.execute("COMMIT")
    for statement in (*indexes(SQLITE), PLAIN_INDEX):
        connection.execute(statement)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def load_postgres(url: str, rows: list[Row]) -> None:
    """Our table and PostGIS's in one PostgreSQL, each with its indexes, vacuumed and analysed."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        run = connection.execute
        run("DROP TABLE IF EXISTS listing, spot")
        run("CREATE EXTENSION IF NOT EXISTS postgis")
        run(RIVAL.format(uuid="uuid", instant="timestamptz"))
        with connection.cursor().copy("COPY spot FROM STDIN") as copy:
            for row in rows:
                copy.write_row((*row, *_said(row)))
        run(create_table(POSTGRESQL))
        run(copy_ours())
        for statement in indexes(POSTGRESQL):
            run(statement)
        run("ALTER TABLE spot ADD COLUMN place geography(Point)")
        run("UPDATE spot SET place = ST_MakePoint(longitude, latitude)::geography")
        for statement in (PLAIN_INDEX, *POSTGIS_INDEXES):
            run(statement)
        run("VACUUM (FULL, ANALYZE) spot")
        run("VACUUM (ANALYZE) listing")


POSTGIS_INDEXES = (
    "CREATE INDEX spot_place ON spot USING gist (place) WHERE status = 'open'",
    "CREATE INDEX spot_newest ON spot (kind, published_at, id) WHERE status = 'open'",
)


def read_rows(path: Path) -> list[Row]:
    """The rows of the SQLite file."""
    with pysqlite3.connect(path) as connection:
        found = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM spot")
        return [_as_row(*values) for values in found]


def _as_row(listing_id: str, person_id: str, *rest: Any) -> Row:
    *middle, at, traits, volume_ml = rest
    published_at = datetime.fromisoformat(at).replace(tzinfo=AT.tzinfo)
    ids = uuid.UUID(listing_id), uuid.UUID(person_id)
    return Row._make([*ids, *middle, published_at, traits, volume_ml])


def _as_text(row: Row) -> tuple[Any, ...]:
    at = row.published_at.strftime("%Y-%m-%d %H:%M:%S.%f")
    return (row[0].hex, row[1].hex, *row[2:6], at, *row[7:], *_said(row))


def _said(row: Row) -> tuple[Any, ...]:
    """What rivals keep in columns of its own: three of the traits, and where it is."""
    dairy_free, no_medicine = (bool(row.traits & bit) for bit in SAID)
    state = next(code for code, bit in STATE.items() if row.traits & 1 << bit)
    return dairy_free, no_medicine, state, *geo.centre(row.cell)
