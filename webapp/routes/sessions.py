"""Where she is signed in, and ending it."""

from flask import Blueprint, Response
from flask_babel import gettext as _
from flask_login import current_user

from webapp import alerts, people
from webapp.database import reading, writing
from webapp.routes.access import needs_person, person, same_origin
from webapp.routes.answers import answer, refuse
from webapp.routes.limits import DEVICE, limiter

blueprint = Blueprint("sessions", __name__)


@blueprint.get("/api/sessions")
@needs_person
def index() -> Response:
    """Her sessions, what was used last first. `id` names one, and opens nothing."""
    person_id, here = person().id, current_user.handle
    with reading():
        rows = [
            {
                "id": session.handle,
                "name": session.name,
                "made_at": session.made_at.isoformat(timespec="seconds"),
                "seen_at": session.seen_at.isoformat(timespec="seconds"),
                "here": session.handle == here,
            }
            for session in people.sessions_of(person_id)
        ]
    return answer({"sessions": rows})


@blueprint.delete("/api/sessions/<handle>")
@limiter.limit(DEVICE)
@same_origin
@needs_person
def end(handle: str) -> Response:
    """Sign one browser of hers out; its phone is alerted no more."""
    person_id = person().id
    with writing():
        ended = people.end_sessions(person_id, only=handle)
        alerts.silence(person_id, ended)
    if not ended:
        return refuse(404, "not_found", _("You are not signed in there any more."))
    return answer({"ended": ended})


@blueprint.post("/api/sessions/end-others")
@limiter.limit(DEVICE)
@same_origin
@needs_person
def end_others() -> Response:
    """Sign her out everywhere but here; the other phones are alerted no more."""
    person_id, here = person().id, current_user.handle
    with writing():
        ended = people.end_sessions(person_id, but=here)
        alerts.silence(person_id, ended)
    return answer({"ended": ended})
