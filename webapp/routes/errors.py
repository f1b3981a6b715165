"""The one place that turns exceptions into answers: JSON for programs, a page for people."""

import logging

from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from webapp.routes.answers import refuse
from webapp.routes.bodies import NotJson

log = logging.getLogger(__name__)

CODES = {
    400: "malformed",
    401: "signed_out",
    403: "forbidden",
    404: "not_found",
    405: "wrong_method",
    413: "too_large",
    415: "not_json",
    429: "too_often",
    500: "failed",
    503: "not_ready",
}
RETRY_AFTER_SECONDS = 30


def init_errors(app: Flask) -> None:
    """Give every error its words and its shape."""
    app.register_error_handler(NotJson, lambda _error: refuse(400, "not_json", _not_json()))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    title, text = _words(status)
    retry_after = RETRY_AFTER_SECONDS if status in (429, 503) else None
    if request.path.startswith("/api/"):
        return refuse(status, CODES.get(status, "failed"), text, retry_after)
    page = render_template("errors/error.html", code=status, title=title, text=text)
    response = make_response(page, status)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _unexpected(error: Exception) -> Response:
    log.exception("a request failed", extra=_request(500))
    return _http(InternalServerError(original_exception=error))


def _database_away(_error: OperationalError) -> Response:
    # Locked for long, out of reach, or not made yet: it may well come back by itself.
    log.exception("a request found no database", extra=_request(503))
    return _http(ServiceUnavailable())


def _request(status: int) -> dict[str, object]:
    # The rule and not the address: what stands in that may be hers.
    rule = str(request.url_rule)
    return {"event": "request", "method": request.method, "rule": rule, "status": status}


def _not_json() -> str:
    return _("The request isn't JSON.")


def _words(status: int) -> tuple[str, str]:
    """What is so, and what she can do."""
    known = {
        403: (
            _("Not yours to see"),
            _("This page belongs to somebody else. If it is yours, sign in as yourself."),
        ),
        404: (
            _("Not here"),
            _("There is no such page. It may have been taken back, or its address is cut short."),
        ),
        405: (_("Not that way"), _("This address doesn't take that kind of request.")),
        413: (
            _("Too large"),
            _("That is more than we can take at once. Make it shorter, then send it again."),
        ),
        429: (_("One moment"), _("That was often. Wait a minute or two, then try again.")),
        500: (
            _("Our mistake"),
            _(
                "Something broke here, not on your phone. What is saved on your phone is still "
                "there. Try again; if it happens twice, tell whoever hosts this site."
            ),
        ),
        503: (
            _("Not ready yet"),
            _(
                "The site is starting, or has too much to do. What is saved on your phone is "
                "still there. Try again in half a minute."
            ),
        ),
    }
    return known.get(status, (_("That didn't work"), _("Go back and try again.")))
