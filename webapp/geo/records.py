"""Reads big JSON files record by record, so that 80 MB of them cost a megabyte of memory."""

import codecs
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

BLOCK_BYTES = 1 << 18


def records(path: Path, on_bytes: Callable[[int], None]) -> Iterator[dict[str, Any]]:
    """Yield each object of a JSON file that is one array, or one object, of flat objects.

    `on_bytes` is told the size of each block read. Raises json.JSONDecodeError where the file
    ends within a record.
    """
    parse = json.JSONDecoder().raw_decode
    buffer, position = "", 1
    for block in _blocks(path, on_bytes):
        buffer, position = buffer[position:] + block, 0 if buffer else 1
        while (start := buffer.find("{", position)) >= 0:
            try:
                record, position = parse(buffer, start)
            except json.JSONDecodeError:
                position = start
                break
            yield record
        else:
            position = len(buffer)
    if buffer[position:].strip(" \n\r\t]}"):
        raise json.JSONDecodeError("the file ends within a record", buffer, position)


def _blocks(path: Path, on_bytes: Callable[[int], None]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            on_bytes(len(block))
            yield decoder.decode(block)
