"""A few people's phones to which anything may happen, and what they ask meanwhile."""

import random
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from tests.cast import GRESHAM, PORTLAND, VIENNA, Cast, Phone, offer, request
from tests.messages.pen import begin
from webapp import moderation, people, rights, sync
from webapp.alerts import Device
from webapp.database import now, uuid7, writing
from webapp.people import Person, Session
from webapp.sync.models import FeedCounter, Timeline

HOMES = (GRESHAM, PORTLAND, VIENNA)
REACHES = ("1", "40", "90", "150")


class World:
    """A few people's phones, to which anything may happen in any order."""

    def __init__(self, cast: Cast, chance: random.Random) -> None:
        self.cast, self.chance = cast, chance
        self.phones: list[Phone] = []
        self.backup = 0
        for number, home in enumerate((GRESHAM, PORTLAND, PORTLAND, VIENNA)):
            self.join(cast.somebody(f"Somebody {number}", home))
            self.join(cast.phone(self.phones[-1].person_id))

    def join(self, phone: Phone) -> None:
        """One more phone, which has all there is."""
        phone.sync()
        self.phones.append(phone)

    def step(self) -> None:
        """Something happens, or nothing."""
        phone = self.chance.choice(self.phones)
        events = (
            (self.publish, 4),
            (self.write, 4),
            (self.edit, 2),
            (self.move, 2),
            (self.block, 1),
            (self.restart, 1),
            (self.back_up, 1),
            (self.restore, 1),
            (self.age, 1),
            (self.forget_phone, 1),
            (self.suspend, 1),
            (self.leave, 1),
            (self.catch_up, 25),
        )
        (chosen,) = self.chance.choices([e for e, _ in events], [weight for _, weight in events])
        chosen(phone)

    def publish(self, phone: Phone) -> None:
        fields = self.chance.choice([offer, request])()
        phone.send(_operation("listing.publish", fields))

    def edit(self, phone: Phone) -> None:
        for listing in phone.held("me", "listing")[:1]:
            volume = str(self.chance.randint(300, 9000))
            changed = {"fields": {"volume_ml": volume}, "was": listing["fields"], "row": None}
            phone.send(_operation("listing.edit", {}) | changed | {"row": listing["id"]})

    def write(self, phone: Phone) -> None:
        for conversation in phone.held("me", "conversation")[:1]:
            said = {"conversation": conversation["id"], "text": "And now?"}
            phone.send(_operation("message.send", said))
        if not phone.held("me", "conversation"):
            other = self.chance.choice(self.phones)
            if other.person_id != phone.person_id:
                begin_quietly(phone, other)

    def move(self, phone: Phone) -> None:
        fields = {"reach_km": self.chance.choice(REACHES)}
        phone.send(_operation("person.edit", fields) | {"row": str(phone.person_id), "was": fields})

    def block(self, phone: Phone) -> None:
        other = self.chance.choice(self.phones)
        with writing() as session:
            both = (session.get(Person, each.person_id) for each in (phone, other))
            match [each for each in both if each]:
                case [her, them] if her is not them:
                    people.block(her, them)

    def restart(self, _phone: Phone) -> None:
        with writing():
            sync.begin_timeline()

    def back_up(self, _phone: Phone) -> None:
        with writing():
            self.backup = sync.latest_seq()

    def restore(self, _phone: Phone) -> None:
        with writing() as session:
            session.get_one(FeedCounter, 1).seq = max(self.backup, sync.latest_seq() - 5)
            sync.begin_timeline()
            if self.chance.random() < 0.3:
                newest = session.query(Timeline).order_by(Timeline.number.desc()).all()
                session.delete(newest[-1])

    def age(self, phone: Phone) -> None:
        with writing() as session:
            for each in session.query(Session).filter_by(person_id=phone.person_id):
                each.seen_at = now() - timedelta(days=self.chance.choice([0, 2, 2, 91]))

    def forget_phone(self, phone: Phone) -> None:
        with writing() as session:
            for device in session.query(Device).filter_by(id=uuid.UUID(phone.device)):
                session.delete(device)

    def suspend(self, phone: Phone) -> None:
        with writing() as session:
            person = session.get(Person, phone.person_id)
            if person is None:
                return
            if person.suspended_at or self.chance.random() < 0.5:
                moderation.restore(person)
            else:
                person.suspended_at = now()

    def leave(self, phone: Phone) -> None:
        with writing() as session:
            person = session.get(Person, phone.person_id)
            if person is not None and self.chance.random() < 0.3:
                rights.erase(person)
        self.phones.remove(self.chance.choice(self.phones))
        self.join(self.cast.somebody("One more", self.chance.choice(HOMES)))

    def catch_up(self, phone: Phone) -> None:
        response = phone.send()
        if response.status_code == 200:
            phone._keep(response.json)
        if response.status_code == 401:
            self.phones.remove(phone)
            self.join(self.cast.somebody("Another", self.chance.choice(HOMES)))

    def request(self) -> tuple[FlaskClient, dict[str, Any]]:
        """What some phone asks next: mostly as it should, now and then twisted."""
        phone, other = self.chance.choices(self.phones, k=2)
        body = {
            "protocol": 1,
            "device": phone.device,
            "sent_at": now().isoformat(),
            "cursors": dict(phone.cursors),
        }
        if self.chance.random() < 0.4:
            _twist(self.chance, body, other)
        return phone.client, body


def _twist(chance: random.Random, body: dict[str, Any], other: Phone) -> None:
    cursors, name = body["cursors"], chance.choice(["me", "near"])
    part, to = chance.choice(
        [(0, "x"), (1, "0"), (1, "9" * 30), (2, "3"), (3, "9"), (3, "9" * 9), (4, "f00")]
    )
    twisted = cursors[name].split(".")
    twisted[min(part, len(twisted) - 1)] = to
    changes: list[Callable[[], Any]] = [
        lambda: cursors.pop(name),
        lambda: cursors.update({name: ""}),
        lambda: cursors.update({name: ".".join(twisted)}),
        lambda: cursors.update({name: cursors[name] + "1listing:x"}),
        lambda: cursors.update({name: other.cursors[name]}),
        lambda: cursors.update({"far": "x"}),
        lambda: body.update(device=other.device),
        lambda: body.update(device=str(uuid.uuid4())),
        lambda: body.update(protocol=2),
        lambda: body.update(most=chance.choice([1, 0])),
        lambda: body.update(renewed=True),
        lambda: body.update(operations=[]),
        lambda: body.update(operations=[_operation("listing.publish", {"kind": "offer"})]),
    ]
    chance.choice(changes)()


def _operation(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    made = {"id": str(uuid7()), "kind": kind, "row": str(uuid7()), "made_at": now().isoformat()}
    return made | {"fields": fields}


def begin_quietly(phone: Phone, other: Phone) -> None:
    """A conversation of these two, where it can be."""
    for each in (phone, other):
        if each.send().status_code != 200:
            return
    try:
        begin(phone, other, "Is it still there?", "It is.")
    except (AssertionError, KeyError, IndexError, StopIteration, TypeError):
        return
