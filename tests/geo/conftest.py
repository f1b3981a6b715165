from pathlib import Path

import pytest

from webapp.geo import Places, is_current

INDEX = Path(__file__).parents[2] / ".cache" / "places.db"


@pytest.fixture(scope="session")
def index() -> Path:
    """The real place index, built once a checkout."""
    if not is_current(INDEX):
        from webapp.geo.gazetteer import build

        build(INDEX, lambda done, total: None)
    return INDEX


@pytest.fixture(scope="session")
def places(index: Path) -> Places:
    return Places(index)
