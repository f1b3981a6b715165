"""The house holds: floors import downward only, and each law that can be read is read."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WEBAPP = ROOT / "webapp"

FLOORS = {
    "commands": 1,
    "demo": 1,
    "worker": 1,
    "routes": 2,
    "sync": 3,
    "moderation": 4,
    "rights": 4,
    "matching": 5,
    "messages": 5,
    "listings": 6,
    "alerts": 7,
    "milk": 7,
    "screening": 7,
    "people": 8,
    "config": 9,
    "database": 9,
    "fields": 9,
    "geo": 9,
    "logs": 9,
    "secrets": 9,
    "units": 9,
}
CAPABILITIES = {name for name, floor in FLOORS.items() if 3 <= floor <= 8} | {"geo"}
MODULES = [
    path
    for path in sorted(WEBAPP.rglob("*.py"))
    if "migrations" not in path.parts and path != WEBAPP / "__init__.py"
]
NAMELESS = {"utils", "helpers", "common", "services", "manager", "base"}


def room_of(path: Path) -> str:
    """The room a module of webapp stands in."""
    return path.relative_to(WEBAPP).parts[0].removesuffix(".py")


def imports(path: Path) -> list[tuple[str, str]]:
    """(module, name) of everything a file imports, wherever in it."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.module or "", alias.name) for alias in node.names]
    return found


def rooms_imported(path: Path) -> list[tuple[str, str]]:
    """(room, module) of everything a file imports of webapp."""
    rooms = []
    for module, name in imports(path):
        parts = module.split(".")
        if parts[0] == "webapp":
            room = parts[1] if len(parts) > 1 else name
            rooms.append((room, module))
    return rooms


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(WEBAPP)) for path in paths]


def test_every_room_stands_on_a_floor() -> None:
    assert {room_of(path) for path in MODULES} <= set(FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=named(MODULES))
def test_a_module_imports_only_from_floors_below_its_own(path: Path) -> None:
    room = room_of(path)
    for imported, _module in rooms_imported(path):
        assert (
            imported == room
            or FLOORS[imported] > FLOORS[room]
            or FLOORS[room] == 1
            or (FLOORS[room] == FLOORS[imported] == 9)
        ), f"{room} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=named(MODULES))
def test_a_capability_is_entered_by_its_front_door(path: Path) -> None:
    for room, module in rooms_imported(path):
        inside = module.count(".") >= 2
        assert room == room_of(path) or not (room in CAPABILITIES and inside), module


@pytest.mark.parametrize("path", MODULES, ids=named(MODULES))
def test_http_is_spoken_in_routes_only(path: Path) -> None:
    http = {"request", "session", "abort", "render_template", "current_user", "redirect"}
    if room_of(path) != "routes":
        spoken = {name for module, name in imports(path) if module in ("flask", "flask_login")}
        assert not spoken & http


@pytest.mark.parametrize("path", MODULES, ids=named(MODULES))
def test_only_doors_commit(path: Path) -> None:
    doors = {"routes", "worker", "commands", "database"}
    # The ledger is the sync route's own hand: one transaction an operation is its whole point.
    if room_of(path) not in doors and path.name not in ("ledger.py",):
        text = path.read_text()
        assert ".commit(" not in text
        # Both record between two sends.
        if path.parent != WEBAPP / "alerts" or path.name not in ("delivering.py", "post.py"):
            assert "writing()" not in text


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("webpush", {"alerts/push.py"}),
        ("aiohttp", {"alerts/push.py"}),
        ("smtplib", {"alerts/mail.py"}),
        ("geopy", {"geo/apart.py", "geo/distance.py", "geo/geocoder.py"}),
        ("h3", {"geo"}),
        ("requests", set()),
        ("httpx", set()),
    ],
)
def test_the_world_outside_is_called_from_one_place(library: str, home: set[str]) -> None:
    for path in MODULES:
        place = str(path.relative_to(WEBAPP))
        if any(module.split(".")[0] == library for module, _name in imports(path)):
            assert place in home or room_of(path) in home, place


def test_no_file_is_named_after_nothing() -> None:
    files = [*WEBAPP.rglob("*.py"), *(WEBAPP / "static" / "js").rglob("*.js")]
    assert not [path for path in files if path.stem in NAMELESS]


def test_files_stay_small() -> None:
    assert not [str(path) for path in MODULES if len(path.read_text().splitlines()) > 250]
