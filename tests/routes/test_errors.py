"""Each error, really caused: a page in the app's own face, JSON where a program asked."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from tests.cast import SAME_ORIGIN, Cast, Client
from webapp import alerts, create_app
from webapp.routes.limits import limiter

SIGN_IN = {"email": "rosa@example.org", "password": "a sentence to sign in with"}


def beside(site: Flask, data: Path, **settings: Any) -> Flask:
    """Another app on the same machine, with settings of its own."""
    alerts.make_keys(data)
    made = create_app(replace(site.config["SETTINGS"], data=data, **settings))
    made.config["WTF_CSRF_ENABLED"] = False
    made.test_client_class = Client
    return made


def broken(site: Flask, data: Path) -> FlaskClient:
    """A site whose database is no database."""
    file = data / "milkwell.db"
    file.write_bytes(b"not a database " * 500)
    return beside(site, data, database_url=f"sqlite:///{file}").test_client()


def away(site: Flask, data: Path) -> FlaskClient:
    """A site whose database can't be reached."""
    return beside(site, data, database_url=f"sqlite:///{data}/nowhere/milkwell.db").test_client()


def guarded(site: Flask, data: Path) -> FlaskClient:
    """A site with a page that is not everybody's."""
    made = beside(site, data)
    made.add_url_rule("/hers", "hers", lambda: abort(403))
    made.add_url_rule("/api/hers", "api_hers", lambda: abort(403))
    return made.test_client()


def assert_page(response: Any, status: int, title: str, way_on: str) -> None:
    """A whole page in the app's own face that says what is so and what she can do."""
    assert response.status_code == status
    assert response.mimetype == "text/html"
    page = response.get_data(as_text=True)
    assert f"<title>{title} · Milkwell</title>" in page
    assert f"<h1>{title}</h1>" in page
    main = page.partition("<main")[2].partition("</main>")[0]
    assert re.search(rf'<a class="button main" href="{way_on}">', main)
    assert f"Error {status}" in main
    assert "Content-Security-Policy" in response.headers
    assert "Traceback" not in page


def test_an_address_that_is_nowhere_is_404(cast: Cast) -> None:
    assert_page(cast.stranger.get("/nowhere"), 404, "Not here", "/nearby")
    assert cast.stranger.get("/api/nowhere").json["error"] == "not_found"


def test_a_page_that_is_not_hers_is_403(site: Flask, tmp_path: Path) -> None:
    client = guarded(site, tmp_path)
    assert_page(client.get("/hers"), 403, "Not yours to see", "/sign-in")
    assert client.get("/api/hers").json["error"] == "forbidden"


def test_more_than_we_take_at_once_is_413(site: Flask, cast: Cast, tmp_path: Path) -> None:
    form = SIGN_IN | {"password": "x" * 3_000_000}
    assert_page(
        beside(site, tmp_path).test_client().post("/sign-in", data=form), 413, "Too large", ""
    )
    body = {"protocol": 1, "operations": ["x" * 3_000_000]}
    refused = cast.donor.client.post("/api/sync", json=body, headers=SAME_ORIGIN)
    assert (refused.status_code, refused.json["error"]) == (413, "too_large")


def test_too_often_is_429_and_says_when_to_come_back(site: Flask, tmp_path: Path) -> None:
    enabled = limiter.enabled
    try:
        client = beside(site, tmp_path, rate_limits=True).test_client()
        while (response := client.post("/sign-in", data={})).status_code == 422:
            pass
        assert_page(response, 429, "One moment", "")
        assert response.headers["Retry-After"]
    finally:
        limiter.reset()
        limiter.enabled = enabled


def test_what_breaks_here_is_500_and_tells_nothing_of_what_she_wrote(
    site: Flask, tmp_path: Path
) -> None:
    response = broken(site, tmp_path).post("/sign-in", data=SIGN_IN)
    assert_page(response, 500, "Our mistake", "")
    assert SIGN_IN["email"] not in response.get_data(as_text=True)


def test_a_database_out_of_reach_is_503_and_says_when_to_come_back(
    site: Flask, tmp_path: Path
) -> None:
    response = away(site, tmp_path).post("/sign-in", data=SIGN_IN)
    assert_page(response, 503, "Not ready yet", "")
    assert response.headers["Retry-After"]


@pytest.mark.parametrize(
    ("make", "status", "code"), [(broken, 500, "failed"), (away, 503, "not_ready")]
)
def test_a_program_is_told_in_json(
    site: Flask,
    tmp_path: Path,
    make: Callable[[Flask, Path], FlaskClient],
    status: int,
    code: str,
) -> None:
    client = make(site, tmp_path)
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "0190a5b2-0000-7000-8000-000000000000"
    response = client.post("/api/sync", json={"protocol": 1}, headers=SAME_ORIGIN)
    assert (response.status_code, response.json["error"]) == (status, code)
    assert response.json["message"]


def test_shells_open_while_the_database_is_away(site: Flask, tmp_path: Path) -> None:
    client = away(site, tmp_path)
    for path in ("/", "/nearby", "/guide", "/offline"):
        assert client.get(path).status_code == 200


def test_a_form_that_stood_open_for_long_says_so(site: Flask, cast: Cast) -> None:
    for path in ("/sign-in", "/sign-up"):
        response = cast.stranger.post(path, data=SIGN_IN | {"name": "Rosa"})
        assert response.status_code == 422
        assert "This page stood open for long" in response.get_data(as_text=True)
