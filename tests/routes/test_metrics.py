"""What monitoring asks: whether the site can work, and its figures, for whoever has the token."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from tests.alerts.test_operating import APPLE, MOZILLA, told
from tests.cast import Cast, offer, request
from webapp import alerts
from webapp.database import now, reading, writing
from webapp.people import Person
from webapp.worker import match

TOKEN = "a-token-of-a-test"


@pytest.fixture
def watched(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The app with metrics switched on."""
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], metrics=TOKEN))
    return app


def figures(cast: Cast) -> dict[tuple[str, ...], float]:
    """{(name, *values of labels, by label): value} as Prometheus's own parser reads them."""
    answer = cast.stranger.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    families = text_string_to_metric_families(answer.get_data(as_text=True))
    return {
        (sample.name, *(value for _name, value in sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def test_without_the_setting_there_are_no_metrics(cast: Cast) -> None:
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}"}):
        assert cast.stranger.get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize(
    "given", ["", "Bearer ", f"Bearer {TOKEN}x", "Bearer \u00fc", f"Basic {TOKEN}"]
)
def test_without_the_token_nothing_is_told(watched: Flask, cast: Cast, given: str) -> None:
    answer = cast.stranger.get("/metrics", headers={"Authorization": given})
    assert answer.status_code == 401
    assert answer.get_data() == b""


def test_the_figures_are_those_of_the_database(watched: Flask, cast: Cast) -> None:
    cast.donor.publish(offer())
    match()
    cast.recipient.publish(request())
    told(cast.donor, MOZILLA, hours_ago=2)
    told(cast.donor, MOZILLA, due_at=now() + timedelta(hours=1))
    told(cast.donor, APPLE, "given_up", "answered 403")
    suspended = cast.outsider.person_id
    with writing() as session:
        alerts.beat()
        session.get_one(Person, suspended).suspended_at = now()
    read = figures(cast)
    assert read["milkwell_deliveries_waiting", "now"] == 1
    assert read["milkwell_deliveries_waiting", "later"] == 1
    assert 7200 <= read["milkwell_deliveries_oldest_due_seconds",] < 7300
    assert read["milkwell_mails_waiting", "now"] == read["milkwell_mails_oldest_due_seconds",] == 0
    assert read["milkwell_deliveries", "", "push.services.mozilla.com", "due"] == 2
    assert read["milkwell_deliveries", "answered 403", "push.apple.com", "given_up"] == 1
    assert read["milkwell_devices", "alerted", "push.apple.com"] == 1
    assert read["milkwell_devices_by_key", "newest"] == 3
    assert abs(read["milkwell_worker_seen_timestamp_seconds",] - now().timestamp()) < 60
    assert read["milkwell_matches_due", "listing"] == 1
    assert read["milkwell_people", "suspended"] == 1
    assert read["milkwell_people", "open"] == 2
    assert read["milkwell_listings", "offer", "open"] == 1


def test_a_name_that_somebody_chose_before_a_known_host_does_not_stand_in_the_figures(
    watched: Flask, cast: Cast
) -> None:
    told(cast.donor, APPLE)
    assert not [key for key in figures(cast) if "rosa" in " ".join(key)]


def test_metrics_of_an_empty_site_are_zeros(watched: Flask, cast: Cast) -> None:
    read = figures(cast)
    assert read["milkwell_deliveries_oldest_due_seconds",] == 0
    assert not [key for key in read if key[0] == "milkwell_worker_seen_timestamp_seconds"]


def ready(cast: Cast) -> tuple[int, str]:
    answer = cast.stranger.get("/readyz")
    return answer.status_code, answer.json.get("error", "")


def test_a_site_is_ready_while_its_worker_is_seen(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ready(cast) == (503, "no_worker")
    at = now()
    with writing():
        alerts.beat()
    assert ready(cast) == (200, "")
    for seconds, status in ((50, 200), (65, 503), (-50, 200), (-65, 503)):
        monkeypatch.setattr("webapp.routes.health.now", lambda s=seconds: at + timedelta(seconds=s))
        assert ready(cast)[0] == status
    assert cast.stranger.get("/healthz").status_code == 200


def test_each_beat_is_the_newest(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    later = now() + timedelta(hours=1)
    with writing():
        alerts.beat()
    monkeypatch.setattr("webapp.alerts.heart.now", lambda: later)
    with writing():
        alerts.beat()
    with reading():
        assert alerts.worker_seen_at() == later
