"""Several workers on one database, which die when they are told to."""

import os
import signal
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from webapp.config import ROOT

ENDS_WITHIN_S = 20
BYTECODE = ROOT / ".cache" / "bytecode"


class Workers:
    """As many as `at_once`, started by `start()` where one is missing."""

    def __init__(self, data: Path, database_url: str, push_origin: str, at_once: int) -> None:
        self.at_once = at_once
        self.running: list[subprocess.Popen[bytes]] = []
        self._log = data / "workers.log"
        self.environment = {
            **os.environ,
            "FLASK_APP": "wsgi",
            "MILKWELL_DATA": str(data),
            "DATABASE_URL": database_url,
            "MILKWELL_PUSH_HOST": push_origin.removeprefix("http://"),
            # Starting two hundred times is mostly reading Python: once is enough.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX", str(BYTECODE)),
        }

    def start(self, at_once: int = 0) -> None:
        """Start those that are missing; each begins to work when it is ready."""
        while len(self.running) < (at_once or self.at_once):
            with self._log.open("ab") as log:
                self.running.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "flask", "work"],
                        cwd=ROOT,
                        env=self.environment,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )
                )

    def check(self) -> None:
        """Each still runs."""
        codes = [process.poll() for process in self.running]
        assert not any(code is not None for code in codes), f"{codes}:\n{self.said()}"

    def kill(self, dying: Collection[subprocess.Popen[bytes]]) -> None:
        """SIGKILL these at the same instant; each must still have been at work."""
        codes = self._kill([*dying])
        assert {*codes} <= {-signal.SIGKILL}, f"ended before with {codes}:\n{self.said()}"

    def leave(self) -> None:
        """Leave none behind, in whatever state."""
        self._kill([*self.running])

    def _kill(self, dying: list[subprocess.Popen[bytes]]) -> list[int]:
        for process in dying:
            os.killpg(process.pid, signal.SIGKILL)
            self.running.remove(process)
        return [process.wait(ENDS_WITHIN_S) for process in dying]

    def end(self) -> None:
        """Stop all as a host does, by SIGTERM, and see that they end well."""
        for process in self.running:
            process.terminate()
        codes = [process.wait(ENDS_WITHIN_S) for process in self.running]
        self.running.clear()
        # One that is still starting knows no better than to die of it.
        assert {*codes} <= {0, -signal.SIGTERM}, f"ended with {codes}:\n{self.said()}"

    def said(self) -> str:
        """The last lines of what they logged."""
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-40:])
