"""Build the place index unless it is current; of several at once, one builds and the rest wait."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

from _steps import ROOT

BUILDER = [sys.executable, "-m", "webapp.geo.gazetteer"]


def main(index: Path) -> None:
    """Take the lock, look, and become the builder, which holds the lock until it ends."""
    os.chdir(ROOT)
    index.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(f"{index}.lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    current = subprocess.run([*BUILDER, "--check", index], capture_output=True).returncode == 0
    if not current:
        os.set_inheritable(lock, True)
        os.nice(5)
        os.execv(BUILDER[0], [*BUILDER, os.fspath(index)])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
