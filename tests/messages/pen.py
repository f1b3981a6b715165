"""Two people who write to each other about a listing."""

import uuid
from typing import Any

from sqlalchemy import select

from tests.cast import Fields, Phone, offer, request
from webapp.database import reading, uuid7
from webapp.listings import OPEN, Listing
from webapp.messages import conversation_id


class Pen:
    """A person about another's listing: what she writes goes into their conversation."""

    def __init__(self, phone: Phone, listing: str, mine: str, starter: Phone | None = None) -> None:
        self.phone, self.listing, self.mine = phone, listing, mine
        about = listing if starter in (None, phone) else mine
        starter_id = (starter or phone).person_id
        self.conversation = str(conversation_id(uuid.UUID(about), starter_id))

    def write(self, text: str, **changed: Any) -> dict[str, Any]:
        """Send one letter; its result."""
        fields: Fields = {
            "conversation": self.conversation,
            "listing": self.listing,
            "mine": self.mine,
            "text": text,
        }
        return self.phone.do("message.send", uuid7(), fields | changed)

    def do(self, verb: str, fields: Fields | None = None) -> dict[str, Any]:
        """Do something else in the conversation."""
        return self.phone.do(f"conversation.{verb}", self.conversation, fields)

    def sees(self) -> dict[str, Any] | None:
        """The conversation as her phone has it after a sync."""
        self.phone.sync()
        held = self.phone.held("me", "conversation")
        return next((row for row in held if row["id"] == self.conversation), None)

    def shown(self) -> dict[str, Any]:
        """The conversation as her phone has it after a sync; fails where it has none."""
        seen = self.sees()
        assert seen is not None
        return seen

    def letters(self) -> list[str]:
        """The texts that her phone has, in their order."""
        self.phone.sync()
        rows = [
            row
            for row in self.phone.held("me", "message")
            if row["conversation"] == self.conversation
        ]
        return [row["text"] for row in sorted(rows, key=lambda row: row["position"])]


def begin(starter: Phone, owner: Phone, *texts: str) -> str:
    """The starter writes first, about the owner's listing; then they take turns. Gives the id.

    The starter asks and the owner offers; what they have open already is what they bring.
    """
    about, mine = _open(owner) or owner.publish(offer()), _open(starter)
    mine = mine or starter.publish(request())
    pens = Pen(starter, about, mine), Pen(owner, mine, about, starter)
    for number, text in enumerate(texts or ("Is it still there",)):
        result = pens[number % 2].write(text)
        assert result["outcome"] == "done", result
    return pens[0].conversation


def _open(phone: Phone) -> str:
    with reading() as session:
        hers = select(Listing.id).where(
            Listing.person_id == phone.person_id, Listing.status == OPEN
        )
        found = session.scalar(hers)
    return str(found) if found else ""
