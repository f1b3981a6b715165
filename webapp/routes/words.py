"""Which language a page speaks: the one asked for, else the browser's first that we have."""

from pathlib import Path

from flask import Flask, has_request_context, request
from flask_babel import Babel

TRANSLATIONS = Path(__file__).parent.parent / "translations"
LANGUAGES = ("en", *sorted(p.parent.parent.name for p in TRANSLATIONS.glob("*/LC_MESSAGES/*.po")))


def init_words(app: Flask) -> None:
    """Give the app its languages."""
    Babel(app, locale_selector=language)


def language() -> str:
    """The language of this answer. Asked outside of requests too: then English."""
    if not has_request_context():
        return "en"
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(LANGUAGES) or "en"
