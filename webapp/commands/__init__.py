"""What a host can say at a shell.

`init`, `begin`, `work`, `demo`; `alerts`, `keys`, `people`, `reports`.
"""

import click
from flask import Flask, current_app

from webapp import alerts, rights, sync
from webapp.commands import alerting, keys, people, reports
from webapp.config import Settings
from webapp.database import writing
from webapp.demo import ACCOUNTS, PASSWORD, fill
from webapp.logs import log_crashes
from webapp.secrets import make_keys
from webapp.worker import run


def add_commands(app: Flask) -> None:
    """Give the app its commands."""

    @app.cli.command("init")
    def init() -> None:
        """Make the secrets of this installation, where there are none."""
        make_keys(_settings().data)
        alerts.make_keys(_settings().data)

    @app.cli.command("begin")
    def begin() -> None:
        """Begin a timeline: once at each start of a server, after migrating."""
        with writing():
            sync.begin_timeline()
        rights.wipe()

    @app.cli.command("work")
    def work() -> None:
        """Match, deliver and expire until told to stop."""
        log_crashes()
        run(_settings())

    @app.cli.command("demo")
    def demo() -> None:
        """Fill one town with people and listings, once."""
        with writing():
            fill()
        for account in ACCOUNTS:
            click.echo(f"{account} with password {PASSWORD}")

    for room in (alerting, keys, people, reports):
        app.cli.add_command(room.commands())


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
