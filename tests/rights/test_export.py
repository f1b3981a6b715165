"""Everything of hers, readable, and nothing of anybody else's."""

import json
from typing import Any

import pytest

from tests.cast import PASSWORD, Cast
from tests.rights.scene import EMAIL, HERB, LETTERS, MEDICINE, NAME, NOTE, OTHERS, REPORTED, Scene
from webapp import rights
from webapp.database import Base, reading
from webapp.people import Person
from webapp.rights.exporting import PLAIN

BY_HAND = {"screening", "block", "listing", "match", "device", "conversation", "message"}


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return Scene(cast)


def exported(scene: Scene) -> dict[str, Any]:
    with reading() as session:
        return rights.export(session.get_one(Person, scene.her.person_id))


def test_it_begins_by_saying_what_it_is(scene: Scene) -> None:
    name, header = next(iter(exported(scene).items()))
    assert name == "milkwell"
    assert header["what"] == "Everything that Milkwell holds of you. It was made for you alone."
    assert header["made_at"]


def test_everything_that_she_said_is_in_it(scene: Scene) -> None:
    said = json.dumps(exported(scene))
    for text in (NAME, EMAIL, NOTE, MEDICINE, HERB, REPORTED, *LETTERS, *OTHERS):
        assert text in said, text


def test_every_section_is_filled(scene: Scene) -> None:
    scene.her.do("listing.edit", scene.listing, {"place": "45.50,-122.42"}, was={"place": ""})
    everything = exported(scene)
    sizes = {name: len(part) for name, part in everything.items()}
    assert sizes.pop("waiting") == 0
    assert min(sizes.values()) > 0, sizes
    assert sizes["listings"] == sizes["matches"] == sizes["conversations"] == 1
    assert sizes["devices"] == sizes["sessions"] == 2
    assert [letter["mine"] for letter in everything["conversations"][0]["letters"]] == [
        False,
        True,
        False,
        True,
    ]


def test_no_key_and_no_other_person_is_in_it(scene: Scene) -> None:
    said = json.dumps(exported(scene))
    with reading() as session:
        her = session.get_one(Person, scene.her.person_id)
        secrets = [her.password_hash, "push.example", "$argon2"]
        secrets += session.scalars(Base.metadata.tables["session"].select()).all()
    others = [str(p.person_id) for p in (scene.other, scene.bystander, scene.cast.donor)]
    for secret in (*secrets, *others, "June", "Mia", "Rosa", PASSWORD):
        assert secret not in said


def test_what_she_left_keeps_her_own_letters_alone(scene: Scene) -> None:
    scene.her.do("conversation.leave", scene.conversation)
    (conversation,) = exported(scene)["conversations"]
    assert conversation["left"] is True
    assert [letter["text"] for letter in conversation["letters"]] == [*LETTERS]


def test_every_table_that_names_a_person_has_its_place_in_it() -> None:
    names = {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }
    assert names == {table for table, _left_out in PLAIN.values()} | BY_HAND
