"""A phone of the cast's that asks as the browser of a cheap phone does, over TCP."""

import http.client
import json
from dataclasses import dataclass, field
from typing import Any

import brotli

from tests.cast import Phone, Row
from webapp.database import now

BROWSER = {
    "sec-ch-ua-platform": '"Android"',
    "User-Agent": (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
        " Chrome/156.0.0.0 Mobile Safari/537.36"
    ),
    "sec-ch-ua": '"Not:A-Brand";v="8", "Chromium";v="156", "Google Chrome";v="156"',
    "sec-ch-ua-mobile": "?1",
    "Accept-Language": "en-US,en;q=0.9",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
    "Accept-Encoding": "gzip, deflate, br, zstd",
}
"""What Chromium 156 puts into each fetch, as taken from its wire; its name as on Android."""
ASKED = {
    "Accept": "application/json",
    "Content-Type": "application/json",
}
"""What it adds for the fetch in static/js/phone/exchange.js."""


@dataclass(frozen=True)
class Answer:
    """An answer as the tests' client gives it."""

    status_code: int
    text: str

    @property
    def json(self) -> Any:
        """Its body, read."""
        return json.loads(self.text)

    def get_data(self, as_text: bool) -> str:
        """Its body as it was written."""
        assert as_text
        return self.text


@dataclass
class PhoneOnTheWire(Phone):
    """Speaks HTTP/1.1 on one connection that it keeps open, and notes the rows that came."""

    port: int = 0
    came: dict[str, Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def send(self, *operations: Any, **changed: Any) -> Answer:
        """One round trip, raw, in the order and the spelling of static/js/phone/sync.js."""
        told = {"protocol": 1, "device": self.device, "cursors": self.cursors}
        told |= {"sent_at": instant(), "operations": [*operations]}
        body = json.dumps(told | changed, separators=(",", ":"), ensure_ascii=False).encode()
        self._ask(body)
        with self._connection.getresponse() as answered:
            read = answered.read()
            squeezed = answered.headers["Content-Encoding"] == "br"
        text = (brotli.decompress(read) if squeezed else read).decode()
        return Answer(answered.status, text)

    def take(self) -> list[Row]:
        """The rows that came since it was last asked."""
        came, self.came = [*self.came.values()], {}
        return came

    @property
    def browser(self) -> dict[str, str]:
        """What its browser adds to whatever its page asks for."""
        cookie = self.client.get_cookie("milkwell")
        assert cookie
        named = {"Referer": f"{self._origin}/nearby", "Cookie": f"milkwell={cookie.value}"}
        return BROWSER | named

    @property
    def _origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _ask(self, body: bytes) -> None:
        headers = {"Connection": "keep-alive", "Content-Length": str(len(body))}
        headers |= ASKED | {"Origin": self._origin} | self.browser
        self._connection.putrequest("POST", "/api/sync", skip_accept_encoding=True)
        for name, value in headers.items():
            self._connection.putheader(name, value)
        self._connection.endheaders(body)

    def _keep(self, body: Row) -> None:
        super()._keep(body)
        pages = [scope.get("put", {}) for scope in body.get("scopes", {}).values()]
        for nouns in [*(result.get("rows", {}) for result in body.get("results", [])), *pages]:
            for rows in nouns.values():
                self.came |= {row["id"]: row for row in rows}


def instant() -> str:
    """Now, as JavaScript writes it."""
    return now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
