"""Releases of the app in folders of their own, and a site that moves from one to another."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import brotli

from tests.browser.site import Site
from webapp.config import ROOT

WSGI = """from pathlib import Path
from webapp import create_app, sync

sync.PROTOCOL = {protocol}
app = create_app()
inner = app.wsgi_app


def door(environ, start):
    if environ["PATH_INFO"] != "/api/sync" or not Path(__file__).with_name("busy").exists():
        return inner(environ, start)
    start("503 Service Unavailable", [("Content-Type", "application/json")])
    return [b'{{"error": "not_ready"}}']


app.wsgi_app = door
"""


def make_release(
    folder: Path, swaps: Mapping[str, str] | None, protocol: int = 1, busy: bool = False
) -> Path:
    """Today's app in a folder, its server at a protocol and perhaps too busy to sync.

    With `swaps`, its scripts are another build: these texts in them are replaced.
    """
    shutil.copytree(ROOT / "webapp", folder / "webapp")
    (folder / "wsgi.py").write_text(WSGI.format(protocol=protocol))
    if busy:
        (folder / "busy").touch()
    if swaps is not None:
        _rebuild(folder / "webapp/static/dist", swaps)
    return folder


def _rebuild(dist: Path, swaps: Mapping[str, str]) -> None:
    listing = json.loads((dist / "build.json").read_text())
    for part in ("app", "sw"):
        text = (dist / listing[part]).read_text()
        for old, new in swaps.items():
            assert old in text, f"{part} has no {old!r}"
            text = text.replace(old, new)
        script = f"{text}//\n".encode()
        name = f"{part}-{hashlib.sha256(script).hexdigest()[:10]}.js"
        (dist / name).write_bytes(script)
        (dist / f"{name}.br").write_bytes(brotli.compress(script))
        listing[part] = name
    (dist / "build.json").write_text(json.dumps(listing))


class MovingSite(Site):
    """A site whose next start may be of another release, on the same data and address."""

    checkout = ROOT

    def move(self, checkout: Path) -> None:
        """Stop, and start as another release."""
        self.stop()
        self.checkout = checkout
        self.start(worker=False)

    def _spawn(self, command: list[str]) -> subprocess.Popen[bytes]:
        log = (self.data / "site.log").open("ab")
        environment = {**self.environment, "PYTHONPATH": os.fspath(self.checkout)}
        with log:
            return subprocess.Popen(
                command,
                cwd=self.checkout,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
