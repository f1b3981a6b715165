"""PouchDB and its server from npm, kept out of Milkwell's own packages."""

import json
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from webapp.config import ROOT

HERE = Path(__file__).parent
WANTED = HERE / "package.json"
HOME = ROOT / ".cache" / "pouch"


def install() -> None:
    """Fetch what package.json pins into .cache/pouch, once a version."""
    there = HOME / WANTED.name
    if there.exists() and there.read_text() == WANTED.read_text():
        return
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    # Without scripts: everything stays in memory, so nothing native is compiled.
    quiet = ("--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--silent")
    staged = HOME / "staged"
    staged.mkdir()
    shutil.copy(WANTED, staged)
    subprocess.run(["npm", "install", "--prefix", str(staged), *quiet], check=True)
    (staged / "node_modules").rename(HOME / "node_modules")
    shutil.rmtree(staged)
    shutil.copy(WANTED, there)


def named() -> str:
    """Both programs with their versions."""
    pins = json.loads(WANTED.read_text())["dependencies"]
    return f"PouchDB {pins['pouchdb']} and express-pouchdb {pins['express-pouchdb']}"


class Pouch:
    """A PouchDB server and a phone of it, in one process of Node."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            ["node", str(HERE / "driver.mjs"), str(HOME)],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port: int = self._line()["port"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait(10)

    def do(self, command: str, **told: Any) -> dict[str, Any]:
        """Have it do one of the commands that driver.mjs knows; its answer."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"do": command, **told}) + "\n")
        self._process.stdin.flush()
        return self._line()

    def _line(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("PouchDB's process ended")
        answer: dict[str, Any] = json.loads(line)
        return answer
