"""The two browsers that the tests drive, from Debian's packages."""

from __future__ import annotations

import os
import shutil
import subprocess

from _steps import StepError, run, say

BROWSERS = ["chromium", "firefox-esr"]


def install_browsers() -> None:
    """Install the browsers that are missing where we may, else say exactly what to type."""
    missing = [name for name in BROWSERS if not shutil.which(name)]
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


def _as_root() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    asks = ["sudo", "-n", "true"]
    allowed = shutil.which("sudo") and subprocess.run(asks, capture_output=True).returncode == 0
    return ["sudo", "-n"] if allowed else None
