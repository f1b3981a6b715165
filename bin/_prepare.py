"""Ready a data folder: the given Flask commands one after the other, the app loaded only once.

Started by bin/serve with .venv's Python: a file for what the demo prints, then names of STEPS.
"""

from __future__ import annotations

import contextlib
import functools
import io
import sys
from pathlib import Path

from _steps import ROOT, timed
from flask import Flask
from flask.cli import ScriptInfo

STEPS = {
    "init": ("Secrets and keys", ["init"]),
    "upgrade": ("Database", ["db", "upgrade"]),
    "begin": ("Timeline", ["begin"]),
    "demo": ("Demo", ["demo"]),
}


def flask(app: Flask, arguments: list[str]) -> str:
    """Do what `flask` does with these arguments and return what it printed."""
    said, script = io.StringIO(), ScriptInfo(create_app=lambda: app)
    with contextlib.redirect_stdout(said):
        app.cli.main(arguments, "flask", standalone_mode=False, obj=script)
    with app.app_context():
        # A migration leaves its connection with foreign keys off, which nobody may borrow after it.
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose()
    return said.getvalue()


def main(printed: Path, names: list[str]) -> None:
    """Do the named steps; the last one's output goes into the file."""
    sys.path.insert(0, str(ROOT))
    from wsgi import app

    said = ""
    for title, arguments in (STEPS[name] for name in names):
        said = timed(title, functools.partial(flask, app, arguments))
    printed.write_text(said)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
