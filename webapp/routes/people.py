"""Signing up, in and out: ordinary pages that need no script."""

from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from webapp import alerts, people
from webapp.database import writing
from webapp.people import Person, Session, SignInForm, SignUpForm, codes
from webapp.routes.access import is_signed_in, keep_cookie, local, same_origin
from webapp.routes.limits import SIGN_IN, SIGN_UP, limiter
from webapp.routes.words import language

blueprint = Blueprint("people", __name__)


@blueprint.get("/sign-up")
def new() -> str:
    """The form for a new account."""
    return _page("people/sign_up.html", SignUpForm())


@blueprint.post("/sign-up")
@limiter.limit(SIGN_UP)
def create() -> AnyResponse | tuple[str, int]:
    """A new account, signed in at once; then /welcome."""
    form = SignUpForm()
    if form.validate():
        with writing():
            made = people.sign_up(form.name.data, form.email.data, form.password.data, language())
            session = people.start_session(made, browser()) if made else None
            if made:
                alerts.send_digits(made, codes.CONFIRM, made.email)
        if session:
            sign_in_with(session)
            return redirect(_with_next("/welcome", local(request.form.get("next", ""))))
        form.email.errors = [_("This address has an account already. Sign in instead.")]
    return _page("people/sign_up.html", form), 422


@blueprint.get("/sign-in")
def sign_in() -> str:
    """The form for an existing account."""
    return _page("people/sign_in.html", SignInForm())


@blueprint.post("/sign-in")
@limiter.limit(SIGN_IN)
def start() -> AnyResponse | tuple[str, int]:
    """A session for whoever knows address and password."""
    form = SignInForm()
    person = people.authenticate(form.email.data, form.password.data) if form.validate() else None
    if person is None:
        if not form.errors:
            form.password.errors = [_("Address and password don't fit together.")]
        return _page("people/sign_in.html", form), 422
    if person.suspended_at:
        form.email.errors = [_("This account is suspended. Whoever hosts this site can say why.")]
        return _page("people/sign_in.html", form), 403
    person_id = person.id
    with writing() as written:
        session = people.start_session(written.get_one(Person, person_id), browser())
    sign_in_with(session)
    return redirect(local(request.form.get("next", "")) or "/nearby")


@blueprint.post("/sign-out")
@same_origin
def sign_out() -> AnyResponse:
    """End this browser's session; answers the same when there is none."""
    if is_signed_in():
        session_id = current_user.get_id()
        with writing() as written:
            if found := written.get(Session, session_id):
                people.end_session(found)
    logout_user()
    if request.accept_mimetypes.best == "application/json":
        return Response(status=204)
    return redirect("/")


def sign_in_with(session: Session) -> None:
    """Let this browser's cookie hold this session from now on."""
    login_user(session)
    # flask-login's fingerprint of address and browser: the cookie is to hold an id alone.
    cookie.pop("_id", None)
    keep_cookie()


def browser() -> str:
    """What she knows the browser by that asks."""
    return people.described(request.user_agent.string)


def _page(template: str, form: SignInForm | SignUpForm) -> str:
    onward = local(request.values.get("next", ""))
    return render_template(template, form=form, next=onward)


def _with_next(address: str, onward: str) -> str:
    return f"{address}?{urlencode({'next': onward})}" if onward else address
