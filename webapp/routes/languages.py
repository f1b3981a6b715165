"""Choosing the language that answers come in."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, redirect, request
from werkzeug.wrappers import Response

from webapp.config import Settings
from webapp.routes.access import local
from webapp.routes.words import COOKIE, known, tag_of

blueprint = Blueprint("languages", __name__)

KEPT = timedelta(days=365)


@blueprint.get("/language/<tag>")
def choose(tag: str) -> Response:
    """Keep a language in a cookie that holds its tag alone, and go back to where she was."""
    name = known(tag) or abort(404)
    settings: Settings = current_app.config["SETTINGS"]
    response = redirect(local(request.args.get("next", "")) or _came_from() or "/")
    # Not HttpOnly: the page's script sees by it that its shell is in another language.
    response.set_cookie(COOKIE, tag_of(name), max_age=KEPT, secure=settings.secure, samesite="Lax")
    return response


def _came_from() -> str:
    """The page of ours that led here: one that a phone keeps can't name itself in its links."""
    page = urlsplit(request.referrer or "")
    ours = page.netloc == request.host and not page.path.startswith("/language/")
    return local(page.path) if ours else ""
