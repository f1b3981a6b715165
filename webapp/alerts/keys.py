"""The VAPID keys of this installation (RFC 8292): the newest, and the one before while phones move.

A phone's subscription belongs to the key it was made with; a push signed with another is refused.
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from webapp.secrets import keep_secret, replace_secret

PRIVATE, PUBLIC, BEFORE = "vapid-private.pem", "vapid-public.pem", "vapid-before.pem"
POINT_BYTES = 65
"""An uncompressed P-256 point: 4, then both coordinates (SEC 1, 2.3.3)."""

Mark = tuple[int, int, int]


@dataclass(frozen=True)
class Keys:
    """Both PEM texts, the public key as a browser takes it, and the pair that these replaced."""

    private_pem: bytes
    public_pem: bytes
    before: "Keys | None" = None

    @cached_property
    def application_server_key(self) -> str:
        """The public key in the URL-safe base64 that `pushManager.subscribe` takes."""
        point = load_pem_public_key(self.public_pem).public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        return urlsafe_b64encode(point).rstrip(b"=").decode()

    @cached_property
    def id(self) -> str:
        """What `Device.key_id` calls this pair."""
        return key_id(self.application_server_key)


def key_id(application_server_key: str) -> str:
    """16 hex digits for a public key as a browser gives it; "" for what is no such key."""
    try:
        point = urlsafe_b64decode(application_server_key + "=" * (-len(application_server_key) % 4))
    except ValueError:
        return ""
    whole = len(point) == POINT_BYTES and point[0] == 4
    return hashlib.sha256(point).hexdigest()[:16] if whole else ""


def make_keys(folder: Path) -> None:
    """Make the key pair where there is none; mode 600."""
    if not (folder / PRIVATE).exists():
        keep_secret(folder / PRIVATE, _new_private())
    if not (folder / PUBLIC).exists():
        keep_secret(folder / PUBLIC, _public_of((folder / PRIVATE).read_bytes()))


def rotate_keys(folder: Path) -> None:
    """Replace the key pair by a new one; the pair before stays readable, the one before it goes.

    Stopped in between, either pair is whole: the private file alone says which is the newest.
    """
    replace_secret(folder / BEFORE, (folder / PRIVATE).read_bytes())
    replace_secret(folder / PRIVATE, _new_private())
    replace_secret(folder / PUBLIC, _public_of((folder / PRIVATE).read_bytes()))


def read_keys(folder: Path) -> Keys:
    """The keys as they are now; raises FileNotFoundError before `flask init` has made them.

    Cheap: the files are read only when they have changed, and the same object comes until then.
    """
    private, before = folder / PRIVATE, folder / BEFORE
    mark = _mark(private)
    if mark is None:
        raise FileNotFoundError(private)
    return _read(private, mark, before, _mark(before))


@lru_cache(maxsize=8)
def _read(private: Path, _changed: Mark, before: Path, before_changed: Mark | None) -> Keys:
    newest = private.read_bytes()
    older = before.read_bytes() if before_changed else newest
    known = None if older == newest else Keys(older, _public_of(older))
    return Keys(newest, _public_of(newest), known)


def _mark(path: Path) -> Mark | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _new_private() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _public_of(private_pem: bytes) -> bytes:
    public = load_pem_private_key(private_pem, password=None).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
