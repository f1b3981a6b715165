"""The VAPID key pair of this installation (RFC 8292), made once and kept in its data folder."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_public_key,
)

from webapp.secrets import keep_secret


@dataclass(frozen=True)
class Keys:
    """Both PEM texts, and the public key as a browser takes it."""

    private_pem: bytes
    public_pem: bytes

    @property
    def application_server_key(self) -> str:
        """The public key in the URL-safe base64 that `pushManager.subscribe` takes."""
        point = load_pem_public_key(self.public_pem).public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        return urlsafe_b64encode(point).rstrip(b"=").decode()


def make_keys(folder: Path) -> None:
    """Make the key pair where there is none; mode 600."""
    private_path, public_path = _paths(folder)
    if private_path.exists() and public_path.exists():
        return
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    keep_secret(private_path, private)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    keep_secret(public_path, public)


def read_keys(folder: Path) -> Keys:
    """The key pair; raises FileNotFoundError before `flask init` has made it."""
    private, public = _paths(folder)
    return Keys(private.read_bytes(), public.read_bytes())


def _paths(folder: Path) -> tuple[Path, Path]:
    return folder / "vapid-private.pem", folder / "vapid-public.pem"
