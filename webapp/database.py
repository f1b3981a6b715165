"""Engines, naming convention, ids, the one clock, and the write transaction."""

import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import JSON, DateTime, Engine, MetaData, Uuid, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase, registry, scoped_session
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. Naive datetimes are refused: they would be somebody's local time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every table has in common: named constraints, so that migrations can find them."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            uuid.UUID: Uuid(),
            datetime: Instant(),
            dict[str, Any]: JSON(),
            list[str]: JSON(),
            list[dict[str, Any]]: JSON(),
        },
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def now() -> datetime:
    """This instant, in UTC. The only clock; tests may replace it."""
    return datetime.now(UTC)


def latest_today() -> date:
    """The date where it is furthest on (UTC+14): only past this does a date lie in the future."""
    return (now() + timedelta(hours=14)).date()


def uuid7() -> uuid.UUID:
    """A new time-ordered id (RFC 9562, version 7)."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def engine_options(url: str) -> dict[str, object]:
    """What SQLAlchemy's engine needs for this database."""
    # An error's text goes into logs: it must not carry what people wrote.
    discreet: dict[str, object] = {"hide_parameters": True}
    if not url.startswith("sqlite"):
        return discreet | {"pool_pre_ping": True}
    import pysqlite3

    connect_args = {"isolation_level": None, "timeout": 10}
    return discreet | {"module": pysqlite3, "connect_args": connect_args}


def init_database(app: Flask) -> None:
    """Bind the database to the app; opens nothing and writes nothing."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    if url.startswith("sqlite"):
        with app.app_context():
            tune_sqlite(db.engine)


def tune_sqlite(engine: Engine) -> None:
    """Durable and concurrent SQLite: WAL, full sync, and a write lock taken at BEGIN."""

    @event.listens_for(engine, "connect")
    def pragmas(connection: Any, _record: object) -> None:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing() -> Iterator[scoped_session[Session]]:
    """One write transaction: commits at its end, rolls back on any error, never nests.

    The reading transaction before it is ended first: on SQLite a reader that turns writer
    fails with "locked" at once, whatever the time-out.
    """
    session = db.session
    if session.info.get("writing"):
        raise RuntimeError("writing() never nests")
    session.rollback()
    try:
        session.info["writing"] = True
        session.connection(execution_options={"writes": True})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writing", None)


@contextmanager
def reading() -> Iterator[scoped_session[Session]]:
    """Reads that must see one snapshot. Changes nothing; ends the transaction at its end."""
    session = db.session
    if session.info.get("writing"):
        raise RuntimeError("reading() never nests in writing()")
    session.rollback()
    try:
        if db.engine.dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session
    finally:
        session.rollback()
