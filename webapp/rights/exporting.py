"""Everything of a person as one plain structure."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select

from webapp import listings, messages, people, screening
from webapp.database import Base, db, now
from webapp.listings import Listing
from webapp.matching import Match
from webapp.messages import Conversation
from webapp.people import Person

Row = dict[str, Any]

PLAIN = {
    "consents": ("consent", ()),
    "moves": ("move", ()),
    "sessions": ("session", ("id",)),
    "alerts": ("alert", ()),
    "waiting": ("waiting", ()),
    "pumpings": ("pumping", ()),
    "grants": ("grant", ("to_id",)),
    "reports": ("report", ("reported_id",)),
    "operations": ("outcome", ()),
    "calendar": ("exposure", ()),
    "watches": ("watch", ()),
    "codes": ("code", ("hash",)),
    "mails": ("mail", ()),
}
"""{section: (table, columns left out)} of what is written out as it stands.

By the tables' names, since some stand on floors above. A session's id is what a cookie holds,
and whom she reported or shows her answers is another's id.
"""

KEPT_BACK = {"password_hash": "a secret", "near_epoch": "a counter of ours"}


def export(person: Person) -> Row:
    """Everything of hers in dicts, lists, texts and numbers, with a header that says what it is."""
    return {
        "milkwell": {
            "what": _("Everything that Milkwell holds of you. It was made for you alone."),
            "made_at": now().isoformat(timespec="seconds"),
        },
        "account": next(_rows("person", KEPT_BACK, person.id, named="id")),
        "blocks": [people.block_row(block) for block in people.blocks_of(person.id)],
        "listings": [listings.whole(listing) for listing in _listings(person.id)],
        "screening": screening.whole(screening.answers_of(person.id)),
        "matches": [*_matches(person.id)],
        "conversations": [*_conversations(person.id)],
        "devices": [*_devices(person.id)],
        **{name: [*_rows(*plain, person.id)] for name, plain in PLAIN.items()},
    }


def _rows(
    name: str, left_out: Iterable[str], person_id: uuid.UUID, named: str = "person_id"
) -> Iterator[Row]:
    table = Base.metadata.tables[name]
    shown = [column for column in table.columns if column.name not in {"person_id", *left_out}]
    query = select(*shown).where(table.c[named] == person_id).order_by(*table.primary_key)
    for row in db.session.execute(query).mappings():
        yield {column.name: _plain(row[column.name]) for column in shown}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _listings(person_id: uuid.UUID) -> Iterable[Listing]:
    return db.session.scalars(select(Listing).where(Listing.person_id == person_id)).unique()


def _matches(person_id: uuid.UUID) -> Iterable[Row]:
    hers = or_(Match.donor_id == person_id, Match.recipient_id == person_id)
    for match in db.session.scalars(select(Match).where(hers)).unique():
        mine = match.offer_id if match.donor_id == person_id else match.request_id
        yield {"id": str(match.id), "mine": str(mine), "made_at": match.made_at.isoformat()}


def _conversations(person_id: uuid.UUID) -> Iterable[Row]:
    hers = or_(Conversation.owner_id == person_id, Conversation.starter_id == person_id)
    unseen = people.blocked_with(person_id)
    for conversation in db.session.scalars(select(Conversation).where(hers)).unique():
        shown = messages.row(conversation, person_id, unseen)
        if shown:
            # What the other answered of her health, and may take back, is no file's.
            shown.pop("screening", None)
        letters = [
            {
                "mine": letter.person_id == person_id,
                "text": letter.text,
                "at": letter.made_at.isoformat(),
            }
            for letter in messages.letters_of(conversation.id)
            # Of a conversation that she left, her own letters are still hers to have.
            if shown or letter.person_id == person_id
        ]
        yield {**(shown or {"id": str(conversation.id), "left": True}), "letters": letters}


def _devices(person_id: uuid.UUID) -> Iterable[Row]:
    for device in _rows("device", ("p256dh", "auth"), person_id):
        yield device | {"endpoint": None, "alerts": device["endpoint"] is not None}
