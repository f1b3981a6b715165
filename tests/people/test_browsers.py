"""A browser's name out of its User-Agent: the brands that people know, and nothing made up."""

import pytest

from webapp.people import described

WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
BLINK = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Android 15; Mobile; rv:149.0) Gecko/149.0 Firefox/149.0",
            "Firefox, Android",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox, Linux",
        ),
        (f"Mozilla/5.0 (Linux; Android 10; K) {BLINK} Mobile Safari/537.36", "Chrome, Android"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {BLINK} Safari/537.36", "Chrome, ChromeOS"),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {BLINK} Safari/537.36 Edg/156.0.0.0",
            "Edge, Windows",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 10; K) {BLINK} Mobile Safari/537.36 EdgA/156.0",
            "Edge, Android",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
            "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
            "Samsung Internet, Android",
        ),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {WEBKIT} "
            "Version/18.5 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {WEBKIT} Mobile/15E148",
            "Safari, iPhone",
        ),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {WEBKIT} "
            "CriOS/156.0 Mobile/15E148 Safari/604.1",
            "Chrome, iPhone",
        ),
        (
            f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/18.5 Safari/605.1",
            "Safari, Mac",
        ),
        ("Somebody's own browser (iPad)", "iPad"),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)
def test_a_browser_is_called_as_its_owner_calls_it(user_agent: str, name: str) -> None:
    assert described(user_agent) == name


def test_what_a_stranger_puts_there_is_never_repeated() -> None:
    assert described("<b>Firefox/1</b> (Android) " + "x" * 10_000) == "Firefox, Android"
    assert len(described("Firefox/1 Edg/1 SamsungBrowser/1 iPhone Android Windows")) <= 60
