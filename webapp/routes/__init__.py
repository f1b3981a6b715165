"""The doors that speak HTTP: one blueprint a noun. Only here stand request and current_user."""

from flask import Flask

from webapp.config import Settings
from webapp.routes import (
    devices,
    health,
    languages,
    nearby,
    people,
    places,
    pwa,
    rights,
    shells,
    sync,
)
from webapp.routes.access import init_access
from webapp.routes.answers import init_answers
from webapp.routes.errors import init_errors
from webapp.routes.limits import limiter
from webapp.routes.pages import init_pages
from webapp.routes.words import init_words


def add_routes(app: Flask, settings: Settings) -> None:
    """Everything between a request and the capabilities."""
    init_words(app)
    init_access(app, settings)
    init_pages(app, settings)
    init_errors(app)
    init_answers(app, settings)
    limiter.init_app(app)
    for room in (devices, health, languages, nearby, people, places, pwa, rights, shells, sync):
        app.register_blueprint(room.blueprint)
