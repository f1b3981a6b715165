"""Searching places over HTTP."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.cast import SAME_ORIGIN, Cast, Client, offer, operation
from webapp import create_app, geo
from webapp.database import uuid7


@pytest.mark.parametrize(
    ("q", "name", "country"),
    [("gresh", "Gresham", "US"), ("97030", "Gresham", "US"), ("wien", "Vienna", "AT")],
)
def test_a_prefix_or_a_postcode_finds_the_best_place_first(
    cast: Cast, q: str, name: str, country: str
) -> None:
    found = cast.stranger.get("/api/places", query_string={"q": q}).json["places"]
    assert (found[0]["name"], found[0]["country"]) == (name, country)
    assert found[0]["units"] == ("oz" if country == "US" else "ml")
    assert found[0]["time_zone"]


@pytest.mark.parametrize("q", ["", " ", '"', "a OR b*", "x" * 10_000, "😀", "\x00", "name:*"])
def test_whatever_is_typed_is_answered(cast: Cast, q: str) -> None:
    response = cast.stranger.get("/api/places", query_string={"q": q})
    assert response.status_code == 200
    assert isinstance(response.json["places"], list)


@pytest.fixture
def site_without_places(site: Flask, tmp_path: Path) -> Flask:
    settings = replace(site.config["SETTINGS"], places=tmp_path / "none.db")
    made = create_app(settings)
    made.test_client_class = Client
    return made


def test_while_the_index_is_built_places_answer_503(site_without_places: Flask) -> None:
    response = site_without_places.test_client().get("/api/places?q=gre")
    assert response.status_code == 503
    assert response.headers["Retry-After"]


def test_an_operation_that_needs_the_index_waits_for_it(
    cast: Cast, site: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = operation("listing.publish", uuid7(), offer(place="geonames:5729485"))
    whole = site.extensions["places"]
    monkeypatch.setitem(site.extensions, "places", geo.Places(tmp_path / "none.db"))
    assert cast.donor.sync(made)[0]["outcome"] == "waiting"
    monkeypatch.setitem(site.extensions, "places", whole)
    assert cast.donor.sync(made)[0]["outcome"] == "done"


def test_a_page_of_nearby_goes_on_where_the_last_one_ended(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from webapp.sync import pulling

    monkeypatch.setattr(pulling, "PAGE", 2)
    published = [cast.donor.publish(offer()) for _ in range(5)]
    seen: list[str] = []
    before: str | None = ""
    while before is not None:
        page = cast.recipient.client.get(
            "/api/nearby", query_string={"kind": "offer", "before": before}, headers=SAME_ORIGIN
        ).json
        seen += [card["id"] for card in page["cards"]]
        before = page.get("next")
    assert seen == published[::-1]
