"""Whom a person blocks: neither sees the other from then on."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select

from webapp import geo
from webapp.database import db
from webapp.people.models import Block, Person


def block(person: Person, other: Person, kind: str = "", cell: str = "") -> None:
    """Neither sees the other from now on.

    `kind` ("offer" or "request") and `cell` are those of what was blocked, to be told apart by
    later. Each has her own block, so that one who lifts hers doesn't lift the other's.
    """
    known = select(Block.id).where(Block.person_id == person.id, Block.blocked_id == other.id)
    if other.id == person.id or db.session.scalar(known):
        return
    db.session.add(Block(person_id=person.id, blocked_id=other.id, kind=kind, cell=cell))
    _begin_feeds_anew(person, other)


def lift_block(person: Person, block_id: uuid.UUID) -> bool:
    """Take a block of hers back; False where there is no such block of hers."""
    found = db.session.get(Block, block_id)
    if found is None or found.person_id != person.id:
        return False
    _begin_feeds_anew(person, db.session.get_one(Person, found.blocked_id))
    db.session.delete(found)
    db.session.flush()
    return True


def blocks_of(person_id: uuid.UUID) -> Sequence[Block]:
    """Her blocks, the newest first."""
    return db.session.scalars(
        select(Block).where(Block.person_id == person_id).order_by(Block.made_at.desc())
    ).all()


def blocked_with(person_id: uuid.UUID) -> set[uuid.UUID]:
    """Everybody whom she blocks or who blocks her."""
    rows = db.session.execute(
        select(Block.person_id, Block.blocked_id).where(
            or_(Block.person_id == person_id, Block.blocked_id == person_id)
        )
    )
    return {b if a == person_id else a for a, b in rows}


def block_row(block: Block) -> dict[str, Any]:
    """The block as its person's phone keeps it: what was blocked and near which place, not whom."""
    near = geo.described(block.cell).get("near") if block.cell else None
    row = {"id": str(block.id), "at": block.made_at.isoformat(), "kind": block.kind, "near": near}
    return {name: value for name, value in row.items() if value}


def _begin_feeds_anew(*both: Person) -> None:
    for person in both:
        person.near_epoch += 1
