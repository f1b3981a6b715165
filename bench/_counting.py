"""A door in front of a server that counts every byte on its TCP connections, both ways."""

import socket
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

END_OF_HEAD = b"\r\n\r\n"
MOST_BYTES = 65_536


@dataclass(frozen=True)
class Traffic:
    """Bytes of requests and of answers, heads included, and of their bodies alone as they went."""

    requests: int
    up: int
    down: int
    bodies_up: int
    bodies_down: int

    @property
    def total(self) -> int:
        """All bytes, both ways."""
        return self.up + self.down


@dataclass
class _Connection:
    up: bytearray = field(default_factory=bytearray)
    down: bytearray = field(default_factory=bytearray)


class CountingProxy:
    """Passes everything on to a port of this machine as it is, and keeps a copy to count."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._connections: list[_Connection] = []
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        for each in (self._listener, *self._sockets):
            each.close()

    def take(self) -> Traffic:
        """What has gone through since it was last asked. Call it while nothing is under way."""
        up, down, bodies_up, bodies_down, requests = 0, 0, 0, 0, 0
        for connection in self._connections:
            asked, answered = bodies_of(bytes(connection.up)), bodies_of(bytes(connection.down))
            requests += len(asked)
            up, bodies_up = up + len(connection.up), bodies_up + sum(asked)
            down, bodies_down = down + len(connection.down), bodies_down + sum(answered)
            connection.up.clear()
            connection.down.clear()
        return Traffic(requests, up, down, bodies_up, bodies_down)

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._to_port))
            counted = _Connection()
            self._connections.append(counted)
            self._sockets += (near, far)
            for source, target, copy in ((near, far, counted.up), (far, near, counted.down)):
                threading.Thread(target=_pass_on, args=(source, target, copy), daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket, copy: bytearray) -> None:
    try:
        while read := source.recv(MOST_BYTES):
            # Before it is sent, so that whoever has an answer finds it counted.
            copy += read
            target.sendall(read)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


def bodies_of(stream: bytes) -> list[int]:
    """The bytes of each HTTP/1.1 message's body in a stream of them, chunks' frames left out."""
    found = []
    while stream:
        head, end, rest = stream.partition(END_OF_HEAD)
        if not end:
            raise ValueError("half a message was on its way")
        lengths = {
            name.strip().lower(): value.strip()
            for name, _colon, value in (line.partition(b":") for line in head.splitlines()[1:])
        }
        if lengths.get(b"transfer-encoding", b"").lower() == b"chunked":
            size, stream = _chunks(rest)
        else:
            size = int(lengths.get(b"content-length", b"0"))
            stream = rest[size:]
        found.append(size)
    return found


def _chunks(rest: bytes) -> tuple[int, bytes]:
    """The bytes in a chunked body, and what follows it. There are no trailers."""
    whole = 0
    while True:
        line, _end, rest = rest.partition(b"\r\n")
        size = int(line.partition(b";")[0], 16)
        whole, rest = whole + size, rest[size + 2 :]
        if not size:
            return whole, rest
