"""A person of whom everything is known to stand nowhere else, among others who stay."""

import uuid
from pathlib import Path
from typing import Any

from flask import Flask

from tests.cast import GRESHAM, PORTLAND, Cast, Phone, offer, operation, request, today
from tests.messages.pen import begin
from webapp import alerts, moderation
from webapp.alerts import Device
from webapp.database import Base, db, now, reading, uuid7, writing
from webapp.fields import read_form
from webapp.moderation import ReportForm
from webapp.people import Person, codes
from webapp.worker import match

NAME, EMAIL = "Zephyrine Quillfeather", "zephyrine.quillfeather@example.net"
HERB = "feverishwort tea"
FEVER = "a fever of the moonwort kind"
NOTE, MEDICINE = "behind the aubergine gate", "quibblepril 7 mg"
LETTERS = ("Mine is the vermilion cooler", "By the gazebo on Wednesdayish")
REPORTED = "wanted nineteen doubloons"
OTHERS = ("Does it smell of soap", "I can come with two coolers")
HOME = (45.6012, -122.5512, 200_000)
"""In a resolution-7 cell of its own, thirteen kilometres from the next of the cast."""


class Scene:
    """Her with two phones, an offer, a match, two conversations, a block and a report."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.her = cast.somebody(NAME, HOME, email=EMAIL)
        self.second = cast.phone(self.her.person_id)
        self.other, self.bystander = cast.recipient, cast.somebody("Mia", GRESHAM)
        self.listing = self.her.publish(
            offer(note=NOTE, medicine="some", medicine_detail=MEDICINE, reach_km="150")
        )
        self.request = self.other.publish(request(reach_km="150"))
        pumped = {"pumped_at": now().isoformat(), "volume_ml": "118", "state": "frozen"}
        self.her.do("pumping.log", uuid7(), pumped)
        noted = {"what": "illness", "name": FEVER, "from_on": today(-400), "to_on": today(-395)}
        self.her.do("exposure.log", uuid7(), noted)
        self.her.do("watch.keep", uuid7(), {"reach_km": "30", "least_ml": "2000"})
        match()
        turns = (OTHERS[0], LETTERS[0], OTHERS[1], LETTERS[1])
        self.conversation = begin(self.other, self.her, *turns)
        answers = {"takes_herbs": "yes", "takes_herbs_detail": HERB}
        self.her.do("screening.answer", self.her.person_id, answers)
        self.her.do("conversation.grant", self.conversation, {"grant": "all"})
        self._blocked_and_reported()
        for phone in (self.her, self.second, self.other, self.bystander, cast.donor):
            phone.sync()

    def _blocked_and_reported(self) -> None:
        donor_id = self.cast.donor.person_id
        with writing() as session:
            her = session.get_one(Person, self.her.person_id)
            bystander = session.get_one(Person, self.bystander.person_id)
            moderation.block(bystander, her, "offer", "")
            moderation.block(her, session.get_one(Person, donor_id), "offer", "")
            fields = {"conversation": self.conversation, "reason": "other", "note": REPORTED}
            form: Any = read_form(ReportForm, {**fields})
            assert form.validate()
            assert moderation.report(her, uuid7(), form) == {}
            session.get_one(Device, uuid.UUID(self.her.device)).endpoint = "https://push.example/q"
            assert alerts.send_digits(her, codes.CONFIRM, EMAIL)
            codes.ask(codes.RESET, EMAIL)

    def secrets(self) -> dict[str, list[bytes]]:
        """What is to stand nowhere, each in every form in which it might."""
        person_id = self.her.person_id
        with reading() as session:
            cell = session.get_one(Person, person_id).cell
        texts = {
            "name": NAME,
            "e-mail": EMAIL,
            "note": NOTE,
            "medicine": MEDICINE,
            "calendar": FEVER,
            "first letter": LETTERS[0],
            "second letter": LETTERS[1],
            "what she reported": REPORTED,
            "cell": cell,
            "push address": "https://push.example/q",
        }
        return {name: [text.encode()] for name, text in texts.items()} | {
            "id": [str(person_id).encode(), person_id.hex.encode(), person_id.bytes]
        }


def bytes_of(app: Flask) -> bytes:
    """Every byte that SQLite keeps of the site; of PostgreSQL every row of every table."""
    db.session.remove()
    url = app.config["SETTINGS"].database_url
    if not url.startswith("sqlite"):
        with reading() as session:
            tables = Base.metadata.sorted_tables
            return repr([session.execute(table.select()).all() for table in tables]).encode()
    path = Path(url.removeprefix("sqlite:///"))
    files = (path, path.with_name(f"{path.name}-wal"))
    return b"".join(file.read_bytes() for file in files if file.exists())


def found(app: Flask, secrets: dict[str, list[bytes]]) -> list[str]:
    """The names of those secrets that stand somewhere in the database's bytes."""
    everything = bytes_of(app).lower()
    return [name for name, forms in secrets.items() if any(f.lower() in everything for f in forms)]


def town(cast: Cast, people: int) -> list[Phone]:
    """So many others with an offer and a request each, so that pages split and fill."""
    phones = []
    for number in range(people):
        phone = cast.somebody(f"Neighbour {number}", PORTLAND)
        phone.sync(
            operation("listing.publish", uuid7(), offer(note=f"Neighbour {number}'s note " * 9)),
            operation("listing.publish", uuid7(), request()),
        )
        phones.append(phone)
    return phones
