"""Set up what pictures need, then take them: tests/browser/look.py."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from _browsers import install_browsers
from _steps import ROOT, run
from _tools import PYTHON, set_up


def main(arguments: Sequence[str] | None = None) -> int:
    """The whole of bin/look; arguments go to tests/browser/look.py."""
    asked = sys.argv[1:] if arguments is None else list(arguments)
    set_up(development=True)
    install_browsers()
    run([PYTHON, ROOT / "bin/_pseudo.py"])
    return subprocess.call([PYTHON, "-m", "tests.browser.look", *asked], cwd=ROOT)
