"""Which language a page speaks, and the words that its script speaks it with."""

from functools import cache
from pathlib import Path

import orjson
from babel import Locale
from flask import Flask, Response, has_request_context, request
from flask_babel import Babel, get_locale, get_translations
from markupsafe import Markup

from webapp.config import ROOT
from webapp.milk import EXPOSURES
from webapp.routes.built import built
from webapp.routes.labels import labels

TRANSLATIONS = Path(__file__).parent.parent / "translations"
LANGUAGES = ("en", *sorted(p.parent.parent.name for p in TRANSLATIONS.glob("*/LC_MESSAGES/*.po")))
"""What people are offered, as gettext and Babel name it."""
PSEUDO = "ar_001"
PSEUDO_FOLDER = ROOT / ".cache" / "pseudo"
"""English made right-to-left and longer, by `bin/_pseudo.py` for tests; offered to nobody."""
COOKIE = "language"
COUNTED = (*range(200), 1_000_000)
"""Whole numbers among which every plural category of every language occurs."""


def init_words(app: Flask) -> None:
    """Give the app its languages."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = f"{TRANSLATIONS};{PSEUDO_FOLDER}"
    Babel(app, locale_selector=language)


def known(tag: str) -> str:
    """Our name of the language of a BCP 47 tag; empty where we don't speak it."""
    name = tag.replace("-", "_")
    return name if name in LANGUAGES or (name == PSEUDO and _pseudo_is_made()) else ""


def tag_of(name: str) -> str:
    """The BCP 47 tag of one of our languages, as pages and browsers write it."""
    return name.replace("_", "-")


def language() -> str:
    """The language of this answer: the address's, else her own choice, else the browser's first.

    Asked outside of requests too: then English.
    """
    if not has_request_context():
        return "en"
    asked = (request.args.get("lang", ""), request.cookies.get(COOKIE, ""))
    chosen = next(filter(None, map(known, asked)), "")
    return chosen or known(request.accept_languages.best_match(map(tag_of, LANGUAGES)) or "en")


def vary_by_language(response: Response) -> None:
    """Say on what the language of this answer depends, unless its address names it."""
    if not known(request.args.get("lang", "")):
        response.vary.update(("Accept-Language", "Cookie"))


def offered() -> list[tuple[str, str]]:
    """Each language that people may choose: its tag, and its name in itself."""
    names = ((tag_of(name), Locale.parse(name).get_display_name() or name) for name in LANGUAGES)
    return [(tag, name[0].upper() + name[1:]) for tag, name in names]


def direction() -> str:
    """Whether this answer runs "ltr" or "rtl"."""
    return (get_locale() or Locale("en")).text_direction


def script_words() -> Markup:
    """What a shell's script says in the language of this answer, as JSON.

    Its messages in the script's order, what codes are called, and which codes are exposures. A
    message is a text, or its plural forms by CLDR category, as Intl.PluralRules names them; forms
    equal to "other" are left out.
    """
    words = {
        "messages": [_said(message) for message in built().messages],
        "labels": labels(),
        "exposures": [code for code, _label in EXPOSURES],
    }
    # Nothing in it can end the element that it stands in.
    return Markup(orjson.dumps(words).decode().replace("<", r"\u003c"))


def _said(message: str | list[str]) -> str | dict[str, str]:
    translations = get_translations()
    if isinstance(message, str):
        return translations.gettext(message)
    one, many = message
    forms = {
        category: translations.ngettext(one, many, number)
        for category, number in _categories(get_locale() or Locale("en")).items()
    }
    other = forms.setdefault("other", next(iter(forms.values())))
    return {name: text for name, text in forms.items() if name == "other" or text != other}


@cache
def _categories(locale: Locale) -> dict[str, int]:
    """Each plural category of a language and the smallest whole number that takes it."""
    return {locale.plural_form(number): number for number in reversed(COUNTED)}


def _pseudo_is_made() -> bool:
    return (PSEUDO_FOLDER / PSEUDO / "LC_MESSAGES" / "messages.mo").exists()
