"""Rows as a phone keeps them, read afresh under today's permissions."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select

from webapp import alerts, listings, matching, messages, milk, people, screening
from webapp.alerts import Alert
from webapp.database import db
from webapp.listings import OPEN, Listing
from webapp.matching import Match, Watch
from webapp.messages import Conversation, Message
from webapp.milk import Exposure, Pumping
from webapp.people import Block, Person
from webapp.screening import Screening

Row = dict[str, Any]
Found = dict[uuid.UUID, Row]


def read_row(noun: str, row_id: uuid.UUID | None, person_id: uuid.UUID) -> Row | None:
    """One row of her own feed, or None where it isn't hers."""
    return read_own(noun, [row_id], person_id).get(row_id) if row_id else None


def read_own(noun: str, ids: Iterable[uuid.UUID], person_id: uuid.UUID) -> Found:
    """Those of these rows that stand in her own feed."""
    return OWN[noun]([*ids], person_id)


def read_near(ids: Iterable[uuid.UUID], person_id: uuid.UUID, cells: set[str]) -> Found:
    """The cards of those listings that she may see in these cells."""
    unseen = people.blocked_with(person_id) | {person_id}
    return {
        listing.id: listings.card(listing)
        for listing in _by_id(Listing, [*ids])
        if listing.status == OPEN
        and listing.feed_cell in cells
        and listing.person_id not in unseen
        and listing.person.suspended_at is None
    }


def own_keys(person_id: uuid.UUID) -> list[tuple[str, uuid.UUID]]:
    """(noun, id) of every row of her own feed."""
    queries = {
        "alert": select(Alert.id).where(Alert.person_id == person_id, Alert.kind != alerts.TEST),
        "block": select(Block.id).where(Block.person_id == person_id),
        "exposure": select(Exposure.id).where(Exposure.person_id == person_id),
        "listing": select(Listing.id).where(Listing.person_id == person_id),
        "person": select(Person.id).where(Person.id == person_id),
        "screening": select(Screening.id).where(Screening.id == person_id),
        "watch": select(Watch.id).where(Watch.person_id == person_id),
    }
    found = {noun: [*db.session.scalars(query)] for noun, query in queries.items()}
    found["match"] = [*matching.best_of(person_id)]
    found["pumping"] = milk.pumping_ids(person_id)
    found["conversation"], found["message"] = messages.ids_of(person_id)
    return [(noun, row_id) for noun, ids in found.items() for row_id in ids]


def _people(ids: list[uuid.UUID], person_id: uuid.UUID) -> Found:
    return {p.id: people.whole(p) for p in _by_id(Person, ids) if p.id == person_id}


def _listings(ids: list[uuid.UUID], person_id: uuid.UUID) -> Found:
    return {
        found.id: listings.whole(found)
        for found in _by_id(Listing, ids)
        if found.person_id == person_id
    }


def _matches(ids: list[uuid.UUID], person_id: uuid.UUID) -> Found:
    unseen = people.blocked_with(person_id)
    kept = set(matching.best_of(person_id)).intersection(ids)
    rows = {match.id: matching.row(match, person_id, unseen) for match in _by_id(Match, [*kept])}
    return {match_id: row for match_id, row in rows.items() if row}


def _alerts(ids: list[uuid.UUID], person_id: uuid.UUID) -> Found:
    # An alert stays as she was told it, whatever became of the match: it names ids alone.
    hers = {alert.id: alert for alert in _by_id(Alert, ids) if alert.person_id == person_id}
    matches = _by_id(Match, [alert.match_id for alert in hers.values() if alert.match_id])
    sides = {match.id: match.sides(person_id) for match in matches}
    found: Found = {}
    for alert in hers.values():
        both = sides.get(alert.match_id)
        if both or alert.match_id is None:
            found[alert.id] = alerts.row(alert, str(both[1].id) if both else "")
    return found


def _conversations(ids: list[uuid.UUID], person_id: uuid.UUID) -> Found:
    unseen = people.blocked_with(person_id)
    rows = {each.id: messages.row(each, person_id, unseen) for each in _by_id(Conversation, ids)}
    return {conversation_id: row for conversation_id, row in rows.items() if row}


def _messages(ids: list[uuid.UUID], person_id: uuid.UUID) -> Found:
    rows = {each.id: messages.message_row(each, person_id) for each in _by_id(Message, ids)}
    return {message_id: row for message_id, row in rows.items() if row}


def _blocks(ids: list[uuid.UUID], person_id: uuid.UUID) -> Found:
    blocks = _by_id(Block, ids)
    return {block.id: people.block_row(block) for block in blocks if block.person_id == person_id}


def _exposures(ids: list[uuid.UUID], person_id: uuid.UUID) -> Found:
    return {e.id: milk.exposure_row(e) for e in _by_id(Exposure, ids) if e.person_id == person_id}


def _pumpings(ids: list[uuid.UUID], person_id: uuid.UUID) -> Found:
    return {p.id: milk.pumping_row(p) for p in _by_id(Pumping, ids) if p.person_id == person_id}


def _watches(ids: list[uuid.UUID], person_id: uuid.UUID) -> Found:
    return {w.id: matching.watch_row(w) for w in _by_id(Watch, ids) if w.person_id == person_id}


def _screenings(ids: list[uuid.UUID], person_id: uuid.UUID) -> Found:
    hers = [found.id for found in _by_id(Screening, ids) if found.id == person_id]
    return {row_id: screening.row(row_id) for row_id in hers}


def _reports(_ids: list[uuid.UUID], _person_id: uuid.UUID) -> Found:
    """What she reported is for whoever hosts, and no phone's."""
    return {}


def _by_id(model: Any, ids: list[uuid.UUID]) -> Iterable[Any]:
    return db.session.scalars(select(model).where(model.id.in_(ids))).unique()


OWN: dict[str, Callable[[list[uuid.UUID], uuid.UUID], Found]] = {
    "alert": _alerts,
    "block": _blocks,
    "conversation": _conversations,
    "exposure": _exposures,
    "listing": _listings,
    "match": _matches,
    "message": _messages,
    "person": _people,
    "pumping": _pumpings,
    "report": _reports,
    "screening": _screenings,
    "watch": _watches,
}
