"""Lighthouse on the front page, Nearby (signed in) and the composer, as on a cheap phone."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench.phone import say_plainly
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.site import Site
from tests.places import built_places
from webapp import demo
from webapp.config import ROOT

PACKAGE = "lighthouse@12.8.2"
"""The newest that runs on the Node 20 that Milkwell asks for."""
HOME = ROOT / ".cache" / "lighthouse"
PROGRAM = HOME / "node_modules" / "lighthouse" / "cli" / "index.js"
STAMP = HOME / ".stamp"
CATEGORIES = ("performance", "accessibility", "best-practices")
CAUSES = {
    "cumulative-layout-shift": "layout-shifts",
    "total-blocking-time": "long-tasks",
    "largest-contentful-paint": "largest-contentful-paint-element",
    "first-contentful-paint": "render-blocking-resources",
}
"""Which audit names what is behind a measurement."""
PAGES = {"front": "/", "nearby": "/nearby", "composer": "/offers/new"}


def install() -> None:
    """Fetch Lighthouse into .cache, once a version."""
    if STAMP.exists() and STAMP.read_text() == PACKAGE:
        return
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    quiet = ("--no-save", "--no-audit", "--no-fund", "--silent")
    subprocess.run(["npm", "install", "--prefix", str(HOME), *quiet, PACKAGE], check=True)
    STAMP.write_text(PACKAGE)


def audit(address: str, port: int) -> dict[str, Any]:
    """Lighthouse's own report of one page, in the browser that listens on that port."""
    flags = (
        f"--port={port}",
        f"--only-categories={','.join(CATEGORIES)}",
        "--disable-storage-reset",
        "--output=json",
        "--quiet",
    )
    done = subprocess.run(
        ["node", str(PROGRAM), address, *flags],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "CHROME_PATH": find_chromium()},
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def lost_points(report: dict[str, Any], category: str) -> list[str]:
    """What took points away: the audit, how many of 100, and what was measured."""
    parts = report["categories"][category]["auditRefs"]
    whole = sum(part["weight"] for part in parts) or 1
    lost = []
    for part in parts:
        found = report["audits"][part["id"]]
        score = found["score"]
        if part["weight"] and score is not None and score < 1:
            points = 100 * part["weight"] * (1 - score) / whole
            shown = [found.get("displayValue", ""), _where(found)]
            if cause := report["audits"].get(CAUSES.get(part["id"], "")):
                shown.append(_where(cause))
            said = "; ".join(filter(None, shown))
            lost.append(f"{part['id']} {points:.1f}: {said}")
    return lost


def _where(found: dict[str, Any]) -> str:
    """What an audit points at: up to three elements, addresses or descriptions."""
    items = found.get("details", {}).get("items", [])
    return ", ".join(filter(None, map(_named, items[:3])))


def _named(item: dict[str, Any]) -> str:
    node = item.get("node") or {}
    told = node.get("snippet") or item.get("description") or item.get("url") or ""
    took = item.get("duration") or item.get("score") or ""
    return f"{told} {took}".strip()[:160]


def measure(site: Site, profile: Path) -> None:
    """Sign in once, then print a line for each page and category."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with sync_playwright() as driver:
        browser = driver.chromium.launch_persistent_context(
            str(profile),
            executable_path=find_chromium(),
            args=[*ARGUMENTS, f"--remote-debugging-port={port}"],
            headless=True,
        )
        report(site, "front", port)
        page = browser.pages[0]
        page.goto(f"{site.origin}/sign-in?next=/nearby")
        page.locator("[name=email]").fill(demo.ACCOUNTS[1])
        page.locator("[name=password]").fill(demo.PASSWORD)
        page.locator("main form button").click()
        page.locator("main a[href^='/listings/']").first.wait_for()
        page.wait_for_load_state("networkidle")
        page.goto("about:blank")
        for name in ("nearby", "composer"):
            report(site, name, port)
        browser.close()


def report(site: Site, name: str, port: int) -> None:
    """Audit one page, and say what it reached and what it lost."""
    found = audit(site.origin + PAGES[name], port)
    if trouble := found.get("runtimeError"):
        sys.exit(f"{name}: {trouble['message']}")
    for category in CATEGORIES:
        score = round(100 * found["categories"][category]["score"])
        line = {
            "bench": "lighthouse",
            "figure": f"{name}_{category}".replace("-", "_"),
            "value": score,
            "unit": "of 100",
            "peer": "all that Lighthouse asks",
        }
        say_plainly(line | {"lost": lost_points(found, category)})


def main() -> None:
    """Fill a site, and let Lighthouse look at it."""
    install()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        with Site(folder / "data", built_places()) as site:
            site.flask("demo")
            measure(site, folder / "profile")


if __name__ == "__main__":
    main()
