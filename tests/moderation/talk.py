"""Two people who write to each other."""

import uuid

from sqlalchemy import select

from tests.cast import Phone, offer, request
from webapp.database import reading, uuid7
from webapp.listings import OPEN, Listing
from webapp.messages import conversation_id


def begin(starter: Phone, owner: Phone, *texts: str) -> str:
    """The starter writes first, about the owner's listing; then they take turns. Gives the id.

    The starter asks and the owner offers; what they have open already is what they bring.
    """
    about, mine = _open(owner) or owner.publish(offer()), _open(starter)
    mine = mine or starter.publish(request())
    begun = str(conversation_id(uuid.UUID(about), starter.person_id))
    for number, text in enumerate(texts or ("Is it still there",)):
        fields = {"conversation": begun, "text": text}
        if number == 0:
            fields |= {"listing": about, "mine": mine}
        result = (owner if number % 2 else starter).do("message.send", uuid7(), fields)
        assert result["outcome"] == "done", result
    return begun


def _open(phone: Phone) -> str:
    with reading() as session:
        hers = select(Listing.id).where(
            Listing.person_id == phone.person_id, Listing.status == OPEN
        )
        found = session.scalar(hers)
    return str(found) if found else ""
