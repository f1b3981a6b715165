"""A real mail server on the loopback, that keeps what it is given and answers as it is told."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from webapp.database import now

TAKEN = "250 Message accepted for delivery"


@dataclass
class Box:
    """What came, and what it answers: to each address, and to each whole letter."""

    letters: list[EmailMessage] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    connections: int = 0
    encrypted: list[bool] = field(default_factory=list)
    users: list[str] = field(default_factory=list)

    # aiosmtpd calls them by the command's name as SMTP writes it.
    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Session, _envelope: Envelope, host: str, responses: list[str]
    ) -> list[str]:
        session.host_name = host
        self.connections += 1
        return responses

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: Any, _session: Session, envelope: Envelope
    ) -> str:
        said = self.answers.pop(0) if self.answers else TAKEN
        if said == TAKEN:
            assert isinstance(envelope.content, bytes)
            letter = message_from_bytes(envelope.content, policy=default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
            secure = server.transport.get_extra_info("ssl_object")
            self.encrypted.append(secure is not None)
        return said

    def log_in(
        self, _server: Any, _session: Any, _envelope: Any, _way: Any, who: Any
    ) -> AuthResult:
        """Take one password, whoever has it."""
        assert isinstance(who, LoginPassword)
        self.users.append(who.login.decode())
        return AuthResult(success=who.password == b"sesame & co", handled=False)


class OnAnyPort(Controller):
    """A server on whichever port is free."""

    def _create_server(self) -> Any:
        listening = socket.create_server((self.hostname, 0))
        self.port = listening.getsockname()[1]
        return self.loop.create_server(self._factory_invoker, sock=listening, ssl=self.ssl_context)


@contextmanager
def serving(box: Box, host: str = "127.0.0.1", **more: Any) -> Iterator[int]:
    """The port on which a server with this box listens; `more` is what aiosmtpd takes."""
    controller = OnAnyPort(box, hostname=host, ready_timeout=20, **more)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def secured(folder: Path, host: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """(the server's, a client's that trusts it) of a certificate made for this host alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(alternative, critical=False)
        .sign(key, hashes.SHA256())
    )
    written = certificate.public_bytes(Encoding.PEM)
    path = folder / "server.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + written)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return server, ssl.create_default_context(cadata=written.decode())
