"""Drives Debian's WebKitGTK over WebDriver, with the verbs of firefox.py.

Its window (webkit_window.py) stands on a display of its own, which nobody sees. This engine has no
Background Sync and no push.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Self

from tests.browser.firefox import ELEMENT, wait_until

DEBIANS_PYTHON = "/usr/bin/python3"  # the one that Debian's python3-gi is for
WINDOW = Path(__file__).with_name("webkit_window.py")
PACKAGES = "webkit2gtk-driver gir1.2-webkit2-4.1 python3-gi xvfb"


def find_programs() -> tuple[str, str]:
    """Where WebKitWebDriver and Xvfb lie; raises RuntimeError where one is missing."""
    driver, display = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    if not driver or not display:
        raise RuntimeError(f"WebKitGTK is not installed: run 'apt install {PACKAGES}'")
    return driver, display


class WebDriverError(Exception):
    """What WebKit answered instead of a result; `error` is WebDriver's code for it."""

    def __init__(self, error: str, message: str) -> None:
        super().__init__(f"{error}: {message}")
        self.error = error


class WebKit:
    """One phone: a profile that outlives the browser, which is killed or quit and started again."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self._driver: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.profile.mkdir(parents=True, exist_ok=True)
        ready, when_ready = os.pipe()
        self._display = self._launch(
            [find_programs()[1], "-displayfd", str(when_ready), "-nolisten", "tcp"],
            pass_fds=[when_ready],
        )
        os.close(when_ready)
        with os.fdopen(ready) as answer:
            self._screen = f":{answer.readline().strip()}"
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._display.terminate()
        self._display.wait(10)

    def start(self) -> None:
        """Start the browser on the profile and take hold of it."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self._address = f"http://127.0.0.1:{port}"
        # Its language is then "C", which is no language tag: pages have to bear that.
        language = {"LC_ALL": "C.UTF-8"}
        screen = {"DISPLAY": self._screen, "GDK_BACKEND": "x11"}
        self._driver = self._launch([find_programs()[0], f"--port={port}"], **language, **screen)
        wait_until(self._answers, 20, "WebKitWebDriver")
        window = {"binary": DEBIANS_PYTHON, "args": [str(WINDOW), str(self.profile)]}
        wanted = {"webkitgtk:browserOptions": window, "timeouts": {"pageLoad": 60_000}}
        began = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._address += f"/session/{began['sessionId']}"

    def quit(self) -> None:
        """Close the window as a person does, so that the browser saves what it saves."""
        assert self._driver
        self._ask("DELETE", "/window")
        self._driver.terminate()
        self._driver.wait(10)
        self._driver = None

    def kill(self) -> None:
        """SIGKILL every process of the browser at once, as a phone short of memory does."""
        if self._driver:
            os.killpg(self._driver.pid, signal.SIGKILL)
            self._driver.wait(10)
            self._driver = None

    def navigate(self, url: str) -> None:
        """Open an address and wait for its load."""
        self._ask("POST", "/url", {"url": url})

    @property
    def url(self) -> str:
        """The page's address."""
        return str(self._ask("GET", "/url"))

    def execute_script(self, script: str, *arguments: Any) -> Any:
        """Run a function's body in the page; `arguments` hold what was given."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, selector: str, timeout: float = 10) -> str:
        """Find the first element that matches a CSS selector, waiting for it; give its id."""
        wanted = {"using": "css selector", "value": selector}
        found = wait_until(lambda: self._ask("POST", "/elements", wanted), timeout, selector)
        return str(found[0][ELEMENT])

    def click(self, selector: str) -> None:
        """Click in the middle of an element, scrolled into view; raises where it is covered."""
        self._ask("POST", f"/element/{self.find(selector)}/click", {})

    def type(self, selector: str, text: str) -> None:
        """Type into a field, key by key."""
        self._ask("POST", f"/element/{self.find(selector)}/value", {"text": text})

    def _answers(self) -> bool:
        try:
            return bool(self._ask("GET", "/status")["ready"])
        except OSError:
            return False

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(self._address + path, data, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=90) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            with refused:
                said = json.load(refused)["value"]
            raise WebDriverError(said["error"], said["message"]) from None

    def _launch(
        self, command: list[str], pass_fds: list[int] | None = None, **environment: str
    ) -> "subprocess.Popen[bytes]":
        with (self.profile / "webkit.log").open("ab") as log:
            return subprocess.Popen(
                command,
                env=os.environ | environment,
                stdout=log,
                stderr=log,
                pass_fds=pass_fds or (),
                start_new_session=True,
            )
