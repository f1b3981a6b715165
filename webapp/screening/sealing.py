"""Sealing: answers as the database holds them, which without a key of this place say nothing.

A sealed value is a version (1 byte), the id of its key (8), a nonce (12) and what AES-256-GCM made
of the answers; its associated data are version, key id and the person's id, so that nobody's
answers open as somebody else's. They are padded: its length doesn't tell how many there are.

The keys lie in the data folder, each with mode 600. The newest one seals, every one opens.
"""

import hashlib
import os
import uuid
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from webapp.secrets import numbered_keys

VERSION = b"\x01"
ID_BYTES, NONCE_BYTES = 8, 12
HEAD = len(VERSION) + ID_BYTES
BLOCK = 1024
"""What is sealed is as long as the next multiple of this."""

KIND = "screening"


class Unreadable(Exception):
    """No key that is here opens it: its own is missing, or it isn't this person's."""


def seal(folder: Path, person_id: uuid.UUID, plain: str) -> bytes:
    """A text that ends in no space, sealed for this person with the newest key."""
    key = newest(folder)
    data = plain.encode()
    padded = data.ljust(-(-len(data) // BLOCK) * BLOCK)
    head, nonce = VERSION + _id(key), os.urandom(NONCE_BYTES)
    return head + nonce + AESGCM(key).encrypt(nonce, padded, _bound(head, person_id))


def unseal(folder: Path, person_id: uuid.UUID, sealed: bytes) -> str:
    """The text that was sealed for this person; raises Unreadable."""
    head, nonce, rest = sealed[:HEAD], sealed[HEAD:][:NONCE_BYTES], sealed[HEAD + NONCE_BYTES :]
    key = next((k for k in _keys(folder).values() if VERSION + _id(k) == head), None)
    if key is None:
        raise Unreadable(f"the key {key_id(sealed)} is not in {folder}")
    try:
        return AESGCM(key).decrypt(nonce, rest, _bound(head, person_id)).decode().rstrip(" ")
    except InvalidTag:
        raise Unreadable("these are not this person's answers, or they were damaged") from None


def key_id(sealed: bytes) -> str:
    """The id of the key that sealed it: the beginning of its hash, in hexadecimal digits."""
    return sealed[len(VERSION) : HEAD].hex()


def newest(folder: Path) -> bytes:
    """The key that seals from now on."""
    return list(_keys(folder).values())[-1]


def newest_id(folder: Path) -> str:
    """The id of the key that seals from now on."""
    return _id(newest(folder)).hex()


def files_by_id(folder: Path) -> dict[str, Path]:
    """{key id: file}, the oldest first."""
    return {_id(key).hex(): path for path, key in _keys(folder).items()}


def _keys(folder: Path) -> dict[Path, bytes]:
    # Read each time: another process may have made one, or dropped one that nothing uses.
    return numbered_keys(folder, KIND)


def _id(key: bytes) -> bytes:
    return hashlib.sha256(b"milkwell " + key).digest()[:ID_BYTES]


def _bound(head: bytes, person_id: uuid.UUID) -> bytes:
    return head + person_id.bytes
