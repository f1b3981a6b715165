"""Releases of the app in folders of their own, and a site that moves from one to another."""

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import brotli

from tests.browser.site import Site
from webapp.config import ROOT

HASHED = re.compile(r"-[0-9a-f]{10}\.js$")
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
    # Bytecode comes and goes while other tests run.
    passing = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "webapp", folder / "webapp", ignore=passing)
    (folder / "wsgi.py").write_text(WSGI.format(protocol=protocol))
    if busy:
        (folder / "busy").touch()
    if swaps is not None:
        _rebuild(folder / "webapp/static/dist", swaps)
    return folder


def _rebuild(dist: Path, swaps: Mapping[str, str]) -> None:
    whole = (dist / "build.json").read_text()
    listing = json.loads(whole)
    texts = {name: (dist / name).read_text() for name in [listing["app"], *listing["chunks"]]}
    for old, new in swaps.items():
        assert old in texts[listing["app"]], f"app has no {old!r}"
        texts = {name: text.replace(old, new) for name, text in texts.items()}
    worker = (dist / listing["sw"]).read_text()
    for old, new in swaps.items():
        assert old in worker, f"sw has no {old!r}"
        worker = worker.replace(old, new)
    # All that a page loads has one hash, and chunks name each other.
    for parts in (texts, {listing["sw"]: worker}):
        hashed = hashlib.sha256(f"{sorted(parts.items())}//".encode()).hexdigest()[:10]
        was = HASHED.search(next(iter(parts)))
        assert was
        for name, text in parts.items():
            script = f"{text}//\n".replace(was[0], f"-{hashed}.js").encode()
            renamed = name.replace(was[0], f"-{hashed}.js")
            (dist / renamed).write_bytes(script)
            (dist / f"{renamed}.br").write_bytes(brotli.compress(script))
        whole = whole.replace(was[0], f"-{hashed}.js")
    (dist / "build.json").write_text(whole)


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
        # Nobody reads a release's bytecode a second time.
        own = {"PYTHONPATH": os.fspath(self.checkout), "PYTHONDONTWRITEBYTECODE": "1"}
        environment = self.environment | own
        with log:
            return subprocess.Popen(
                command,
                cwd=self.checkout,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
