"""Make what a checkout needs without starting anything; `words` collects what people read.

`words` brings messages.pot and every language's .po up to the sources, and says what is missing;
`words es` begins Spanish where there is none.
"""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Sequence

from _steps import ROOT
from _tools import PYTHON, set_up


def main(arguments: Sequence[str] | None = None) -> int:
    """The whole of bin/setup; returns its exit code."""
    parser = argparse.ArgumentParser(prog="bin/setup", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["words"], help="collect what people read")
    parser.add_argument("language", nargs="*", help="with words: begin these languages")
    asked = parser.parse_args(arguments)
    if asked.what == "words":
        set_up(build=False)
        return subprocess.call([PYTHON, ROOT / "bin/_words.py", "collect", *asked.language])
    set_up(development=True)
    return 0
