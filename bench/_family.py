"""A family among the demo's listings, and what comes to its phone case by case."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench._counting import CountingProxy, Traffic
from bench._phone import PhoneOnTheWire, instant
from tests.cast import GRESHAM, PORTLAND, Cast, Row, offer, operation
from tests.messages.pen import begin
from webapp import geo
from webapp.database import reading, uuid7, writing
from webapp.demo import offers, requests
from webapp.demo.accounts import make_listing
from webapp.demo.moments import drawn
from webapp.demo.neighbours import neighbour
from webapp.listings import OPEN
from webapp.people import Person

SEED, OFFERS_SHARE, REACH_KM = 20, 0.68, 80
FEW, MANY = 100, 500
SAID = "Is it still there? I could come by tomorrow after four."
ANSWERED = "It is. Four is fine, by the library on Main Street; I'll bring a cooler."


@dataclass(frozen=True)
class Case:
    """One kind of sync as it went here: its bytes, and what it carried."""

    name: str
    one_way: str
    """What of PouchDB's would do for this case alone: "pull" or "push"; "" where nothing moves."""
    ours: Traffic
    rows: list[Row]
    before: list[Row]
    """What came between the cases, uncounted."""
    anew: bool
    """Whether on an empty phone, which only pulls."""


class City:
    """The demo's listings around a family, as many as are asked for."""

    def __init__(self, cast: Cast) -> None:
        self._chance = random.Random(SEED)
        self._cast = cast
        self.family = cast.somebody("June", PORTLAND, reach_km=REACH_KM)
        with reading() as session:
            cell = session.get_one(Person, self.family.person_id).cell
        self._cells = geo.cells_within(str(cell), REACH_KM)
        self._near, self._people = 0, 0

    def grow(self, many: int) -> None:
        """Until so many listings are within her reach."""
        with writing():
            while self._near < many:
                self._near += self._publish()

    def _publish(self) -> bool:
        self._people += 1
        kind = "offer" if self._chance.random() < OFFERS_SHARE else "request"
        compose = offers.offer if kind == "offer" else requests.request
        while (when := drawn(self._chance)).status != OPEN:
            pass
        person = neighbour(self._chance, self._people, kind, when.published_at)
        fields = compose(self._chance, when, person.language == "es")
        listing = make_listing(self._chance, person, fields, when)
        return listing.status == OPEN and listing.feed_cell in self._cells


class Family:
    """Her phone on the wire, and what comes to it case by case."""

    def __init__(self, cast: Cast, city: City, door: CountingProxy) -> None:
        self._cast, self._city, self._door = cast, city, door
        self._phone = self._another_phone()

    @property
    def browser(self) -> dict[str, str]:
        """The headers that its browser puts into each request from its page, signed in."""
        return self._phone.browser

    def cases(self) -> Iterator[Case]:
        """Every case in its order, in which the other side repeats them."""
        for many in (FEW, MANY):
            self._city.grow(many)
            self._phone = self._another_phone()
            yield self._case(f"first_{many}", "pull", self._phone.sync, anew=True)
            held = len(self._phone.held("near", "listing"))
            assert held == many, f"{held} listings instead of {many}"
        donor, neighbour = (self._cast.somebody(name, GRESHAM) for name in ("Rosa", "Ada"))
        changed = neighbour.publish(offer())
        conversation = begin(self._city.family, donor, SAID, ANSWERED)
        self._settle()
        yield self._case("idle", "", self._phone.sync)
        change = {"fields": {"volume_ml": "9000"}, "was": {"volume_ml": "11830"}}
        neighbour.sync(operation("listing.edit", changed, **change))
        yield self._case("one_changed", "pull", self._phone.sync)
        donor.sync(letter(conversation, ANSWERED))
        yield self._case("one_message_down", "pull", self._phone.sync)
        yield self._case(
            "one_message_up", "push", lambda: self._phone.sync(letter(conversation, SAID))
        )

    def _case(
        self, name: str, one_way: str, work: Callable[[], object], anew: bool = False
    ) -> Case:
        before = self._phone.take()
        self._door.take()
        work()
        counted, rows = self._door.take(), self._phone.take()
        self._settle()
        return Case(name, one_way, counted, rows, before, anew)

    def _settle(self) -> None:
        """What a case leaves to be done, such as saying that a letter was delivered."""
        came = -1
        while came < len(self._phone.came):
            came = len(self._phone.came)
            self._phone.sync()

    def _another_phone(self) -> PhoneOnTheWire:
        made = self._cast.phone(self._city.family.person_id)
        return PhoneOnTheWire(made.client, made.person_id, port=self._door.port)


def letter(conversation: str, text: str) -> Row:
    """Another letter in a conversation that has begun."""
    fields = {"conversation": conversation, "text": text}
    return operation("message.send", str(uuid7()), fields, made_at=instant())
