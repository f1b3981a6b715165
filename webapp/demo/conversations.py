"""The two accounts' conversations: answered, unanswered each way, with unread letters."""

from collections.abc import Sequence
from datetime import timedelta

from webapp import geo, messages
from webapp.database import db, now, uuid7
from webapp.demo.data import letters
from webapp.demo.data.letters import OWNER, STARTER, Letters
from webapp.fields import read_form
from webapp.listings import OPEN, Listing
from webapp.messages import Conversation, Message, MessageForm


def converse(offer: Listing, request: Listing, neighbours: Sequence[Listing]) -> None:
    """Let the donor and the recipient, who own these two, write with each other and others."""
    families = _nearest(offer, neighbours)
    donors = _nearest(request, neighbours)
    spoken = exchange(offer, request, letters.ANSWERED, unread=1)
    messages.open_to(spoken, offer.person_id, ["name", "note"])
    messages.open_to(spoken, request.person_id, ["name"])
    exchange(offer, families[0], letters.TO_THE_DONOR, unread=1)
    exchange(families[1], offer, letters.BY_THE_DONOR)
    exchange(request, donors[0], letters.TO_THE_RECIPIENT, unread=1)
    exchange(donors[1], request, letters.BY_THE_RECIPIENT)
    spanish = next(donor for donor in donors[2:] if donor.person.language == "es")
    exchange(spanish, request, letters.IN_SPANISH, unread=1)


def exchange(about: Listing, mine: Listing, said: Letters, unread: int = 0) -> Conversation:
    """A conversation about a listing, begun with `mine`; its newest `unread` aren't read yet."""
    conversation = _begin(about, mine, said[0][2])
    people_by_side = {STARTER: mine.person, OWNER: about.person}
    written: list[tuple[Message, int]] = []
    for side, minutes_ago, text in said:
        message_id = uuid7()
        errors = messages.write(people_by_side[side], conversation, message_id, text)
        if errors:
            raise ValueError(f"the demo's own letter is refused: {errors}")
        written.append((db.session.get_one(Message, message_id), minutes_ago))
    for person in people_by_side.values():
        messages.read_to(conversation, person.id, len(said) - unread)
    for message, minutes_ago in written:
        message.made_at = now() - timedelta(minutes=minutes_ago)
    conversation.made_at, conversation.at = written[0][0].made_at, written[-1][0].made_at
    return conversation


def _begin(about: Listing, mine: Listing, text: str) -> Conversation:
    made_id = messages.conversation_id(about.id, mine.person_id)
    fields = {"conversation": made_id, "listing": about.id, "mine": mine.id, "text": text}
    form = read_form(MessageForm, {name: str(value) for name, value in fields.items()})
    begun = messages.begin(mine.person, about, form) if form.validate() else form.flat_errors()
    if isinstance(begun, dict):
        raise ValueError(f"the demo's own conversation is refused: {begun}")
    return begun


def _nearest(listing: Listing, neighbours: Sequence[Listing]) -> list[Listing]:
    """Others' open listings of the other kind, nearest first."""
    here = geo.centre(listing.cell)
    others = [
        other
        for other in neighbours
        if other.status == OPEN and other.kind != listing.kind and other.need != "emergency"
    ]
    return sorted(others, key=lambda other: geo.great_circle_km(here, geo.centre(other.cell)))
