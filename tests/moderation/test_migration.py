"""The columns and tables of this capability come and go without touching what stood before."""

from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select

from tests.cast import Cast, offer, request
from webapp import people
from webapp.database import Base, db, reading, writing
from webapp.people import Block, Person
from webapp.worker import match

BEFORE = "6a9e88934603"
KEPT = ("person", "consent", "session", "device", "listing", "batch", "match", "alert", "block")


def counts() -> dict[str, int]:
    with reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(Base.metadata.tables[name])) or 0
            for name in KEPT
        }


def test_what_stood_before_stands_after_going_back_and_forth(cast: Cast) -> None:
    cast.donor.publish(offer())
    cast.recipient.publish(request())
    cast.outsider.sync()
    match()
    with writing() as session:
        everybody = session.query(Person).order_by(Person.id).all()
        people.block(everybody[0], everybody[-1], "offer", "8728f0190ffffff")
        everybody[0].read_marks = True
    before = counts()
    assert min(before.values()) > 0, before
    db.session.remove()
    downgrade(revision=BEFORE)
    upgrade()
    assert counts() == before
    with reading() as session:
        assert set(session.scalars(select(Person.read_marks))) == {False}
        assert session.execute(select(Block.kind, Block.cell)).all() == [("", "")]
