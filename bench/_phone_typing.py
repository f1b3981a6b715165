"""Typing in the composer at a human pace: long tasks, slow keys, and the draft on the disk."""

import time
from dataclasses import dataclass

from playwright.sync_api import Page

from bench._slow_phone import renderer, slowed, waited_ms
from tests.browser.chromium import Chromium
from tests.browser.composing import choose, onward, unfold
from tests.browser.site import Site

PACE_MS = 90
"""Between keys: 11 in a second, fast for two thumbs, who do 4 to 6 (Palin and others, 2019)."""
AMOUNTS = ("400", "1,250", "37.5")
NOTE = (
    "I left out dairy for my daughter, and then she weaned herself in a week. "
    "Bags of four ounces, dated, in a deep freezer. I am at home in the evenings, "
    "and by the river on Saturdays. "
)
DETAIL = "One coffee in the morning, tea at four."
PAUSES = 10
DRAFT_S = 0.5

WATCHED = """
globalThis.tasks = [];
globalThis.keys = [];
const hear = (type, kept, options) => new PerformanceObserver((list) =>
  kept.push(...list.getEntries()
    .map(({ startTime, duration, name }) => [startTime, duration, name]))
).observe({ type, buffered: true, ...options });
hear("longtask", tasks);
hear("event", keys, { durationThreshold: 16 });
addEventListener("input", () => { globalThis.lastInput = Date.now(); }, true);
"""
NOW = "() => performance.now()"
BETWEEN = """([from, to]) => new Promise((done) => setTimeout(() => done(
  [tasks, keys.filter(([, , name]) => /^(key|input|beforeinput)/.test(name))].map((list) =>
    list.filter(([at]) => at >= from && at <= to).map(([, duration]) => duration))), 200))"""
ON_DISK = """(text) => new Promise((done) => {
  const opened = indexedDB.open("milkwell");
  opened.onsuccess = () => {
    const look = () => {
      const all = opened.result.transaction("drafts").objectStore("drafts").getAll();
      all.onsuccess = () => {
        if (!JSON.stringify(all.result).includes(text)) return look();
        opened.result.close();
        done(Date.now());
      };
    };
    look();
  };
})"""


@dataclass
class Typing:
    """What was measured: milliseconds, and letters that a killed browser lost. `waited` is how long
    the page was ready and had no processor, since other programs of this machine had them.
    """

    letters: int
    long_tasks: list[float]
    slow_keys: list[float]
    waited: float
    saved: list[float]
    lost: int


class _Keyboard:
    """Types into fields, and collects what the browser reports of the time in between."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.letters = 0
        self.long_tasks: list[float] = []
        self.slow_keys: list[float] = []
        self.waited = 0.0
        self._process = renderer(page)

    def write(self, selector: str, text: str) -> None:
        field = self.page.locator(f"{selector}:visible")
        field.focus()
        began = self._listen()
        self.page.keyboard.type(text, delay=PACE_MS)
        self._hear(began, len(text))

    def erase(self, letters: int) -> None:
        began = self._listen()
        for _ in range(letters):
            self.page.keyboard.press("Backspace")
            self.page.wait_for_timeout(PACE_MS)
        self._hear(began, letters)

    def _listen(self) -> float:
        self.waited -= waited_ms(self._process)
        return float(self.page.evaluate(NOW))

    def _hear(self, began: float, letters: int) -> None:
        tasks, keys = self.page.evaluate(BETWEEN, [began, self.page.evaluate(NOW)])
        self.waited += waited_ms(self._process)
        self.long_tasks += tasks
        self.slow_keys += keys
        self.letters += letters


def _compose(page: Page, site: Site) -> _Keyboard:
    """An offer up to its note, typed as a person would who thinks better of the amount."""
    page.goto(f"{site.origin}/offers/new")
    page.locator("[data-next]:enabled").wait_for()
    keyboard = _Keyboard(page)
    for amount in AMOUNTS:
        page.locator("[name=_volume_ml]").fill("")
        keyboard.write("[name=_volume_ml]", amount)
        keyboard.erase(2)
    choose(page, "batches-0-state", "frozen")
    onward(page)
    page.locator("[data-periods] > *:visible").last.click()
    onward(page)
    unfold(page)
    choose(page, "caffeine", "some")
    keyboard.write("[name=caffeine_detail]", DETAIL)
    keyboard.write("[name=note]", NOTE)
    return keyboard


def _saved(page: Page, other: Page) -> list[float]:
    """Milliseconds from a key to its letter on the disk, as another tab reads it."""
    took = []
    for number in range(PAUSES):
        page.wait_for_timeout(700)  # so that no earlier save is still to come
        page.keyboard.type(str(number))
        seen = other.evaluate(ON_DISK, NOTE + "0123456789"[: number + 1])
        took.append(seen - page.evaluate("() => lastInput"))
    return took


def _lost_when_killed(phone: Chromium, page: Page, site: Site) -> int:
    """Letters missing after SIGKILL half a second behind the last key, server and all gone."""
    text = page.locator("[name=note]").input_value() + "The last words before the phone went off."
    page.keyboard.type("The last words before the phone went off.", delay=PACE_MS)
    pressed = page.evaluate("() => lastInput") / 1000
    time.sleep(max(0, pressed + DRAFT_S - time.time()))
    phone.kill()
    page = phone.open()
    page.goto(f"{site.origin}/offers/new")
    page.locator("[data-next]:enabled").wait_for()
    return len(text) - len(page.locator("[name=note]").input_value())


def typing(phone: Chromium, site: Site) -> Typing:
    """Write an offer, the server stopped. It ends with the browser killed and opened again."""
    assert phone.context
    other = phone.context.new_page()
    other.goto(f"{site.origin}/new")
    page = phone.context.new_page()
    page.add_init_script(WATCHED)
    slowed(page)
    keyboard = _compose(page, site)
    saved = _saved(page, other)
    lost = _lost_when_killed(phone, page, site)
    heard = (keyboard.long_tasks, keyboard.slow_keys, keyboard.waited)
    return Typing(keyboard.letters, *heard, saved, lost)
