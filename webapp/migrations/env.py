"""How migrations run: on SQLite with foreign keys off, and checked at the end."""

from typing import Any

from alembic import context
from flask import current_app

from webapp.database import Base, Instant

extension = current_app.extensions["migrate"]
engine = extension.db.engine


def render_item(kind: str, thing: Any, _autogen_context: Any) -> str | bool:
    """Write our instants as plain SQLAlchemy, so that old migrations need no code of ours."""
    if kind == "type" and isinstance(thing, Instant):
        return "sa.DateTime(timezone=True)"
    return False


def upgrade() -> None:
    """Bring the database to the newest revision, in one transaction."""
    with engine.connect().execution_options(writes=True) as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        # Its foreign keys are off: it must not go back to the pool.
        connection.detach()
        if is_sqlite:
            # Batch mode copies tables; with foreign keys on it would delete their children.
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=render_item,
            **extension.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        if is_sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the migration left rows without their parents: {broken[:5]}")
        connection.commit()


upgrade()
