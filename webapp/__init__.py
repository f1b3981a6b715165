"""Milkwell: an offline-first app on which mothers share surplus milk with families near them."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import geo, sync
from webapp.commands import add_commands
from webapp.config import Settings, flask_config, read_settings
from webapp.database import db, init_database
from webapp.routes import add_routes

MIGRATIONS = Path(__file__).parent / "migrations"


def create_app(settings: Settings | None = None) -> Flask:
    """The app: settings, extensions, routes, commands. Opens no connection, writes nothing."""
    settings = settings or read_settings()
    app = Flask(__name__, instance_path=str(settings.data), static_folder=None)
    app.config.from_mapping(flask_config(settings), SETTINGS=settings)
    init_database(app)
    # Without transactional_ddl a migration that fails halfway leaves its half.
    Migrate(app, db, str(MIGRATIONS), render_as_batch=True, transactional_ddl=True)
    geo.init_geo(app, settings.places, settings.geocoder)
    sync.listen()
    add_commands(app)
    add_routes(app, settings)
    if settings.proxies:
        hops = settings.proxies
        proxied = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
        app.wsgi_app = proxied  # type: ignore[method-assign]
    return app
