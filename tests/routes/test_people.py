"""Signing up, in and out on ordinary pages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.cast import PASSWORD, SAME_ORIGIN, Cast, Client
from webapp import create_app, people
from webapp.database import now, reading, writing
from webapp.people import Consent, Person, Session
from webapp.routes.limits import limiter
from webapp.routes.people import local

EMAIL = "rosa@example.org"


def token(client: FlaskClient, path: str) -> str:
    page = client.get(path).get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, page
    return found[1]


def sign_up(client: FlaskClient, **changed: str) -> str:
    """Sign up; gives the page, or where it leads."""
    form = {"name": "Rosa", "email": EMAIL, "password": PASSWORD} | changed
    form["csrf_token"] = token(client, "/sign-up")
    response = client.post("/sign-up", data=form)
    return response.headers.get("Location") or response.get_data(as_text=True)


def sign_in(client: FlaskClient, **changed: str) -> str:
    """Sign in; gives the page, or where it leads."""
    form = {"email": EMAIL, "password": PASSWORD} | changed
    form["csrf_token"] = token(client, "/sign-in")
    response = client.post("/sign-in", data=form)
    return response.headers.get("Location") or response.get_data(as_text=True)


def test_signing_up_signs_in_and_leads_to_welcome_and_onward(cast: Cast) -> None:
    client = cast.stranger
    assert sign_up(client, next="/offers/new") == "/welcome?next=%2Foffers%2Fnew"
    assert client.get("/api/devices").status_code == 200


def test_the_cookie_lives_90_days_and_holds_no_more_than_an_id(cast: Cast) -> None:
    sign_up(cast.stranger)
    cookie = cast.stranger.get_cookie("milkwell")
    assert cookie
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert cookie.max_age is None or cookie.max_age > 0
    assert cookie.expires
    assert timedelta(days=89) < cookie.expires - now() < timedelta(days=91)
    with cast.stranger.session_transaction() as held:
        assert {"_user_id", "_fresh", "_permanent", "csrf_token"} >= set(held)


def test_signing_out_ends_the_row_so_that_a_kept_cookie_opens_nothing(cast: Cast) -> None:
    sign_up(cast.stranger)
    with cast.stranger.session_transaction() as held:
        kept = dict(held)
    assert cast.stranger.post("/sign-out", headers=SAME_ORIGIN).status_code == 302
    with cast.stranger.session_transaction() as held:
        held.update(kept)
    assert cast.stranger.get("/api/devices").status_code == 401
    again = cast.stranger.post("/sign-out", headers={**SAME_ORIGIN, "Accept": "application/json"})
    assert again.status_code == 204


def test_a_session_rolls_for_90_days_and_then_ends(cast: Cast) -> None:
    phone = cast.donor
    phone.sync()
    with writing() as session:
        session.query(Session).update({"seen_at": now() - timedelta(days=89)})
    rolled = phone.send()
    assert rolled.status_code == 200
    assert "Set-Cookie" in rolled.headers
    assert "Set-Cookie" not in phone.send().headers
    with writing() as session:
        session.query(Session).update({"seen_at": now() - timedelta(days=91)})
    assert phone.send().status_code == 401


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": "no address"}, "doesn&#39;t look like an e-mail address"),
        ({"email": ""}, "needs an answer"),
        ({"password": "short"}, "Use 8 to 200 characters"),
        ({"password": "x" * 201}, "Use 8 to 200 characters"),
        ({"name": ""}, "needs an answer"),
        ({"name": "x" * 81}, "80 is the most"),
    ],
)
def test_bad_sign_ups_are_refused_in_words_and_keep_what_was_typed(
    cast: Cast, changed: dict[str, str], said: str
) -> None:
    page = sign_up(cast.stranger, **changed)
    assert said in page
    if changed.get("name") is None:
        assert 'value="Rosa"' in page
    assert PASSWORD not in page


def test_one_address_has_one_account_whatever_its_case(cast: Cast) -> None:
    sign_up(cast.stranger)
    assert "has an account already" in sign_up(cast.app.test_client(), email="ROSA@Example.org")


def test_a_wrong_password_and_an_unknown_address_answer_alike(cast: Cast) -> None:
    sign_up(cast.stranger)
    client = cast.app.test_client()
    wrong = sign_in(client, password="another sentence")
    unknown = sign_in(client, email="nobody@example.org")
    assert "don&#39;t fit together" in wrong
    assert "don&#39;t fit together" in unknown


def test_signing_in_goes_where_she_was(cast: Cast) -> None:
    sign_up(cast.stranger)
    assert sign_in(cast.app.test_client(), next="/outbox") == "/outbox"
    assert sign_in(cast.app.test_client(), next="//evil.example") == "/nearby"


@pytest.mark.parametrize(
    "address", ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "/a\nb", ""]
)
def test_next_never_leads_off_this_site(address: str) -> None:
    assert local(address) == ""


def test_a_form_without_its_token_is_refused(cast: Cast) -> None:
    form = {"name": "Rosa", "email": EMAIL, "password": PASSWORD}
    assert cast.stranger.post("/sign-up", data=form).status_code == 422
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_welcome_keeps_place_and_dated_consent(cast: Cast) -> None:
    sign_up(cast.stranger)
    with reading() as session:
        person_id = session.scalar(select(Person.id))
    assert person_id
    phone = cast.phone(person_id)
    fields = {
        "place": "postcode:US:97030",
        "reach_km": "48",
        "time_zone": "America/Los_Angeles",
        "units": "oz",
        "writes_as": "guardian",
        "adult": "y",
        "may_keep": "y",
        "consent_version": "1",
    }
    for missing in ("adult", "may_keep", "place", "time_zone"):
        some = {name: value for name, value in fields.items() if name != missing}
        assert missing in phone.do("person.welcome", person_id, some)["errors"]
    assert (
        "time_zone"
        in phone.do("person.welcome", person_id, fields | {"time_zone": "Mars/Olympus"})["errors"]
    )
    assert (
        "consent_version"
        in phone.do("person.welcome", person_id, fields | {"consent_version": "0"})["errors"]
    )
    result = phone.do("person.welcome", person_id, fields)
    (row,) = result["rows"]["person"]
    assert row["welcomed"] is True
    assert row["cell"]["near"] == "Gresham"
    assert row["place"]["id"].startswith("cell:")
    with reading() as session:
        given = session.execute(select(Consent.what, Consent.version, Consent.given_at)).all()
    assert {(what, version) for what, version, _at in given} == {("adult", "1"), ("may_keep", "1")}
    assert all(now() - at < timedelta(minutes=1) for _what, _version, at in given)


@pytest.fixture
def limited(site: Flask, cast: Cast, tmp_path: Path) -> Iterator[Flask]:
    """The same site with rate limits, which all sites of a process share."""
    made = create_app(replace(site.config["SETTINGS"], rate_limits=True, data=tmp_path))
    made.test_client_class = Client
    yield made
    limiter.reset()
    limiter.enabled = False


def test_sign_in_is_limited_by_address(limited: Flask) -> None:
    client = limited.test_client()
    form = {"email": EMAIL, "password": "wrong"}
    codes = [client.post("/sign-in", data=form).status_code for _ in range(12)]
    assert codes[:10] == [422] * 10
    assert codes[10:] == [429] * 2
    refused = client.post("/sign-in", data=form)
    assert refused.headers["Retry-After"]
    assert "One moment" in refused.get_data(as_text=True)


def test_a_suspended_person_is_told_so_and_gets_no_session(cast: Cast) -> None:
    sign_up(cast.stranger)
    with writing() as session:
        person = session.query(Person).one()
        people.suspend(person)
    client = cast.app.test_client()
    assert "This account is suspended." in sign_in(client)
    assert "don&#39;t fit together" in sign_in(client, password="another sentence")
    assert client.get("/api/devices").status_code == 401
    with writing() as session:
        assert session.query(Session).count() == 0
        people.restore(session.query(Person).one())
    assert sign_in(client) == "/nearby"


def test_nothing_personal_is_logged(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    sign_up(cast.stranger)
    sign_in(cast.stranger, password="wrong wrong")
    assert EMAIL not in caplog.text
    assert "Rosa" not in caplog.text
