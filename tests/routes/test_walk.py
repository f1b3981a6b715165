"""An outsider and a signed-out visitor try every address and every operation."""

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.cast import SAME_ORIGIN, Cast, Phone, offer, operation, request
from tests.messages.pen import begin
from webapp import alerts, sync
from webapp.database import now, uuid7, writing
from webapp.listings import Listing
from webapp.messages import Conversation, Message
from webapp.moderation import Report
from webapp.people import Block, Person
from webapp.worker import match

HERS = ("Rosa", "by the old library", "sertraline", "no place like home")
"""What the donor told nobody."""
RECIPIENTS = ("ask my doctor", "by the gazebo", "in the vermilion cooler", "asked me for dollars")
"""What the recipient said or read, and nobody else but the donor in part."""
SECRETS = HERS + RECIPIENTS
ATTEMPTS = ({}, offer(), request(), {"volume_ml": "10"}, {"name": "Mallory"}, {"position": "2"})
SAID = ({"text": "Good evening"}, {"reason": "other"})
OPENS = {"opens": ["name", "note", "details"]}
PUBLIC = {"/", "/about", "/healthz", "/readyz", "/shells", "/sw.js", "/manifest.webmanifest"}


@pytest.fixture
def scene(cast: Cast) -> dict[str, Any]:
    """A donor with an offer full of private things, matched with a recipient's request."""
    listing_id = cast.donor.publish(
        offer(
            note="by the old library",
            medicine="some",
            medicine_detail="sertraline 50 mg",
            illness="talk",
            bereaved="y",
        )
    )
    requested = cast.recipient.publish(
        request(note="ask my doctor", fragile="preterm", clinician_read="y")
    )
    match()
    with writing():
        alerts.beat()
    texts = ("Meet me by the gazebo", "It is in the vermilion cooler")
    conversation = begin(cast.recipient, cast.donor, *texts)
    reported = {"conversation": conversation, "reason": "other", "note": "She asked me for dollars"}
    assert cast.recipient.do("report.make", uuid7(), reported)["outcome"] == "done"
    cast.donor.sync()
    cast.recipient.sync()
    stop_token = alerts.stop_token(cast.donor.person_id)
    return {
        "listing": listing_id,
        "request": requested,
        "conversation": conversation,
        "device": cast.donor.device,
        "token": stop_token,
    }


def addresses(app: Flask, scene: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(method, address) of everything the app answers, about the donor's things."""
    about = {
        "listing_id": scene["listing"],
        "conversation_id": scene["conversation"],
        "device_id": scene["device"],
        "name": "x.js",
        "tag": "en",
        "handle": "0123456789abcdef",
        "token": scene["token"],
    }
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(about[found[1]]), rule.rule)
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield method, path


def texts(phone: Phone) -> str:
    return json.dumps([list(rows.values()) for rows in phone.rows.values()])


def test_nobody_learns_anothers_secrets_from_any_address(
    app: Flask, cast: Cast, scene: dict[str, Any]
) -> None:
    hidden = (*SECRETS, str(cast.donor.person_id))
    from_recipient = (*HERS, str(cast.donor.person_id))
    walked = 0
    for method, path in addresses(app, scene):
        body = {"json": {}} if method != "GET" else {}
        outsider, recipient = (cast.phone(p.person_id) for p in (cast.outsider, cast.recipient))
        for visitor, secrets in (
            (cast.stranger, hidden),
            (outsider.client, hidden),
            (recipient.client, from_recipient),
        ):
            response = visitor.open(path, method=method, headers=SAME_ORIGIN, **body)
            said = response.get_data(as_text=True) + str(response.headers)
            assert not [secret for secret in secrets if secret in said], (method, path)
            assert response.status_code < 500, (method, path)
            walked += 1
    assert walked > 90


def test_a_signed_out_visitor_gets_401_from_every_api_but_places(
    app: Flask, cast: Cast, scene: dict[str, Any]
) -> None:
    closed = [
        (method, path)
        for method, path in addresses(app, scene)
        if path.startswith("/api/") and path != "/api/places"
    ]
    assert len(closed) >= 5
    for method, path in closed:
        response = cast.stranger.open(path, method=method, json={}, headers=SAME_ORIGIN)
        assert response.status_code == 401, (method, path)
        assert response.json["error"] == "signed_out"


def test_pages_know_nobody_and_set_no_cookie(app: Flask, cast: Cast, scene: dict[str, Any]) -> None:
    shells = [p for m, p in addresses(app, scene) if m == "GET" and not p.startswith("/api/")]
    for path in shells:
        for_her = cast.donor.client.get(path, headers=SAME_ORIGIN)
        # With a token of its own, for somebody signed in, or for programs.
        ordinary = ("/sign-in", "/sign-up", "/confirm", "/reset", "/reset/code")
        if path in ordinary or path.startswith(("/static", "/language", "/metrics")):
            continue
        for_nobody = cast.stranger.get(path)
        assert for_her.status_code == for_nobody.status_code == 200, path
        assert for_her.get_data() == for_nobody.get_data(), path
        assert "Set-Cookie" not in for_her.headers, path
        assert "Set-Cookie" not in for_nobody.headers, path


@pytest.mark.parametrize("kind", sorted(sync.OPERATIONS))
def test_an_outsider_changes_nothing_of_anybody_by_any_operation(
    cast: Cast, scene: dict[str, Any], kind: str
) -> None:
    cast.outsider.sync()
    before = snapshot()
    # A conversation's id is free to be a listing's: they never meet.
    both = [{name: scene[name]} for name in ("conversation", "listing")]
    talk = [] if kind.startswith("listing.") else [scene["conversation"]]
    for row in (scene["listing"], scene["request"], *talk):
        owner = cast.donor.person_id if row == scene["listing"] else cast.recipient.person_id
        target = str(owner) if kind.startswith("person.") else row
        for fields in (*ATTEMPTS, OPENS, *(about | said for about in both for said in SAID)):
            made = operation(kind, target, fields, was=dict(fields))
            (result,) = cast.outsider.sync(made)
            assert result["outcome"] in ("rejected", "conflict"), result
            assert "rows" not in result
            assert not [secret for secret in SECRETS if secret in json.dumps(result)]
    assert snapshot() == before


@pytest.mark.parametrize("kind", sorted(sync.OPERATIONS))
def test_signed_out_no_operation_is_taken(cast: Cast, kind: str) -> None:
    body = {"protocol": 1, "operations": [operation(kind, uuid7(), {})]}
    response = cast.stranger.post("/api/sync", json=body, headers=SAME_ORIGIN)
    assert response.status_code == 401


def test_an_outsiders_phone_holds_nothing_of_a_match(cast: Cast, scene: dict[str, Any]) -> None:
    cast.outsider.sync()
    for row in ("listing", "request", "conversation"):
        assert scene[row] not in texts(cast.outsider)


def test_the_other_side_of_a_match_holds_a_card_and_no_more(
    cast: Cast, scene: dict[str, Any]
) -> None:
    assert scene["listing"] in texts(cast.recipient)
    for secret in (*HERS, "bereaved", str(cast.donor.person_id)):
        assert secret not in texts(cast.recipient)
    for secret in ("ask my doctor", "fragile", "preterm", "clinician", "June", "dollars"):
        assert secret not in texts(cast.donor)


def test_an_outsider_can_not_silence_anothers_phone(cast: Cast, scene: dict[str, Any]) -> None:
    address = f"/api/devices/{scene['device']}"
    assert cast.outsider.client.delete(address, headers=SAME_ORIGIN).status_code == 404
    assert cast.donor.client.delete(address, headers=SAME_ORIGIN).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_can_not_speak_for_her(cast: Cast, headers: dict[str, str]) -> None:
    cast.donor.sync()
    for method, path in (
        ("POST", "/api/sync"),
        ("POST", "/api/devices"),
        ("POST", "/api/erase"),
        ("DELETE", f"/api/devices/{cast.donor.device}"),
        ("POST", "/api/sessions/end-others"),
        ("DELETE", "/api/sessions/0123456789abcdef"),
        ("POST", "/sign-out"),
    ):
        response = cast.donor.client.open(path, method=method, json={}, headers=headers)
        assert response.status_code == 403, path
    assert cast.donor.send().status_code == 200


def test_a_form_can_not_be_posted_as_json(cast: Cast) -> None:
    response = cast.donor.client.post("/api/sync", data={"a": "b"}, headers=SAME_ORIGIN)
    assert response.status_code == 415


def test_a_suspended_person_is_told_so_and_nothing_is_applied(cast: Cast) -> None:
    cast.donor.sync()
    with writing() as session:
        session.get_one(Person, cast.donor.person_id).suspended_at = now()
    response = cast.donor.send(operation("listing.publish", uuid7(), offer()))
    assert response.status_code == 403
    assert response.json["error"] == "suspended"
    with writing() as session:
        assert session.query(Listing).count() == 0


def test_a_suspended_persons_listing_is_seen_by_nobody_who_asks_anew(cast: Cast) -> None:
    cast.donor.publish(offer())
    with writing() as session:
        session.get_one(Person, cast.donor.person_id).suspended_at = now()
    cast.recipient.sync()
    assert cast.recipient.held("near", "listing") == []


def snapshot() -> list[tuple[Any, ...]]:
    """Everything that people said, as the database has it."""
    with writing() as session:
        listings = session.query(Listing).order_by(Listing.id).all()
        persons = session.query(Person).order_by(Person.id).all()
        counted = [(model, session.query(model).count()) for model in (Block, Message, Report)]
        talks = session.query(Conversation).order_by(Conversation.id).all()
        return [
            *[(x.id, x.status, x.volume_ml, x.note, x.diet, x.expires_at) for x in listings],
            *[(p.id, p.name, p.cell, p.reach_km, p.welcomed_at) for p in persons],
            *[(c.id, c.position, c.owner_read, c.owner_opens, c.owner_left_at) for c in talks],
            *[(c.id, c.starter_read, c.starter_opens, c.starter_left_at) for c in talks],
            *counted,
        ]


def test_ids_in_addresses_are_ids(cast: Cast) -> None:
    assert cast.stranger.get("/listings/seven").status_code == 404
    assert cast.stranger.get(f"/listings/{uuid.uuid4()}").status_code == 200
