"""Debian's PostgreSQL with PostGIS, in a cluster of the benchmark's own."""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("postgresql", "postgis", "postgresql-15-postgis-3")
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "jit": "off",
    "listen_addresses": "''",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "shared_buffers": "1GB",
    "synchronous_commit": "off",
    "work_mem": "64MB",
}
"""For a machine whose data lies in memory, and quicker loading; both sides have the same."""


def binaries() -> Path:
    """Where the newest PostgreSQL that has PostGIS keeps its programs, installed where we may.

    Raises RuntimeError where it is not there and can't be installed.
    """
    if found := _found():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        say("installing Debian's postgresql and postgis")
        for command in (("update",), ("install", "-y", "--no-install-recommends", *PACKAGES[:2])):
            subprocess.run(
                ["apt-get", "-q", *command], env=quiet, check=False, stdout=sys.stderr.fileno()
            )
        if not _found():
            packages = [f"postgresql-{v.name}-postgis-3" for v in _versions()]
            subprocess.run(
                ["apt-get", "-q", "install", "-y", "--no-install-recommends", *packages],
                env=quiet,
                check=False,
                stdout=sys.stderr.fileno(),
            )
    if found := _found():
        return found
    raise RuntimeError(f"PostGIS is missing. As root: apt-get install {' '.join(PACKAGES)}")


def _versions() -> list[Path]:
    return sorted(Path("/usr/lib/postgresql").glob("*"), key=lambda path: -int(path.name))


def _found() -> Path | None:
    for version in _versions():
        extension = Path(f"/usr/share/postgresql/{version.name}/extension/postgis.control")
        if (version / "bin" / "postgres").exists() and extension.exists():
            return version / "bin"
    return None


@contextlib.contextmanager
def running(data: Path) -> Iterator[str]:
    """A server on this data folder, made where it is missing; gives its SQLAlchemy URL."""
    programs = binaries()
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="mw-pg-") as sockets:
        as_owner = _owner(data, Path(sockets))
        if not (data / "PG_VERSION").exists():
            _run(as_owner, programs / "initdb", "-D", data, "-U", "milkwell", "-A", "trust", "-N")
        if (data / "postmaster.pid").exists():
            # Left by a run that was killed.
            _run(as_owner, programs / "pg_ctl", "stop", "-D", data, "-m", "fast", "-w", must=False)
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        start = ("-D", data, "-w", "-t", "60", "-o", f"{options} -k {sockets}", "-l", data / "log")
        _run(as_owner, programs / "pg_ctl", "start", *start)
        try:
            yield f"postgresql+psycopg://milkwell@/postgres?host={sockets}"
        finally:
            _run(as_owner, programs / "pg_ctl", "stop", "-D", data, "-m", "fast", "-w")


def _owner(*folders: Path) -> list[str]:
    """Before a command: PostgreSQL refuses to run as root, so root lends it to its own account."""
    if os.geteuid() != 0:
        return []
    account = pwd.getpwnam("postgres")
    for folder in folders:
        os.chown(folder, account.pw_uid, account.pw_gid)
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]


def _run(as_owner: list[str], *command: str | Path, must: bool = True) -> None:
    said = [*as_owner, *map(str, command)]
    subprocess.run(said, check=must, stdout=subprocess.DEVNULL, cwd="/")


def say(line: str) -> None:
    """Progress, apart from the figures."""
    print(line, file=sys.stderr, flush=True)
