"""Her file and her account's end, as a browser asks for them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import PASSWORD, SAME_ORIGIN, Cast, Client, Phone, offer
from webapp import create_app
from webapp.database import now, reading, writing
from webapp.people import Person, Session
from webapp.routes.limits import limiter


def erase(phone: Phone, body: Any) -> Any:
    return phone.client.post("/api/erase", json=body, headers=SAME_ORIGIN)


def people_there() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Person)) or 0


def test_everything_of_hers_comes_as_a_file_that_a_person_can_read(cast: Cast) -> None:
    cast.donor.publish(offer(note="by the old library"))
    response = cast.donor.client.get("/api/mine")
    assert response.headers["Content-Disposition"] == 'attachment; filename="milkwell.json"'
    assert response.mimetype == "application/json"
    assert response.headers["Cache-Control"] == "no-store"
    text = response.get_data(as_text=True)
    assert text.count("\n") > 30
    assert json.loads(text)["listings"][0]["fields"]["note"] == "by the old library"


def test_nobody_signed_out_or_suspended_gets_a_file(cast: Cast) -> None:
    assert cast.stranger.get("/api/mine").status_code == 401
    assert cast.stranger.post("/api/erase", json={}, headers=SAME_ORIGIN).status_code == 401
    donor_id = cast.donor.person_id
    with writing() as session:
        session.get_one(Person, donor_id).suspended_at = now()
    assert cast.donor.client.get("/api/mine").status_code == 403


def test_the_right_password_erases_at_once_and_takes_the_cookie(cast: Cast) -> None:
    second = cast.phone(cast.donor.person_id)
    response = erase(cast.donor, {"password": PASSWORD})
    assert (response.status_code, response.json) == (200, {})
    assert cast.donor.client.get_cookie("milkwell") is None
    assert people_there() == 0
    for phone in (cast.donor, second):
        assert phone.client.get("/api/devices").status_code == 401
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Session)) == 0


def test_a_wrong_password_erases_nothing_and_says_so(cast: Cast) -> None:
    response = erase(cast.donor, {"password": "another sentence"})
    assert response.status_code == 403
    assert response.json == {
        "error": "wrong_password",
        "message": "That isn't your password. Nothing was erased.",
    }
    assert people_there() == 1
    assert cast.donor.client.get("/api/devices").status_code == 200


@pytest.mark.parametrize("body", [{}, [], "text", {"password": None}, {"password": ["a"]}])
def test_without_a_password_nothing_is_erased(cast: Cast, body: Any) -> None:
    assert erase(cast.donor, body).status_code == 400
    assert people_there() == 1


def test_another_site_can_not_erase_her_nor_a_form(cast: Cast) -> None:
    body = {"json": {"password": PASSWORD}}
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        refused = cast.donor.client.post("/api/erase", headers=headers, **body)
        assert refused.json["error"] == "other_origin"
    as_form = cast.donor.client.post("/api/erase", data={"password": PASSWORD}, headers=SAME_ORIGIN)
    assert as_form.status_code == 415
    assert people_there() == 1


@pytest.fixture
def limited(site: Flask, cast: Cast, tmp_path: Path) -> Iterator[Flask]:
    """The same site with rate limits, which all sites of a process share."""
    made = create_app(replace(site.config["SETTINGS"], rate_limits=True, data=tmp_path))
    made.test_client_class = Client
    yield made
    limiter.reset()
    limiter.enabled = False


def test_guessing_at_the_password_is_limited(limited: Flask) -> None:
    client = limited.test_client()
    codes = [client.post("/api/erase", json={}, headers=SAME_ORIGIN).status_code for _ in range(12)]
    assert codes == [401] * 10 + [429] * 2


def test_erasing_one_leaves_the_others_signed_in(cast: Cast) -> None:
    cast.recipient.sync()
    erase(cast.donor, {"password": PASSWORD})
    assert cast.recipient.send().status_code == 200
    assert people_there() == 1
