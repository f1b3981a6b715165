"""Six digits that came by e-mail: confirming an address, setting a new password. No script."""

from flask import Blueprint, current_app, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp import alerts, people
from webapp.config import Settings
from webapp.database import writing
from webapp.people import (
    AddressForm,
    CodeForm,
    ForgottenForm,
    NewPasswordForm,
    Person,
    codes,
)
from webapp.routes.access import needs_account, person
from webapp.routes.limits import DIGITS, DIGITS_TO_ONE, TYPED, limiter
from webapp.routes.people import browser, sign_in_with

blueprint = Blueprint("codes", __name__)

Page = str | tuple[str, int]


def asked_address() -> str:
    """Whom digits are asked for: nobody is to fill another's letter box."""
    return f"digits to {request.form.get('email', '').strip().lower()}"


def asked_person() -> str:
    """The same of somebody signed in."""
    return f"digits of {person().id}" if current_user.is_authenticated else "digits of nobody"


@blueprint.get("/confirm")
@needs_account
def confirm() -> Page:
    """Where she types the digits, has them sent again, or corrects her address."""
    return _confirm_page(CodeForm(), AddressForm())


@blueprint.post("/confirm")
@limiter.limit(TYPED)
@needs_account
def confirmed() -> Page | Response:
    """The address is hers, if the digits fit."""
    form, person_id = CodeForm(), person().id
    if form.validate():
        with writing() as session:
            errors = codes.confirm(session.get_one(Person, person_id), form.code.data)
        if not errors:
            return redirect("/confirm")
        form.code.errors = errors["code"]
    return _confirm_page(form, AddressForm(formdata=None)), 422


@blueprint.post("/confirm/again")
@limiter.limit(DIGITS)
@limiter.limit(DIGITS_TO_ONE, key_func=asked_person)
@needs_account
def confirm_again() -> Page | Response:
    """Send other digits to the address that waits to be confirmed."""
    form = CodeForm()
    # Its one field belongs to the other form of the page: only the token is looked at.
    del form.code
    if not form.validate():
        return _confirm_page(CodeForm(formdata=None), AddressForm(formdata=None), stale=True), 422
    waiting = codes.pending(person())
    return _send_digits(waiting.address if waiting else person().email)


@blueprint.post("/confirm/address")
@limiter.limit(DIGITS)
@limiter.limit(DIGITS_TO_ONE, key_func=asked_person)
@needs_account
def confirm_address() -> Page | Response:
    """Send digits to another address, which is hers as soon as she types them."""
    form = AddressForm()
    if form.validate():
        if people.knows_password(person(), form.password.data):
            return _send_digits(form.email.data)
        form.password.errors = [_("That isn't your password.")]
    return _confirm_page(CodeForm(formdata=None), form), 422


@blueprint.get("/reset")
def forgotten() -> Page:
    """Where she says whose password is forgotten."""
    return render_template("people/forgotten.html", form=ForgottenForm())


@blueprint.post("/reset")
@limiter.limit(DIGITS)
@limiter.limit(DIGITS_TO_ONE, key_func=asked_address)
def ask() -> Page:
    """Send digits to the address, should it have an account; nobody looks for it here."""
    form = ForgottenForm()
    if not form.validate():
        return render_template("people/forgotten.html", form=form), 422
    with writing():
        codes.ask(codes.RESET, form.email.data)
    typing = NewPasswordForm(formdata=None, data={"email": form.email.data})
    return render_template("people/new_password.html", form=typing, asked=True)


@blueprint.get("/reset/code")
def type_code() -> Page:
    """Where she types the digits and the password from now on."""
    return render_template("people/new_password.html", form=NewPasswordForm())


@blueprint.post("/reset/code")
@limiter.limit(TYPED)
def reset() -> Page | Response:
    """The new password holds, if the digits fit; she is signed out everywhere else."""
    form = NewPasswordForm()
    if form.validate():
        with writing():
            found = codes.reset(form.email.data, form.code.data, form.password.data)
            if found:
                people.end_sessions(found.id)
                alerts.silence(found.id)
            session = people.start_session(found, browser()) if found else None
        if session:
            sign_in_with(session)
            return redirect("/nearby")
        form.code.errors = [codes.wrong()]
    return render_template("people/new_password.html", form=form), 422


def _send_digits(address: str) -> Page | Response:
    person_id = person().id
    with writing() as session:
        her = session.get_one(Person, person_id)
        sent = alerts.send_digits(her, codes.CONFIRM, address)
    if sent:
        return redirect("/confirm")
    form = CodeForm(formdata=None)
    form.code.errors = [_("That was often for one day. Go on tomorrow.")]
    return _confirm_page(form, AddressForm(formdata=None)), 429


def _confirm_page(form: CodeForm, address: AddressForm, stale: bool = False) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    waiting = codes.pending(person())
    return render_template(
        "people/confirm.html",
        form=form,
        address_form=address,
        stale=stale,
        waiting=waiting.address if waiting else "",
        email=person().email,
        confirmed=person().confirmed_at is not None,
        sends_mail=settings.mails,
    )
