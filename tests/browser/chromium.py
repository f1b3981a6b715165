"""Debian's Chromium with a profile of its own, so that it can be killed and opened again."""

import os
import shutil
import signal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str:
    """The Chromium to use: $CHROMIUM, else the one on the path; raises RuntimeError."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")
    if not found:
        raise RuntimeError("these tests need Chromium: install it, or name it in CHROMIUM")
    return found


class Chromium:
    """One phone: a profile that outlives the browser. A second one stands `beside` the first,
    which is closed after it."""

    def __init__(self, profile: Path, beside: "Chromium | None" = None, **options: Any) -> None:
        self.profile = profile
        self.options = {"viewport": {"width": 360, "height": 740}, "locale": "en-US"} | options
        self._beside = beside
        self._driver: Playwright = beside._driver if beside else sync_playwright().start()
        self.context: BrowserContext | None = None

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()
        if not self._beside:
            self._driver.stop()

    def open(self) -> Page:
        """Start the browser on the profile; gives its page."""
        self.context = self._driver.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=find_chromium(),
            args=ARGUMENTS,
            headless=True,
            **self.options,
        )
        return self.page

    @property
    def page(self) -> Page:
        """The page in front."""
        assert self.context
        return self.context.pages[0] if self.context.pages else self.context.new_page()

    def close(self) -> None:
        """End the browser as a person does, which writes its cookies down."""
        if self.context:
            self.context.close()
            self.context = None

    def kill(self) -> None:
        """SIGKILL every process of this browser, as a phone short of memory does."""
        wanted = f"--user-data-dir={self.profile}".encode()
        for folder in Path("/proc").iterdir():
            if folder.name.isdecimal() and wanted in _command(folder):
                _kill(int(folder.name))
        self.context = None


def _command(folder: Path) -> bytes:
    try:
        return (folder / "cmdline").read_bytes()
    except OSError:
        return b""


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
