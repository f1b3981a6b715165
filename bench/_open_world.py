"""People in the world's largest cities with a conversation open each, and some who do the rest."""

import random
import uuid

from flask import Flask
from flask.testing import FlaskClient

from bench._cities import home_in, towns
from bench._open_phones import OpenPhone, Wire
from bench._phone import PhoneOnTheWire
from tests.cast import Cast, Phone
from tests.messages.pen import begin
from webapp import people
from webapp.alerts import Device
from webapp.database import now, uuid7, writing
from webapp.people import Person

SEED, CITIES, PAIRS, BUSY, REACH_KM = 20, 40, 25, 60, 40


class OpenWorld:
    """`open` phones have a conversation open, of which `pairs` write; `busy` ones don't."""

    def __init__(self, app: Flask, port: int, phones: int) -> None:
        self._app, self._port, self._cast = app, port, Cast(app)
        self.chance = random.Random(SEED)
        quiet = self._people(phones - 2 * PAIRS)
        self.busy = self._people(BUSY)
        self.pairs = [self._pair(number) for number in range(PAIRS)]
        self.open = [*quiet, *(phone for a, b, _ in self.pairs for phone in (a, b))]
        self._lone: Phone | None = None

    def ask_in_process(self) -> None:
        """An idle sync of somebody's, with no server between."""
        if self._lone is None:
            town = towns()[0]
            home = town.latitude, town.longitude, town.population
            self._lone = self._cast.somebody("Olga", home)
            self._lone.sync()
            self._lone.sync()
        answer = self._lone.send()
        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert "scopes" not in answer.json

    def _people(self, many: int) -> list[OpenPhone]:
        made = []
        with writing() as session:
            for number in range(many):
                person = Person(email=f"{uuid7()}@example.org", password_hash="", name="Ana")
                person.cell = home_in(towns()[number % CITIES], self.chance)
                person.place, person.reach_km = f"cell:{person.cell}", REACH_KM
                person.welcomed_at = now()
                session.add(person)
                session.flush()
                phone = OpenPhone(self._wire(people.start_session(person).id))
                session.add(Device(id=uuid.UUID(phone.device), person_id=person.id))
                made.append(phone)
        return made

    def _wire(self, session_id: str) -> Wire:
        client = self._app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = session_id
            cookie.permanent = True
        return self._wire_of(client)

    def _wire_of(self, client: FlaskClient) -> Wire:
        cookie = client.get_cookie("milkwell")
        assert cookie, "nobody is signed in"
        return Wire(self._port, cookie.value)

    def _pair(self, number: int) -> tuple[OpenPhone, OpenPhone, str]:
        town = towns()[number % CITIES]
        home = town.latitude, town.longitude, town.population
        both = [self._cast.somebody(name, home) for name in ("Rosa", "June")]
        on_wire = [PhoneOnTheWire(each.client, each.person_id, port=self._port) for each in both]
        conversation = begin(on_wire[0], on_wire[1], "Is it still there?", "It is.")
        a, b = (OpenPhone(self._wire_of(each.client), each.device) for each in on_wire)
        return a, b, conversation
