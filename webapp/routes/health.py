"""Whether this process lives, and whether the site can do its work."""

from flask import Blueprint, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from webapp import alerts
from webapp.database import now, reading
from webapp.routes.answers import answer, refuse

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """This process answers."""
    return answer({"status": "ok"})


@blueprint.get("/readyz")
def ready() -> Response:
    """The database answers, its tables are there, and a worker was seen within a minute."""
    try:
        with reading() as session:
            session.execute(text("SELECT seq FROM feed_counter"))
            at_work = alerts.worker_at_work(now())
    except SQLAlchemyError:
        return refuse(503, "not_ready", "The database is not ready.", retry_after=5)
    if not at_work:
        return refuse(503, "no_worker", "No worker was seen for a minute.", retry_after=15)
    return answer({"status": "ok"})
