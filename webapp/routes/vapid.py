"""The key that browsers subscribe with, as it is now: an operator may rotate it while we run."""

from flask import current_app

from webapp import alerts
from webapp.config import Settings


def vapid() -> str:
    """The public key in URL-safe base64; empty before `flask init` has made it."""
    settings: Settings = current_app.config["SETTINGS"]
    try:
        return alerts.read_keys(settings.data).application_server_key
    except FileNotFoundError:
        return ""
