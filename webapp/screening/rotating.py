"""A new key for what was answered, while everybody goes on reading and writing."""

import uuid
from pathlib import Path

from webapp.screening import sealing
from webapp.screening.answers import reseal, sealed_by
from webapp.secrets import add_numbered_key

BATCH = 100


def begin(folder: Path) -> list[Path]:
    """Make a new key, unless one is there to which a rotation that was stopped hadn't come.

    Drops those that nothing uses, but for the one that is replaced now: a process may be writing
    with it at this moment, and it opens the newest backup. Returns the files that it dropped.
    """
    used, files = sealed_by(), sealing.files_by_id(folder)
    newest = sealing.newest_id(folder)
    if set(used) & set(files) - {newest}:
        return []
    dropped = [path for key_id, path in files.items() if key_id != newest]
    add_numbered_key(folder, sealing.KIND)
    for path in dropped:
        path.unlink()
    return dropped


def go_on(after: uuid.UUID | None) -> uuid.UUID | None:
    """Seal one batch anew; where to go on, or None. A transaction each."""
    return reseal(after, BATCH)


def unreadable(folder: Path) -> int:
    """How many rows no key opens that is here."""
    known = sealing.files_by_id(folder)
    return sum(many for key_id, many in sealed_by().items() if key_id not in known)
