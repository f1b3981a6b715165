"""What whoever hosts can say at a shell: `flask init`, `begin`, `work`, `demo`."""

import click
from flask import Flask, current_app

from webapp import alerts, sync
from webapp.config import Settings
from webapp.database import writing
from webapp.demo import ACCOUNTS, PASSWORD, fill
from webapp.secrets import session_key
from webapp.worker import run


def add_commands(app: Flask) -> None:
    """Give the app its commands."""

    @app.cli.command("init")
    def init() -> None:
        """Make the secrets of this installation, where there are none."""
        session_key(_settings().data)
        alerts.make_keys(_settings().data)

    @app.cli.command("begin")
    def begin() -> None:
        """Begin a timeline: once at each start of a server, after migrating."""
        with writing():
            sync.begin_timeline()

    @app.cli.command("work")
    def work() -> None:
        """Match, deliver and expire until told to stop."""
        run(_settings())

    @app.cli.command("demo")
    def demo() -> None:
        """Fill one town with people and listings, once."""
        with writing():
            fill()
        for account in ACCOUNTS:
            click.echo(f"{account} with password {PASSWORD}")


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
