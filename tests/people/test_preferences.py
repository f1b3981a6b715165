"""What she prefers, and whom she blocks."""

import uuid
from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast
from webapp import people
from webapp.database import db, reading, uuid7, writing
from webapp.people import LANGUAGES, Person
from webapp.routes.words import LANGUAGES as SPOKEN


def edit(cast: Cast, **fields: Any) -> dict[str, Any]:
    with reading() as session:
        today = people.fields_of(session.get_one(Person, cast.donor.person_id))
    was = {name: today[name] for name in fields}
    return cast.donor.do("person.edit", cast.donor.person_id, fields, was=was)


def row(cast: Cast) -> dict[str, Any]:
    (held,) = cast.donor.held("me", "person")
    return held


def test_others_see_what_she_has_read_only_if_she_chose_so(cast: Cast) -> None:
    cast.donor.sync()
    assert row(cast)["read_marks"] is False
    assert edit(cast, read_marks="y")["outcome"] == "done"
    assert row(cast)["read_marks"] is True
    assert edit(cast, read_marks="")["outcome"] == "done"
    assert row(cast)["read_marks"] is False


def test_her_language_is_one_that_milkwell_speaks(cast: Cast) -> None:
    cast.donor.sync()
    assert row(cast)["language"] == "en"
    assert edit(cast, language="es")["outcome"] == "done"
    assert row(cast)["language"] == "es"
    assert "language" in edit(cast, language="tlh")["errors"]
    assert "language" in edit(cast, language="")["errors"]


def test_she_chooses_among_the_languages_that_there_are() -> None:
    assert set(SPOKEN) <= {code for code, _name in LANGUAGES}


@pytest.fixture
def two(app: Flask) -> tuple[uuid.UUID, uuid.UUID]:
    with writing():
        made = [people.sign_up(n, f"{n}@example.org", "a long sentence", "en") for n in "ab"]
        one, two = (person.id for person in made if person)
        return one, two


def both(two: tuple[uuid.UUID, uuid.UUID]) -> tuple[Person, Person]:
    return db.session.get_one(Person, two[0]), db.session.get_one(Person, two[1])


def test_a_block_is_kept_once_and_its_row_names_nobody(
    two: tuple[uuid.UUID, uuid.UUID],
) -> None:
    with writing():
        one, other = both(two)
        for _ in range(2):
            people.block(one, other, "offer", "8728f0190ffffff")
        (block,) = people.blocks_of(one.id)
        assert people.blocks_of(other.id) == []
        shown = people.block_row(block)
        assert shown == {
            "id": str(block.id),
            "at": block.made_at.isoformat(),
            "kind": "offer",
            "near": shown["near"],
        }
        assert shown["near"]
        assert (one.near_epoch, other.near_epoch) == (1, 1)


def test_a_block_of_which_nothing_is_known_still_has_its_row(
    two: tuple[uuid.UUID, uuid.UUID],
) -> None:
    with writing():
        one, other = both(two)
        people.block(one, other)
        assert set(people.block_row(people.blocks_of(one.id)[0])) == {"id", "at"}


def test_lifting_is_hers_alone_and_begins_both_feeds_anew(
    two: tuple[uuid.UUID, uuid.UUID],
) -> None:
    with writing():
        one, other = both(two)
        people.block(one, other)
        block_id = people.blocks_of(one.id)[0].id
        assert not people.lift_block(other, block_id)
        assert not people.lift_block(one, uuid7())
        assert people.lift_block(one, block_id)
        assert people.blocked_with(one.id) == people.blocked_with(other.id) == set()
        assert (one.near_epoch, other.near_epoch) == (2, 2)


def test_suspending_keeps_the_first_moment_and_ends_every_session(
    two: tuple[uuid.UUID, uuid.UUID],
) -> None:
    with writing():
        one, other = both(two)
        mine, theirs = (people.start_session(person).id for person in (one, other))
        people.suspend(one)
        first = one.suspended_at
        people.suspend(one)
        assert one.suspended_at == first
        assert people.session_by_id(mine) is None
        assert people.session_by_id(theirs) is not None
        people.restore(one)
        assert one.suspended_at is None
