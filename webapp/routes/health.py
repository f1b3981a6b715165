"""Whether this process lives, and whether it can do its work."""

from flask import Blueprint, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from webapp.database import reading
from webapp.routes.answers import answer, refuse

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """This process answers."""
    return answer({"status": "ok"})


@blueprint.get("/readyz")
def ready() -> Response:
    """The database answers, and its tables are there."""
    try:
        with reading() as session:
            session.execute(text("SELECT seq FROM feed_counter"))
    except SQLAlchemyError:
        return refuse(503, "not_ready", "The database is not ready.", retry_after=5)
    return answer({"status": "ok"})
