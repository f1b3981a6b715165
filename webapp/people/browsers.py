"""Which browser on which system, out of what a browser says of itself."""

import re

BROWSERS = (
    ("Edge", r"\bEdg(?:A|iOS)?/"),
    ("Opera", r"\bOPR/|\bOPT/|\bOPiOS/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\bFirefox/|\bFxiOS/"),
    ("Chrome", r"\bChrome/|\bCriOS/|\bChromium/"),
    ("Safari", r"\bVersion/.*\bSafari/|\bAppleWebKit/.*\bMobile/"),
)
"""The first that holds: most call themselves Chrome and Safari too."""

SYSTEMS = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Windows", r"\bWindows\b"),
    ("Mac", r"\bMacintosh\b"),
    ("Linux", r"\bLinux\b|\bX11\b"),
)


def described(user_agent: str) -> str:
    """A browser as its owner calls it, "Firefox, Android"; empty where neither is known.

    Brands alone, so that it reads the same in every language; at most 60 characters.
    """
    return ", ".join(filter(None, (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))))


def _first(named: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for name, token in named if re.search(token, user_agent[:400])), "")
