"""Ending letters by e-mail with one click (RFC 8058), from wherever they are read."""

import uuid

from flask import Blueprint, abort, render_template

from webapp import alerts
from webapp.database import writing
from webapp.people import Person
from webapp.routes.limits import DEVICE, limiter

blueprint = Blueprint("mails", __name__)


@blueprint.get("/unsubscribe/<token>")
def ask(token: str) -> str:
    """Ask first: programs that look through mail open every address in it."""
    _whom(token)
    return render_template("people/unsubscribe.html", done=False)


@blueprint.post("/unsubscribe/<token>")
@limiter.limit(DEVICE)
def stop(token: str) -> str:
    """No more letters about alerts to her. A mail program asks this without a cookie."""
    person_id = _whom(token)
    with writing() as session:
        if person := session.get(Person, person_id):
            person.mail_me = False
    return render_template("people/unsubscribe.html", done=True)


def _whom(token: str) -> uuid.UUID:
    found: uuid.UUID = alerts.person_of_token(token) or abort(404)
    return found
