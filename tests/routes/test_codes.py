"""Confirming an address and setting a new password, on ordinary pages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import PASSWORD, Cast, Client, offer, request
from tests.messages.pen import Pen
from webapp import create_app, people
from webapp.alerts import Device, Mail, post
from webapp.alerts.mail import Files
from webapp.config import Settings
from webapp.database import db, now, reading, writing
from webapp.people import Code, Person, Session, codes
from webapp.routes.limits import limiter

EMAIL = "rosa@example.org"
NEW = "another sentence to sign in with"


def form(client: FlaskClient, page: str, action: str = "", **fields: str) -> Any:
    """Fill in the form of a page and send it."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)
    assert found, page
    return client.post(action or page, data=fields | {"csrf_token": found[1]})


def digits(app: Flask) -> str:
    """Of the newest letter: what the worker wrote, as files."""
    settings: Settings = app.config["SETTINGS"]
    post(Files(settings.data), lambda _alert: None)
    newest = sorted((settings.data / "mail").glob("*.eml"))[-1].read_text()
    found = re.search(r"^(\d{6})\s*$", newest, re.MULTILINE)
    assert found, newest
    return found[1]


def other(right: str) -> str:
    return f"{(int(right) + 1) % 1_000_000:06}"


@pytest.fixture
def rosa(cast: Cast) -> FlaskClient:
    """Somebody who has just signed up."""
    form(cast.stranger, "/sign-up", name="Rosa", email=EMAIL, password=PASSWORD)
    return cast.stranger


@pytest.fixture
def known(rosa: FlaskClient) -> FlaskClient:
    """Somebody whose address is known to be hers."""
    with writing() as session:
        session.scalars(select(Person).where(Person.name == "Rosa")).one().confirmed_at = now()
    return rosa


def her() -> Person:
    db.session.rollback()
    return db.session.scalars(select(Person).where(Person.name == "Rosa")).one()


def test_signing_up_sends_digits_that_confirm_the_address(app: Flask, rosa: FlaskClient) -> None:
    page = rosa.get("/confirm").text
    assert EMAIL in page
    right = digits(app)
    wrong = form(rosa, "/confirm", code=other(right))
    assert wrong.status_code == 422
    assert "don&#39;t fit, or are too old" in wrong.text
    assert form(rosa, "/confirm", code=right).location == "/confirm"
    assert her().confirmed_at
    assert "Confirmed: this address is yours." in rosa.get("/confirm").text


def test_whoever_isnt_signed_in_signs_in_first(cast: Cast, rosa: FlaskClient) -> None:
    client = cast.app.test_client()
    for path in ("/confirm", "/confirm/again", "/confirm/address"):
        answered = client.open(path, method="GET" if path == "/confirm" else "POST")
        assert answered.status_code == 302
        assert answered.location.startswith("/sign-in?next=%2Fconfirm")


def test_new_digits_take_the_place_of_the_old(app: Flask, rosa: FlaskClient) -> None:
    first = digits(app)
    assert form(rosa, "/confirm", "/confirm/again").location == "/confirm"
    second = digits(app)
    assert form(rosa, "/confirm", code=first).status_code == (302 if first == second else 422)
    assert form(rosa, "/confirm", code=second).status_code == 302


def test_another_address_takes_her_password_and_counts_once_confirmed(
    app: Flask, rosa: FlaskClient
) -> None:
    wished = {"email": "June@Example.org", "password": "not hers"}
    refused = form(rosa, "/confirm", "/confirm/address", **wished)
    assert (refused.status_code, "isn&#39;t your password" in refused.text) == (422, True)
    assert "June@Example.org" in refused.text or "june@example.org" in refused.text
    wished["password"] = PASSWORD
    assert form(rosa, "/confirm", "/confirm/address", **wished).status_code == 302
    assert "june@example.org" in rosa.get("/confirm").text
    assert her().email == EMAIL
    assert form(rosa, "/confirm", code=digits(app)).status_code == 302
    assert her().email == "june@example.org"


def test_a_forgotten_password_is_set_anew_and_ends_every_other_session(
    app: Flask, cast: Cast, known: FlaskClient
) -> None:
    digits(app)
    phone = cast.phone(her().id)
    phone.sync()
    with writing() as session:
        session.query(Device).update({"endpoint": "https://push.example/x"})
    client = app.test_client()
    asked = form(client, "/reset", email=EMAIL)
    assert "If that address has an account" in asked.text
    changed = form(client, "/reset/code", email=EMAIL, code=digits(app), password=NEW)
    assert changed.location == "/nearby"
    assert client.get("/api/sessions").status_code == 200
    assert known.get("/api/sessions").status_code == phone.send().status_code == 401
    with reading() as session:
        assert session.query(Session).count() == 1
        assert session.scalars(select(Device.endpoint)).one() is None
        assert people.authenticate(EMAIL, NEW)
        assert people.authenticate(EMAIL, PASSWORD) is None


def test_a_weak_password_spends_no_try(app: Flask, known: FlaskClient) -> None:
    client = app.test_client()
    form(client, "/reset", email=EMAIL)
    right = digits(app)
    for _ in range(6):
        weak = form(client, "/reset/code", email=EMAIL, code=right, password="short")
        assert "Use 8 to 200 characters" in weak.text
    assert form(client, "/reset/code", email=EMAIL, code=right, password=NEW).status_code == 302


def test_an_unknown_address_reads_the_same_at_every_step(app: Flask, rosa: FlaskClient) -> None:
    said: dict[str, list[str]] = {}
    for address in (EMAIL, "nobody@example.org"):
        client = app.test_client()
        pages = [form(client, "/reset", email=address)]
        if address == EMAIL:
            digits(app)
        typed = {"email": address, "code": "no digits", "password": NEW}
        pages += [form(client, "/reset/code", **typed) for _ in range(6)]
        hidden = re.compile(rf'{re.escape(address)}|name="csrf_token"[^>]+>')
        said[address] = [f"{page.status_code} {hidden.sub('', page.text)}" for page in pages]
        assert not any("Set-Cookie" in page.headers for page in pages[1:])
    assert said[EMAIL] == said["nobody@example.org"]


def test_a_form_without_its_token_sends_and_changes_nothing(app: Flask, rosa: FlaskClient) -> None:
    with writing() as session:
        session.query(Code).delete()
    for path, fields in (
        ("/confirm", {"code": "123456"}),
        ("/confirm/again", {}),
        ("/confirm/address", {"email": "june@example.org", "password": PASSWORD}),
        ("/reset", {"email": EMAIL}),
        ("/reset/code", {"email": EMAIL, "code": "123456", "password": NEW}),
    ):
        assert rosa.post(path, data=fields).status_code == 422, path
    with reading() as session:
        assert session.query(Code).count() == session.query(Mail).count() == 0


def test_a_day_holds_ten_letters_with_digits(rosa: FlaskClient) -> None:
    for _ in range(codes.MOST_A_DAY - 1):
        assert form(rosa, "/confirm", "/confirm/again").status_code == 302
    often = form(rosa, "/confirm", "/confirm/again")
    assert (often.status_code, "Go on tomorrow" in often.text) == (429, True)


@pytest.fixture
def limited(site: Flask, cast: Cast) -> Iterator[Flask]:
    """The same site with rate limits, which all sites of a process share."""
    made = create_app(replace(site.config["SETTINGS"], rate_limits=True))
    made.test_client_class = Client
    limiter.reset()
    yield made
    limiter.reset()
    limiter.enabled = False


def test_asking_is_limited_by_address_whether_it_has_an_account_or_not(limited: Flask) -> None:
    for address in (EMAIL, "nobody@example.org"):
        codes_of = []
        for number in range(6):
            client = limited.test_client()
            environ = {"REMOTE_ADDR": f"192.0.2.{number}"}
            sent = client.post("/reset", data={"email": address}, environ_base=environ)
            codes_of.append(sent.status_code)
        assert codes_of == [422] * 5 + [429]


def test_asking_and_typing_are_limited_by_who_asks(limited: Flask) -> None:
    client = limited.test_client()
    asked = [client.post("/reset", data={"email": f"{n}@example.org"}) for n in range(6)]
    typed = [client.post("/reset/code", data={"email": f"{n}@example.org"}) for n in range(21)]
    assert [page.status_code for page in asked] == [422] * 5 + [429]
    assert [page.status_code for page in typed] == [422] * 20 + [429]


@pytest.fixture
def mailing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site hands its letters to a mail server."""
    settings = replace(app.config["SETTINGS"], smtp="smtp://127.0.0.1:2525")
    monkeypatch.setitem(app.config, "SETTINGS", settings)


def test_no_first_letter_without_a_confirmed_address_once_mail_is_configured(
    cast: Cast, mailing: None
) -> None:
    listing, mine = cast.donor.publish(offer()), cast.recipient.publish(request())
    pen = Pen(cast.recipient, listing, mine)
    said = pen.write("Does it smell of soap?")
    assert said["outcome"] == "rejected"
    assert said["errors"] == {
        "": ["Confirm your e-mail address under Me, then send this again. It is kept."]
    }
    with writing() as session:
        session.get_one(Person, cast.recipient.person_id).confirmed_at = now()
    assert pen.write("Does it smell of soap?")["outcome"] == "done"
    # Who is written to may answer without.
    answer = Pen(cast.donor, mine, listing, starter=cast.recipient).write("Not at all.")
    assert answer["outcome"] == "done"
