"""Taking the last bytes of what was erased out of SQLite's files.

`secure_delete` overwrites a row where it stands. It doesn't reach copies that a page keeps from
when its rows were spread over other pages, nor pages as they were that lie in the write-ahead
log. So the file is written anew and the log emptied: 1.4 s for 200 MB.
"""

import logging
from typing import Any

from sqlalchemy import text

from webapp.database import db

log = logging.getLogger(__name__)

DUE, DONE = 1, 0
"""SQLite's `user_version`, which is part of the transaction that erases and outlives a crash."""


def mark() -> None:
    """Remember, in the caller's transaction, that something is to be wiped."""
    if _is_sqlite():
        db.session.execute(text(f"PRAGMA user_version = {DUE}"))


def wipe() -> bool:
    """Do it now where it is due; outside of any transaction.

    False where others wrote or read for so long that it couldn't be done; it stays due.
    """
    if not _is_sqlite():
        return True
    db.session.rollback()
    connection: Any = db.engine.raw_connection()
    try:
        return _wipe(connection.cursor())
    except connection.dbapi_connection.OperationalError:
        log.warning("what was erased is not wiped yet: the database is busy")
        return False
    finally:
        connection.close()


def _wipe(cursor: Any) -> bool:
    run = cursor.execute
    if run("PRAGMA user_version").fetchone()[0] != DUE:
        return True
    run("VACUUM")
    busy, *_pages = run("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if not busy:
        run(f"PRAGMA user_version = {DONE}")
    return not busy


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"
