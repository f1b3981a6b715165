"""What one person does next: everything by chance from a seed, each thing with its own mark."""

import random
import uuid
from dataclasses import dataclass, field

from tests.cast import Fields, Phone, Row, offer, operation, request
from webapp.database import uuid7

VOLUME_ML = 200_000
MOST_GIVEN_ML = 40
MOST_OPEN = 3
MOST_BEGUN = 5
TURNS = {
    "give": 25,
    "edit": 20,
    "write": 25,
    "pause": 6,
    "resume": 6,
    "replace": 4,
    "rename": 5,
}


@dataclass
class Own:
    """A listing of hers as she believes it to be, and the last thing that she did with it."""

    id: str
    note: str
    last: str
    open: bool = True


@dataclass
class Doing:
    """Chooses what one person does. `kind` is what she publishes: offers or requests."""

    name: str
    kind: str
    chance: random.Random
    own: list[Own] = field(default_factory=list)
    called: str = ""
    _renamed: str = ""
    _begun: set[str] = field(default_factory=set)
    _written: dict[str, str] = field(default_factory=dict)
    _count: int = 0

    def __post_init__(self) -> None:
        self.called = self.name

    def next(self, phone: Phone) -> list[Row]:
        """One to six things, some of them nothing after all."""
        made: list[Row] = []
        while len(self.own) < 2:
            made.append(self._publish())
        for _ in range(self.chance.randint(1, 6)):
            turn = self.chance.choices([*TURNS], [*TURNS.values()])[0]
            made += getattr(self, f"_{turn}")(phone)
        return made

    def heard(self, done: Row, outcome: str) -> None:
        """A letter that was refused holds nothing up; a first one may be written again."""
        if done["kind"] == "message.send" and outcome == "rejected":
            self._begun.discard(done["fields"].get("listing", ""))
            if self._written.get(done["fields"]["conversation"]) == done["id"]:
                del self._written[done["fields"]["conversation"]]

    def _mark(self) -> str:
        self._count += 1
        return f"{self.name} says {self._count}"

    def _publish(self) -> Row:
        fields = {"volume_ml": str(VOLUME_ML), "note": self._mark(), "open_days": "14"}
        if self.kind == "offer":
            whole = offer(**fields)
        else:
            whole = request(**fields, need=self.chance.choice(["short", "emergency"]))
        made = operation("listing.publish", uuid7(), whole)
        self.own.append(Own(made["row"], fields["note"], made["id"]))
        return made

    def _then(self, own: Own, kind: str, fields: Fields | None = None, **more: Fields) -> Row:
        made = operation(kind, own.id, fields, after=[own.last], **more)
        own.last = made["id"]
        return made

    def _give(self, _phone: Phone) -> list[Row]:
        if self.kind == "request":
            return []
        given = str(self.chance.randint(1, MOST_GIVEN_ML))
        return [self._then(self.chance.choice(self.own), "listing.gave", {"volume_ml": given})]

    def _edit(self, _phone: Phone) -> list[Row]:
        own = self.chance.choice(self.own)
        before, own.note = own.note, self._mark()
        return [self._then(own, "listing.edit", {"note": own.note}, was={"note": before})]

    def _pause(self, _phone: Phone) -> list[Row]:
        own = self.chance.choice(self.own)
        own.open = False
        return [self._then(own, "listing.pause")]

    def _resume(self, _phone: Phone) -> list[Row]:
        own = self.chance.choice(self.own)
        own.open = True
        return [self._then(own, "listing.resume")]

    def _replace(self, _phone: Phone) -> list[Row]:
        if len(self.own) < MOST_OPEN:
            return [self._publish()]
        ends = (
            ["listing.withdraw"] if self.kind == "offer" else ["listing.withdraw", "listing.enough"]
        )
        return [self._then(self.own.pop(0), self.chance.choice(ends)), self._publish()]

    def _rename(self, phone: Phone) -> list[Row]:
        before, self.called = self.called, self._mark()
        after = [self._renamed] if self._renamed else []
        made = operation("person.edit", phone.person_id, {"name": self.called}, after=after)
        self._renamed = made["id"]
        return [made | {"was": {"name": before}}]

    def _write(self, phone: Phone) -> list[Row]:
        known = [
            row
            for row in phone.held("me", "conversation")
            if row.get("answered") or not row.get("started")
        ]
        if known and (len(self._begun) >= MOST_BEGUN or self.chance.random() < 0.8):
            return [self._letter(self.chance.choice(known)["id"], {})]
        return self._first_letter(phone)

    def _first_letter(self, phone: Phone) -> list[Row]:
        mine = [own for own in self.own if own.open]
        others = [
            card["id"]
            for card in phone.held("near", "listing")
            if card["kind"] != self.kind and card["id"] not in self._begun
        ]
        if not (mine and others) or len(self._begun) >= MOST_BEGUN:
            return []
        own, other = self.chance.choice(mine), self.chance.choice(others)
        self._begun.add(other)
        begun = str(uuid.uuid5(uuid.UUID(other), str(phone.person_id)))
        self._written[begun] = own.last
        return [self._letter(begun, {"listing": other, "mine": own.id})]

    def _letter(self, conversation: str, fields: Fields) -> Row:
        after = [self._written[conversation]] if conversation in self._written else []
        whole = {"conversation": conversation, "text": self._mark(), **fields}
        made = operation("message.send", uuid7(), whole, after=after)
        self._written[conversation] = made["id"]
        return made
