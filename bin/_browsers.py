"""The three browsers that the tests drive, from Debian's packages."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from _steps import StepError, run, say

# By package, what it is known by: a program, or a file under /usr/lib. WebKitGTK needs a display,
# and a window of Python's that the driver opens (tests/browser/webkit_window.py).
BROWSERS = {
    "chromium": "chromium",
    "firefox-esr": "firefox-esr",
    "webkit2gtk-driver": "WebKitWebDriver",
    "gir1.2-webkit2-4.1": "*/girepository-1.0/WebKit2-4.1.typelib",
    "python3-gi": "python3/dist-packages/gi/__init__.py",
    "xvfb": "Xvfb",
}


def install_browsers() -> None:
    """Install the browsers that are missing where we may, else say exactly what to type."""
    missing = [package for package, known_by in BROWSERS.items() if not _is_there(known_by)]
    if not missing:
        return
    prefix = _as_root()
    by_hand = f"apt-get update && apt-get install {' '.join(missing)}"
    if prefix is None or not shutil.which("apt-get"):
        say(f"Browsers: the tests also need {' and '.join(missing)}. As root: {by_hand}")
        return
    say(f"Browsers: installing {' and '.join(missing)} ...")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing]
    try:
        run([*prefix, "apt-get", "update", "-q"], env=quiet)
        run([*prefix, *install], env=quiet)
    except StepError as reason:
        say(f"{reason}\nBrowsers: could not be installed. As root: {by_hand}")


def _is_there(known_by: str) -> bool:
    if "/" in known_by:
        return any(Path("/usr/lib").glob(known_by))
    return shutil.which(known_by) is not None


def _as_root() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    asks = ["sudo", "-n", "true"]
    allowed = shutil.which("sudo") and subprocess.run(asks, capture_output=True).returncode == 0
    return ["sudo", "-n"] if allowed else None
