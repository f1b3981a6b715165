"""A small cast by role, each with a phone that speaks the wire."""

import uuid
from contextvars import Context
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from webapp import geo, people
from webapp.database import now, uuid7, writing
from webapp.people import CONSENT_VERSION, Consent, Person

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
PASSWORD = "a sentence to sign in with"

GRESHAM = (45.4982, -122.4315, 114_000)
PORTLAND = (45.5234, -122.6762, 640_000)
VIENNA = (48.2085, 16.3721, 1_700_000)

_numbers = count(1)

Fields = dict[str, Any]
Row = dict[str, Any]


def today(days: int = 0) -> str:
    """The ISO date so many days from now."""
    return (now().date() + timedelta(days=days)).isoformat()


def offer(**changed: Any) -> Fields:
    """An offer's fields: 400 oz, frozen, dairy-free for long, nothing else said."""
    fields: Fields = {
        "kind": "offer",
        "volume_ml": "11830",
        "reach_km": "16",
        "open_days": "30",
        "handover": ["public_place"],
        "batches-0-id": str(uuid.uuid4()),
        "batches-0-state": "frozen",
        "batches-0-pumped_from": today(-90),
        "batches-0-pumped_to": today(-3),
        "diet": ["dairy_free"],
        "since-dairy_free": today(-200),
    }
    return _changed(fields, changed)


def request(**changed: Any) -> Fields:
    """A request's fields: 20 oz for two weeks, asking for nothing special."""
    fields: Fields = {
        "kind": "request",
        "volume_ml": "591",
        "reach_km": "48",
        "open_days": "14",
        "need": "short",
    }
    return _changed(fields, changed)


def operation(kind: str, row: uuid.UUID | str, fields: Fields | None = None, **more: Any) -> Row:
    """An operation as a phone makes it."""
    made: Row = {
        "id": str(uuid7()),
        "kind": kind,
        "row": str(row),
        "after": [],
        "made_at": datetime.now(UTC).isoformat(),
        "fields": fields or {},
    }
    return made | more


class Client(FlaskClient):
    """A client whose requests know nothing of the test's own app context and session."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Make the request in a context of its own, as a server would."""
        return Context().run(super().open, *args, **kwargs)


@dataclass
class Phone:
    """One phone: its device, its cookie, its cursors, and what it holds."""

    client: FlaskClient
    person_id: uuid.UUID
    device: str = field(default_factory=lambda: str(uuid.uuid4()))
    cursors: dict[str, str] = field(default_factory=lambda: {"me": "", "near": ""})
    rows: dict[tuple[str, str], dict[str, Row]] = field(default_factory=dict)

    def send(self, *operations: Any, **changed: Any) -> Any:
        """One round trip, raw: the response."""
        body = {
            "protocol": 1,
            "device": self.device,
            "sent_at": datetime.now(UTC).isoformat(),
            "operations": [*operations],
            "cursors": self.cursors,
        }
        return self.client.post("/api/sync", json=body | changed, headers=SAME_ORIGIN)

    def sync(self, *operations: Any) -> list[Row]:
        """Round trips until nothing more comes; what came is laid into the phone's rows."""
        response = self.send(*operations)
        assert response.status_code == 200, response.get_data(as_text=True)
        body = response.json
        self._keep(body)
        while any(scope.get("more") for scope in body.get("scopes", {}).values()):
            body_more = self.send().json
            self._keep(body_more)
            body = {**body, "scopes": body_more.get("scopes", {})}
        return list(response.json.get("results", []))

    def do(self, kind: str, row: uuid.UUID | str, fields: Fields | None = None, **more: Any) -> Row:
        """Perform one operation and give its result."""
        return self.sync(operation(kind, row, fields, **more))[0]

    def publish(self, fields: Fields) -> str:
        """Publish a listing; gives its id."""
        listing_id = str(uuid7())
        result = self.do("listing.publish", listing_id, fields)
        assert result["outcome"] == "done", result
        return listing_id

    def held(self, scope: str, noun: str) -> list[Row]:
        """The rows of a noun that the phone holds."""
        return [*self.rows.get((scope, noun), {}).values()]

    def _keep(self, body: Row) -> None:
        for name, scope in body.get("scopes", {}).items():
            if scope.get("reset"):
                self.rows = {key: rows for key, rows in self.rows.items() if key[0] != name}
            for noun, rows in scope.get("put", {}).items():
                self.rows.setdefault((name, noun), {}).update({row["id"]: row for row in rows})
            for noun, ids in scope.get("del", {}).items():
                for row_id in ids:
                    self.rows.get((name, noun), {}).pop(row_id, None)
            self.cursors[name] = scope["cursor"]


class Cast:
    """Who plays: made when first called for."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    @cached_property
    def donor(self) -> Phone:
        """Has milk to spare, in Gresham."""
        return self.somebody("Rosa", GRESHAM)

    @cached_property
    def recipient(self) -> Phone:
        """Needs milk, in Portland, 20 km away."""
        return self.somebody("June", PORTLAND)

    @cached_property
    def outsider(self) -> Phone:
        """Has an account far away, and no business here."""
        return self.somebody("Olga", VIENNA)

    @cached_property
    def stranger(self) -> FlaskClient:
        """Nobody: signed out."""
        return self.app.test_client()

    def somebody(self, name: str, home: tuple[float, float, int], **preferred: Any) -> Phone:
        """A welcomed person at (latitude, longitude, people there), with a phone."""
        latitude, longitude, people_there = home
        with writing():
            person = people.sign_up(name, f"{next(_numbers)}@example.org", PASSWORD, "en")
            assert person
            person.cell = geo.home_cell(latitude, longitude, lambda _cell: people_there)
            person.place, person.place_name = f"cell:{person.cell}", name
            person.country, person.units, person.time_zone = "US", "oz", "America/Los_Angeles"
            person.welcomed_at = now()
            for what in ("adult", "may_keep"):
                person.consents.append(Consent(what=what, version=CONSENT_VERSION))
            for key, value in preferred.items():
                setattr(person, key, value)
            person_id = person.id
        return self.phone(person_id)

    def phone(self, person_id: uuid.UUID) -> Phone:
        """Another signed-in phone of a person."""
        with writing() as session:
            signed_in = people.start_session(session.get_one(Person, person_id)).id
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = signed_in
            cookie.permanent = True
        return Phone(client, person_id)


def _changed(fields: Fields, changed: Fields) -> Fields:
    """Fields with names changed; in Python's names __ stands for a dash, None removes."""
    merged = fields | {name.replace("__", "-"): value for name, value in changed.items()}
    return {name: value for name, value in merged.items() if value is not None}


def born(days_ago: int) -> date:
    """The date so many days ago."""
    return now().date() - timedelta(days=days_ago)
