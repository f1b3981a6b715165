"""The doors that speak HTTP: one blueprint a noun. Only here stand request and current_user."""

from flask import Flask

from webapp.config import Settings
from webapp.routes import (
    codes,
    devices,
    health,
    languages,
    mails,
    metrics,
    nearby,
    people,
    places,
    pwa,
    rights,
    sessions,
    shells,
    sync,
)
from webapp.routes.access import init_access
from webapp.routes.answers import init_answers
from webapp.routes.errors import init_errors
from webapp.routes.limits import limiter
from webapp.routes.pages import init_pages
from webapp.routes.words import init_words

ROOMS = (
    codes,
    devices,
    health,
    languages,
    mails,
    metrics,
    nearby,
    people,
    places,
    pwa,
    rights,
    sessions,
    shells,
    sync,
)


def add_routes(app: Flask, settings: Settings) -> None:
    """Everything between a request and the capabilities."""
    init_words(app)
    init_access(app, settings)
    init_pages(app)
    init_errors(app)
    init_answers(app, settings)
    limiter.init_app(app)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
