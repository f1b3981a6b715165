"""What the phone's benchmark shares: a slow processor, and a phone that is signed in."""

from pathlib import Path

from playwright.sync_api import CDPSession, Page

from tests.browser.site import Site

CARDS, SLOWER = 50, 4

CARDS_DRAWN = """(many) => new Promise((done) => {
  const look = () => document.querySelectorAll("main a[href^='/listings/']").length >= many
    ? requestAnimationFrame(() => done(performance.now())) : setTimeout(look, 5);
  look();
})"""
WORKER_READY = "() => navigator.serviceWorker.ready.then(() => true)"
STORED = """async () => {
  const opened = indexedDB.open("milkwell");
  const db = await new Promise((done) => { opened.onsuccess = () => done(opened.result); });
  const keys = db.transaction("rows").objectStore("rows").getAllKeys();
  await new Promise((done) => { keys.onsuccess = done; });
  db.close();
  return keys.result.filter(([, , noun]) => noun === "listing").length;
}"""
WORK = "() => { const end = performance.now() + 300; while (performance.now() < end); }"


def slowed(page: Page) -> CDPSession:
    """The page's processor made four times slower."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return session


def sign_in(page: Page, site: Site, email: str, password: str) -> None:
    """Until Nearby is drawn, and the worker in charge of whatever is opened next."""
    page.goto(f"{site.origin}/sign-in?next=/nearby")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("main form button").click()
    page.evaluate(CARDS_DRAWN, CARDS)
    page.evaluate(WORKER_READY)
    page.wait_for_load_state("networkidle")


def listings_stored(page: Page) -> int:
    """How many listings this phone keeps."""
    return int(page.evaluate(STORED))


def renderer(page: Page) -> int:
    """The process that draws the page: the one that gets to work when the page does."""
    before = _worked(page)
    page.evaluate(WORK)
    after = _worked(page)
    return max(after, key=lambda process: after[process] - before.get(process, 0))


def _worked(page: Page) -> dict[int, float]:
    """Each renderer's seconds of processor so far."""
    assert page.context.browser
    session = page.context.browser.new_browser_cdp_session()
    told = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return {each["id"]: each["cpuTime"] for each in told if each["type"] == "renderer"}


def resident_kb(process: int) -> int:
    """Memory that a process has of its own or shares."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def waited_ms(process: int) -> float:
    """How long its main thread has been ready and had no processor."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[1]) / 1e6
