"""What every template is given."""

from typing import Any

from flask import Flask
from markupsafe import Markup

from webapp.routes.built import built
from webapp.routes.pwa import version
from webapp.routes.vapid import vapid
from webapp.routes.words import direction, language, offered, script_words, tag_of


def init_pages(app: Flask) -> None:
    """Give templates their assets and the identity-free facts a shell carries."""

    @app.context_processor
    def facts() -> dict[str, Any]:
        return {
            "asset": lambda name: built().url(name),
            "later": lambda page: built().later(page),
            "icon_url": lambda name: built().icon(name),
            # From our own build, and allowed by its hash.
            "critical_css": Markup(built().critical_css),
            "lang": tag_of(language()),
            "dir": direction(),
            "languages": offered(),
            "script_words": script_words,
            "vapid": vapid(),
            "version": version(),
        }
