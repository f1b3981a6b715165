import json
from pathlib import Path

import pysqlite3
import pytest

from webapp.geo import Places, PlacesNotReady, is_current
from webapp.geo.records import BLOCK_BYTES, records


def test_all_places_and_postcodes_are_in_the_index(index: Path):
    connection = pysqlite3.connect(index)
    towns, precise, placed = connection.execute(
        "SELECT (SELECT count(*) FROM town), count(latitude), count(*) FROM postcode"
    ).fetchone()
    connection.close()
    assert towns == 234_908
    assert precise > 103_000
    assert placed - precise > 303_000


def test_an_index_of_another_version_is_not_current(tmp_path: Path):
    path = tmp_path / "places.db"
    connection = pysqlite3.connect(path)
    connection.execute("CREATE TABLE stamp (text TEXT)")
    connection.execute("INSERT INTO stamp VALUES ('schema=0')")
    connection.commit()
    connection.close()
    assert not is_current(path)
    with pytest.raises(PlacesNotReady):
        Places(path).search("wien")


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_broken_file_is_not_current(tmp_path: Path, content: bytes):
    path = tmp_path / "places.db"
    path.write_bytes(content)
    assert not is_current(path)
    with pytest.raises(PlacesNotReady):
        Places(path).search("wien")


def test_nothing_at_all_and_a_folder_are_not_current(tmp_path: Path):
    assert not is_current(tmp_path / "missing" / "places.db")
    assert not is_current(tmp_path)


@pytest.mark.parametrize("indent", [None, 2])
def test_records_come_whole_wherever_a_block_ends(tmp_path: Path, indent: int | None):
    rows = [{"name": 'ü{}"é' * (number % 50), "number": number} for number in range(20_000)]
    for content in (rows, {str(row["number"]): row for row in rows}):
        path = tmp_path / "records.json"
        path.write_text(json.dumps(content, ensure_ascii=False, indent=indent), "utf-8")
        assert path.stat().st_size > 3 * BLOCK_BYTES
        sizes: list[int] = []
        assert list(records(path, sizes.append)) == rows
        assert sum(sizes) == path.stat().st_size


def test_a_file_that_ends_within_a_record_is_refused(tmp_path: Path):
    path = tmp_path / "records.json"
    path.write_text('[{"a": 1}, {"a": ')
    with pytest.raises(json.JSONDecodeError):
        list(records(path, lambda size: None))
