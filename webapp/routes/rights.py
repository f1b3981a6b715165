"""Everything of hers as a file, and the end of her account."""

import uuid

import orjson
from flask import Blueprint, Response
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import logout_user
from sqlalchemy.exc import OperationalError

from webapp import people, rights
from webapp.database import db, reading, writing
from webapp.people import Person
from webapp.routes.access import needs_person, only_json, person, same_origin
from webapp.routes.answers import answer, refuse
from webapp.routes.bodies import read_json
from webapp.routes.limits import DEVICE, SIGN_IN, limiter

blueprint = Blueprint("rights", __name__)


@blueprint.get("/api/mine")
@limiter.limit(DEVICE)
@needs_person
def mine() -> Response:
    """Everything of hers, as a file that a person can read."""
    person_id = person().id
    with reading() as session:
        everything = rights.export(session.get_one(Person, person_id))
    response = answer({}, headers={"Content-Disposition": 'attachment; filename="milkwell.json"'})
    response.data = orjson.dumps(everything, option=orjson.OPT_INDENT_2)
    return response


@blueprint.post("/api/erase")
@limiter.limit(SIGN_IN)
@same_origin
@needs_person
@only_json
def erase() -> Response:
    """Erase her account at once, if she knows its password."""
    body = read_json()
    password = body.get("password") if isinstance(body, dict) else None
    if not isinstance(password, str):
        return refuse(400, "malformed", _("The password is missing."))
    person_id = person().id
    if not people.knows_password(person(), password):
        return refuse(403, "wrong_password", _("That isn't your password. Nothing was erased."))
    _erase(person_id)
    logout_user()
    cookie.clear()
    db.session.remove()
    rights.wipe()
    return answer({})


def _erase(person_id: uuid.UUID) -> None:
    for last in (False, False, True):
        try:
            with writing() as session:
                rights.erase(session.get_one(Person, person_id))
            return
        except OperationalError:
            # Another phone of hers was in the middle of something, and PostgreSQL chose it.
            if last:
                raise
