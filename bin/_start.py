"""The first thing every command runs: a Python that is new enough, or a plain sentence.

This file alone keeps to what Python 3.6 can read, so that an old Python can say what is missing.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
CANDIDATES = ["python3.%d" % minor for minor in range(OLDEST[1], 20)] + ["python3"]


def newer_python() -> "str | None":
    """Path of a Python on PATH that is new enough and really starts, or None."""
    asks = "import sys; sys.exit(sys.version_info < %r)" % (OLDEST,)
    for name in CANDIDATES:
        path = shutil.which(name)
        if path and subprocess.call([path, "-c", asks], stderr=subprocess.DEVNULL) == 0:
            return path
    return None


def require_python() -> None:
    """Go on in a new enough Python, starting this command again in one where needed."""
    if sys.version_info >= OLDEST:
        return
    path = newer_python()
    if path is None:
        sys.exit(
            "Milkwell needs Python 3.11 or later. This is %d.%d, and there is no newer one.\n"
            "On Debian: apt install python3.11 python3.11-venv" % sys.version_info[:2]
        )
    os.execv(path, [path] + sys.argv)
