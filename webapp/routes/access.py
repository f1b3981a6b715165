"""Who is asking, and whether the request comes from our own pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, abort, redirect, request, session
from flask_babel import gettext as _
from flask_login import LoginManager, current_user

from webapp import people
from webapp.config import Settings
from webapp.people import Person
from webapp.routes.answers import refuse
from webapp.secrets import session_key

View = Callable[..., Any]


def init_access(app: Flask, settings: Settings) -> None:
    """Sessions are rows; the signed cookie holds only a row's id."""
    app.secret_key = session_key(settings.data)
    manager = LoginManager(app)
    # It would bind a session to an address and a browser's name; phones change both.
    manager.session_protection = None
    manager.user_loader(people.session_by_id)


def person() -> Person:
    """Whoever is signed in; only inside a view that needs it."""
    signed_in: Person = current_user.person
    return signed_in


def is_signed_in() -> bool:
    """Whether the cookie's session still stands."""
    return bool(current_user.is_authenticated)


def needs_person(view: View) -> View:
    """An API view for somebody signed in and not suspended."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if not is_signed_in():
            return signed_out()
        if person().suspended_at:
            return suspended()
        return view(*args, **kwargs)

    return checked


def needs_account(view: View) -> View:
    """A page for somebody signed in; whoever isn't signs in first, and comes back."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if not is_signed_in():
            return redirect(f"/sign-in?{urlencode({'next': local(request.path)})}")
        if person().suspended_at:
            abort(403)
        return view(*args, **kwargs)

    return checked


def signed_out() -> Response:
    """Nobody is signed in here."""
    return refuse(401, "signed_out", _("Sign in again. What you wrote is kept."))


def suspended() -> Response:
    """Whoever is signed in here, or was, may do nothing."""
    return refuse(403, "suspended", _("This account is suspended."))


def same_origin(view: View) -> View:
    """A view that changes something without a token: only from our own pages."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if not from_our_pages():
            return refuse(403, "other_origin", _("This request came from another site."))
        return view(*args, **kwargs)

    return checked


def from_our_pages() -> bool:
    """Whether the browser says that one of our own pages asked."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc == request.host


def local(address: str) -> str:
    """The address where it lies on this site, else nothing: `next` comes from anybody."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if plain and address.isprintable() and len(address) <= 200 else ""


def only_json(view: View) -> View:
    """A view that reads a JSON body, and says so of any other."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Response | Any:
        if request.mimetype != "application/json":
            return refuse(415, "not_json", _("Send application/json."))
        return view(*args, **kwargs)

    return checked


def keep_cookie() -> None:
    """Let the cookie live its 90 days from now on: closing the browser signs nobody out."""
    session.permanent = True
    session.modified = True
