"""What stands in an offer of what is in a freezer, and how it leaves."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select

from webapp.database import db, now, uuid7
from webapp.milk.pumpings import CODED, GIVEN, THERE, Pumping
from webapp.people import Person

OLDEST = (Pumping.pumped_at, Pumping.id)


def leaving(volumes: Sequence[int], volume_ml: int) -> list[int]:
    """How much leaves of each bag, oldest first: whole ones, and at the end a part of one.

    `volumes` are in ml, oldest first (CDC: the oldest first). No bag gives more than it holds, and
    all together give `volume_ml`, or all there is.
    """
    gone = []
    for volume in volumes:
        part = max(min(volume, volume_ml), 0)
        gone.append(part)
        volume_ml -= part
    return gone


def set_aside(person: Person, batch_id: uuid.UUID, pumping_ids: Iterable[uuid.UUID]) -> list[str]:
    """These pumpings, and no others, stand in this batch. The batch is in the database already.

    Returns what is wrong in words, none where it is done. What was given of this batch before may
    be named, and stays given.
    """
    ids = {*pumping_ids}
    named = _locked(Pumping.id.in_(ids)) if ids else []
    given_before = [each for each in named if each.gone == GIVEN and each.batch_id == batch_id]
    free = [each for each in named if each not in given_before]
    if len(named) < len(ids) or any(each.person_id != person.id for each in named):
        return [_("Some of this milk is not in your freezer.")]
    if any(each.gone for each in free):
        return [_("Some of this milk is gone from your freezer.")]
    if any(each.batch_id not in (None, batch_id) for each in free):
        return [_("Some of this milk stands in another offer of yours.")]
    for each in _there_in([batch_id]):
        if each.id not in ids:
            each.batch_id = None
    for each in free:
        each.batch_id = batch_id
    return []


def take_back(batch_ids: Iterable[uuid.UUID]) -> None:
    """What stood in these batches and was not given is free again: the offer is over."""
    for each in _there_in(batch_ids):
        each.batch_id = None


def leave(batch_id: uuid.UUID, volume_ml: int) -> int:
    """So much of a batch was given: whole bags leave, oldest first; a part bag keeps its rest.

    Returns how many ml left the freezer: less than was given where the batch holds more than she
    ever logged, or what was given stood in no diary.
    """
    bags = _there_in([batch_id])
    parts = leaving([each.volume_ml for each in bags], volume_ml)
    for bag, part in zip(bags, parts, strict=True):
        if part == bag.volume_ml:
            bag.gone, bag.gone_at = GIVEN, now()
        elif part:
            _part(bag, part)
    return sum(parts)


def set_aside_in(batch_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """{batch: ids of the pumpings that stand in it and are still there}, oldest first."""
    found: dict[Any, list[uuid.UUID]] = {}
    there = select(Pumping.batch_id, Pumping.id).where(
        Pumping.batch_id.in_([*batch_ids]), Pumping.gone == THERE
    )
    for batch_id, pumping_id in db.session.execute(there.order_by(*OLDEST)):
        found.setdefault(batch_id, []).append(pumping_id)
    return found


def _part(bag: Pumping, part_ml: int) -> None:
    """What was given of a bag is a row of its own, so that the diary knows what became of it."""
    portions = max(1, bag.portions - bag.portions * part_ml // bag.volume_ml) if bag.portions else 0
    given = Pumping(
        id=uuid7(),
        person_id=bag.person_id,
        pumped_at=bag.pumped_at,
        volume_ml=part_ml,
        portions=((bag.portions or 0) - portions) or None,
        state=bag.state,
        storage=bag.storage,
        moved_at=bag.moved_at,
        batch_id=bag.batch_id,
        gone=GIVEN,
        gone_at=now(),
        **{name: getattr(bag, name) for name in CODED},
    )
    bag.volume_ml -= part_ml
    bag.portions = portions or None
    db.session.add(given)


def _there_in(batch_ids: Iterable[uuid.UUID]) -> list[Pumping]:
    return _locked(Pumping.batch_id.in_([*batch_ids]), Pumping.gone == THERE)


def _locked(*conditions: ColumnElement[bool]) -> list[Pumping]:
    query = select(Pumping).where(*conditions)
    return [*db.session.scalars(query.order_by(*OLDEST).with_for_update())]
