"""The place index that tests and benchmarks run on."""

import os
from pathlib import Path

from webapp.config import ROOT
from webapp.geo.gazetteer import build
from webapp.geo.index import is_current


def built_places() -> Path:
    """The real place index, built once a checkout; MILKWELL_PLACES names another."""
    path = Path(os.environ.get("MILKWELL_PLACES") or ROOT / ".cache" / "places.db")
    if not is_current(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        build(path)
    return path
