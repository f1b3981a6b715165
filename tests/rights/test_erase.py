"""An erased person stands nowhere, what others hold of her goes, and what is theirs stays."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import PASSWORD, SAME_ORIGIN, Cast, Phone, offer
from tests.messages.pen import begin
from tests.rights.scene import (
    EMAIL,
    HERB,
    LETTERS,
    MEDICINE,
    NAME,
    NOTE,
    OTHERS,
    Scene,
    bytes_of,
    found,
    town,
)
from webapp import alerts, messages, moderation, rights
from webapp.alerts.mail import Files
from webapp.database import Base, db, reading, writing
from webapp.messages import Conversation, Message
from webapp.people import Person
from webapp.worker import match


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return Scene(cast)


def erase(phone: Phone) -> Any:
    return phone.client.post("/api/erase", json={"password": PASSWORD}, headers=SAME_ORIGIN)


def texts(phone: Phone) -> str:
    return json.dumps([[*rows.values()] for rows in phone.rows.values()])


def test_no_byte_of_her_stays_in_the_database(app: Flask, scene: Scene) -> None:
    town(scene.cast, 12)
    match()
    secrets = scene.secrets()
    assert rights.wipe()
    assert found(app, secrets) == list(secrets)
    assert erase(scene.her).status_code == 200
    assert found(app, secrets) == []
    assert all(said.encode() in bytes_of(app) for said in OTHERS)


def test_no_byte_of_her_stays_whatever_is_written_before_and_after(
    app: Flask, scene: Scene
) -> None:
    secrets = scene.secrets()
    for note in ("short", NOTE * 3, "shorter", NOTE):
        was = scene.her.held("me", "listing")[0]["fields"]["note"]
        scene.her.do("listing.edit", scene.listing, {"note": note}, was={"note": was})
        scene.her.sync()
        town(scene.cast, 4)
    assert erase(scene.her).status_code == 200
    town(scene.cast, 4)
    assert found(app, secrets) == []


def test_a_server_that_died_before_wiping_does_it_as_it_starts_again(
    app: Flask, scene: Scene
) -> None:
    secrets = scene.secrets()
    with writing() as session:
        rights.erase(session.get_one(Person, scene.her.person_id))
    if db.engine.dialect.name == "sqlite":
        assert "name" in found(app, secrets)
    assert app.test_cli_runner().invoke(args=["begin"]).exit_code == 0
    assert found(app, secrets) == []


def test_an_erasure_that_breaks_erases_nothing(app: Flask, scene: Scene) -> None:
    before = scene.secrets()

    def breaks() -> None:
        with writing() as session:
            rights.erase(session.get_one(Person, scene.her.person_id))
            raise RuntimeError("out of order")

    with pytest.raises(RuntimeError, match="out of order"):
        breaks()
    scene.her.sync()
    scene.other.sync()
    assert scene.secrets() == before
    assert scene.listing in texts(scene.other)


def test_letters_that_lie_about_as_files_go_with_her(app: Flask, scene: Scene) -> None:
    data = app.config["SETTINGS"].data
    assert alerts.post(Files(data), lambda _alert: None) > 0
    hers = [path for path in (data / "mail").iterdir() if EMAIL in path.read_text()]
    assert hers
    assert erase(scene.her).status_code == 200
    assert not [path for path in hers if path.exists()]


def test_what_others_hold_of_her_leaves_their_phones(scene: Scene) -> None:
    assert scene.listing in texts(scene.other)
    assert HERB in texts(scene.other)
    erase(scene.her)
    for phone in (scene.other, scene.bystander, scene.cast.donor):
        phone.sync()
        for secret in (
            scene.listing,
            NAME,
            NOTE,
            MEDICINE,
            HERB,
            *LETTERS,
            str(scene.her.person_id),
        ):
            assert secret not in texts(phone)
    assert scene.other.held("me", "match") == scene.other.held("me", "alert") == []
    assert scene.bystander.held("me", "block") == []


def test_the_other_keeps_her_own_letters_in_a_conversation_that_is_gone(scene: Scene) -> None:
    erase(scene.her)
    scene.other.sync()
    (conversation,) = scene.other.held("me", "conversation")
    assert conversation["gone"] is True
    assert conversation["read"] == conversation["position"]
    assert not {"card", "opened", "other"} & set(conversation)
    assert {row["text"] for row in scene.other.held("me", "message")} == set(OTHERS)
    again = {"conversation": scene.conversation, "text": "Are you there"}
    said = scene.other.do("message.send", "019aa9e0-0000-7000-8000-000000000001", again)
    assert said["errors"] == {"": ["Not available any more."]}


def test_what_belongs_to_others_is_all_still_there(scene: Scene) -> None:
    before = theirs(scene)
    erase(scene.her)
    assert theirs(scene) == before


def theirs(scene: Scene) -> dict[str, Any]:
    """Everything of everybody else, as their exports tell it; what was about her left out."""
    exports = {}
    with reading() as session:
        for phone in (scene.other, scene.bystander, scene.cast.donor):
            everything = rights.export(session.get_one(Person, phone.person_id))
            kept = ("account", "consents", "listings", "devices", "moves", "operations")
            exports[phone.device] = {name: everything[name] for name in kept}
            exports[phone.device]["letters"] = [
                letter["text"]
                for conversation in everything["conversations"]
                for letter in conversation["letters"]
                if letter["mine"]
            ]
    return exports


def test_every_table_forgets_her(scene: Scene) -> None:
    person_id = scene.her.person_id
    erase(scene.her)
    with reading() as session:
        for table in Base.metadata.sorted_tables:
            for key in table.foreign_keys:
                if key.column.table.name == "person":
                    hers = select(func.count()).select_from(table).where(key.parent == person_id)
                    assert session.scalar(hers) == 0, key.parent
        change = Base.metadata.tables["change"]
        in_her_feed = select(func.count()).where(change.c.scope == f"me:{person_id}")
        assert session.scalar(in_her_feed) == 0


def test_each_of_her_phones_is_told_at_its_next_contact(scene: Scene) -> None:
    erase(scene.second)
    for phone in (scene.her, scene.second):
        response = phone.send()
        assert (response.status_code, response.json["error"]) == (410, "erased")
    assert scene.other.send().status_code == 200


def test_a_conversation_goes_when_nobody_is_left_in_it(scene: Scene) -> None:
    erase(scene.her)
    erase(scene.other)
    with reading() as session:
        for model in (Conversation, Message):
            assert session.scalar(select(func.count()).select_from(model)) == 0


def test_a_letter_that_waits_for_an_answer_makes_room_when_its_writer_is_erased(
    cast: Cast,
) -> None:
    cast.donor.publish(offer())
    begin(cast.recipient, cast.donor)
    late = cast.outsider.person_id
    with writing() as session:
        conversation = session.scalars(select(Conversation)).unique().one()
        messages.wait(session.get_one(Person, late), conversation.listing_id)
    erase(cast.recipient)
    cast.outsider.sync()
    assert [row["kind"] for row in cast.outsider.held("me", "alert")] == ["free"]


def test_the_same_address_may_sign_up_again_and_finds_nothing(app: Flask, scene: Scene) -> None:
    erase(scene.her)
    again = scene.cast.somebody(NAME, (45.6012, -122.5512, 200_000))
    again.sync()
    assert [noun for (_scope, noun), rows in again.rows.items() if rows if noun != "listing"] == [
        "person"
    ]


def test_somebody_suspended_is_erased_with_what_was_held(app: Flask, scene: Scene) -> None:
    secrets = scene.secrets()
    with writing() as session:
        her = session.get_one(Person, scene.her.person_id)
        moderation.suspend(her)
        session.flush()
        rights.erase(her)
    assert rights.wipe()
    assert found(app, secrets) == []
    assert scene.her.send().status_code == 410


def test_a_person_who_never_said_anything_can_be_erased(cast: Cast) -> None:
    nobody = cast.somebody("Nora", (45.5, -122.4, 200_000))
    with writing() as session:
        rights.erase(session.get_one(Person, nobody.person_id))
    with reading():
        assert db.session.get(Person, nobody.person_id) is None
        assert not rights.erased(nobody.person_id)
