"""What the front-end build made, as the doors need it."""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DIST = Path(__file__).parent.parent / "static" / "dist"


@dataclass(frozen=True)
class Built:
    """One build: its listing, the critical style, and a hash of everything a phone keeps."""

    listing: dict[str, Any]
    critical_css: str
    folder: Path

    @property
    def critical_hash(self) -> str:
        """The critical style's hash, as a content security policy writes it."""
        digest = hashlib.sha256(self.critical_css.encode()).digest()
        return f"sha256-{base64.b64encode(digest).decode()}"

    @property
    def messages(self) -> list[str | list[str]]:
        """What the scripts say, in the order of their numbers: a text, or [one, many]."""
        messages: list[str | list[str]] = self.listing["messages"]
        return messages

    def url(self, name: str) -> str:
        """The address of "app" (the script) or "css"."""
        return f"/static/dist/{self.listing[name]}"

    def icon(self, name: str) -> str:
        """The address of an icon, by its own file name."""
        return f"/static/dist/{self.listing['icons'][name]}"

    def worker(self) -> str:
        """The service worker's own script."""
        return (self.folder / self.listing["sw"]).read_text()

    def later(self, page: str) -> list[str]:
        """The addresses of the scripts that a page loads beside "app"; of most pages none."""
        names: list[str] = self.listing["later"].get(page, [])
        return [f"/static/dist/{name}" for name in names]

    def kept(self) -> list[str]:
        """Addresses of what a phone keeps for offline: scripts, sheet, the icons pages show."""
        icons = [name for name in self.listing["icons"] if name.endswith(".svg")]
        rare = self.rare()
        return [
            self.url("app"),
            self.url("css"),
            *(address for address in self._chunks() if address not in rare),
            *(self.icon(name) for name in icons),
        ]

    def rare(self) -> list[str]:
        """Addresses of scripts that a phone keeps once it has opened their page, not before."""
        return [f"/static/dist/{name}" for name in self.listing["rare"]]

    def _chunks(self) -> list[str]:
        return [f"/static/dist/{name}" for name in self.listing["chunks"]]


@cache
def built() -> Built:
    """The build that was there when this process first asked."""
    path = DIST / "build.json"
    if not path.exists():
        raise RuntimeError("the front end isn't built yet: run bin/setup")
    listing = json.loads(path.read_text())
    return Built(listing, (DIST / listing["critical"]).read_text().strip(), DIST)
