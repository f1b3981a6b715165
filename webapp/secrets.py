"""Secrets of this installation: made at first start, in the data folder, for its user alone."""

import hmac
import os
import secrets
import uuid
from contextlib import suppress
from pathlib import Path


def keep_secret(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole; one that is there already stays."""
    partial = _written_beside(path, content)
    with suppress(FileExistsError):
        os.link(partial, path)
    partial.unlink()


def replace_secret(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, in place of what is there: old or new, whole.

    It belongs to whom the data folder belongs to: an operator at a shell may be somebody else.
    """
    partial = _written_beside(path, content)
    owner = path.parent.stat()
    if os.geteuid() == 0:
        os.chown(partial, owner.st_uid, owner.st_gid)
    partial.replace(path)


def _written_beside(path: Path, content: bytes) -> Path:
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return partial


def session_key(folder: Path) -> bytes:
    """The key that signs cookies, made here where there is none yet."""
    return _key(folder, "session.key")


def derived_key(folder: Path, use: str) -> bytes:
    """32 bytes for one use alone, out of the key that signs cookies: nothing more to back up."""
    return hmac.digest(session_key(folder), use.encode(), "sha256")


def seal_key(folder: Path, person_id: uuid.UUID) -> bytes:
    """The 32 bytes that seal what a person leaves unsent on a phone that changes hands."""
    return hmac.digest(_key(folder, "seal.key"), person_id.bytes, "sha256")


def make_keys(folder: Path) -> None:
    """Make, at first start, what is not there yet."""
    for name in ("session.key", "seal.key"):
        _key(folder, name)
    numbered_keys(folder, "screening")


def numbered_keys(folder: Path, kind: str) -> dict[Path, bytes]:
    """{file: key} of a kind that may be replaced, the oldest first; where there is none, a first.

    They are called by their numbers, as in "screening-1.key".
    """
    found = sorted(
        (number, path) for path in folder.glob(f"{kind}-*.key") if (number := _number(path))
    )
    if not found:
        add_numbered_key(folder, kind)
        return numbered_keys(folder, kind)
    return {path: path.read_bytes() for _number, path in found}


def add_numbered_key(folder: Path, kind: str) -> Path:
    """Make one more key of this kind, newer than all; its file."""
    numbers = [_number(path) for path in folder.glob(f"{kind}-*.key")]
    name = f"{kind}-{max(numbers, default=0) + 1}.key"
    _key(folder, name)
    return folder / name


def _number(path: Path) -> int:
    text = path.stem.rpartition("-")[2]
    return int(text) if text.isdecimal() else 0


def _key(folder: Path, name: str) -> bytes:
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        keep_secret(path, secrets.token_bytes(32))
    return path.read_bytes()
