"""Her choice of day or night holds from the first painted frame, whatever the phone follows."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from tests.browser.site import Site

PAGES = ("/", "/nearby", "/guide", "/sign-in", "/no-such-page")
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 25_000, "uploadThroughput": 25_000}
LUMINANCE = """async (frames) => Promise.all(frames.map(async (data) => {
  const image = new Image();
  image.src = `data:image/png;base64,${data}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data: pixels } = context.getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 4)
    sum += 0.2126 * pixels[at] + 0.7152 * pixels[at + 1] + 0.0722 * pixels[at + 2];
  return sum / (pixels.length / 4) / 255;
}))"""
REPAINT = """() => new Promise((resolve) => {
  document.querySelector(".top").append("\u200b");
  requestAnimationFrame(() => requestAnimationFrame(resolve));
})"""
PAPER = {"day": "rgb(250, 245, 236)", "night": "rgb(21, 16, 13)"}


@pytest.fixture
def phone(browser: Browser, empty_site: Site) -> Iterator[Callable[..., Page]]:
    """Phones that follow light or dark, on which somebody chose a theme."""
    opened: list[BrowserContext] = []

    def open_phone(scheme: str, theme: str, workers: str = "block") -> Page:
        context = browser.new_context(
            viewport={"width": 360, "height": 740},
            color_scheme=scheme,
            service_workers=workers,
        )
        opened.append(context)
        page = context.new_page()
        page.goto(f"{empty_site.origin}/about")
        choose(page, theme)
        return page

    yield open_phone
    for context in opened:
        context.close()


def choose(page: Page, theme: str) -> None:
    """What the choice under Me does."""
    page.evaluate(
        """(theme) => {
          if (theme) localStorage.theme = theme;
          else localStorage.removeItem("theme");
          dispatchEvent(new Event("theme"));
          // Painted before anybody looks: a frame of before the choice is no frame after it.
          return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        }""",
        theme,
    )


def paper(page: Page) -> Any:
    """The colour behind everything."""
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


def bar(page: Page) -> Any:
    """The colour that the browser gives its own bars: of the first meta that holds."""
    return page.evaluate(
        """() => [...document.querySelectorAll("[name=theme-color]")]
             .find(({ content, media }) => content && matchMedia(media).matches).content"""
    )


def paint(page: Page, frames: list[str]) -> None:
    """Until one more frame was shown."""
    had = len(frames)
    deadline = time.monotonic() + 30
    while len(frames) == had:
        assert time.monotonic() < deadline, "nothing was painted"
        page.evaluate(REPAINT)


def frames_of(session: CDPSession, page: Page, act: Callable[[], object]) -> list[str]:
    """Every frame that the screen showed meanwhile, the last one after all was done."""
    frames: list[str] = []

    def keep(event: dict[str, Any]) -> None:
        frames.append(event["data"])
        session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    session.on("Page.screencastFrame", keep)
    session.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
    # What the screen still showed of before the act is no frame of it.
    paint(page, frames)
    frames.clear()
    act()
    paint(page, frames)
    session.send("Page.stopScreencast")
    session.remove_listener("Page.screencastFrame", keep)
    return frames


def brightness(page: Page, empty_site: Site, path: str) -> list[float]:
    """The mean luminance of each frame while a page comes over a slow line."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    frames = frames_of(
        session, page, lambda: page.goto(empty_site.origin + path, wait_until="load")
    )
    session.detach()
    measuring = page.context.new_page()
    found: list[float] = measuring.evaluate(LUMINANCE, frames)
    measuring.close()
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_night_that_she_chose_has_no_light_frame(
    phone: Callable[..., Page], empty_site: Site, path: str
) -> None:
    page = phone("light", "night")
    assert max(brightness(page, empty_site, path)) < 0.3
    assert paper(page) == bar(page) == PAPER["night"]


@pytest.mark.parametrize("path", PAGES)
def test_a_day_that_she_chose_has_no_dark_frame(
    phone: Callable[..., Page], empty_site: Site, path: str
) -> None:
    page = phone("dark", "day")
    assert min(brightness(page, empty_site, path)) > 0.7
    assert paper(page) == bar(page) == PAPER["day"]


def test_a_night_from_the_phones_own_cache_has_no_light_frame(
    phone: Callable[..., Page], empty_site: Site
) -> None:
    page = phone("light", "night", workers="allow")
    page.evaluate("navigator.serviceWorker.ready")
    assert max(brightness(page, empty_site, "/nearby")) < 0.3


@pytest.mark.parametrize(("scheme", "theme"), [("light", "day"), ("dark", "night")])
def test_without_a_choice_the_page_follows_the_phone(
    phone: Callable[..., Page], scheme: str, theme: str
) -> None:
    page = phone(scheme, "")
    assert paper(page) == PAPER[theme]
    assert bar(page) == {"day": "#faf5ec", "night": "#15100d"}[theme]


def test_a_choice_takes_effect_at_once_and_can_be_taken_back(phone: Callable[..., Page]) -> None:
    page = phone("light", "")
    choose(page, "night")
    assert paper(page) == bar(page) == PAPER["night"]
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    choose(page, "")
    assert paper(page) == PAPER["day"]
    assert page.evaluate("document.documentElement.hasAttribute('data-theme')") is False


def test_a_choice_reaches_another_open_page(phone: Callable[..., Page], empty_site: Site) -> None:
    page = phone("light", "")
    other = page.context.new_page()
    other.goto(f"{empty_site.origin}/guide")
    choose(page, "night")
    other.wait_for_function(
        "(night) => getComputedStyle(document.documentElement).backgroundColor === night",
        arg=PAPER["night"],
    )
