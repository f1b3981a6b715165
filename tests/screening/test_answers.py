"""Her answers: kept for her alone, merged as edits are, and readable nowhere in the database."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast, operation, today
from tests.rights.scene import bytes_of
from tests.screening.answering import ANSWERS, MEDICINE, answer, answered, kept
from webapp import rights, screening
from webapp.database import Base, db, now, reading, writing
from webapp.people import Person
from webapp.screening import Screening, answers, sealing


def test_her_answers_come_to_all_her_phones_and_to_nobody_else(cast: Cast) -> None:
    answered(cast.donor)
    second = cast.phone(cast.donor.person_id)
    assert kept(cast.donor) == kept(second) == ANSWERS
    for other in (cast.recipient, cast.outsider):
        other.sync()
        assert MEDICINE not in str(other.rows)
        assert other.held("me", "screening") == []


def test_only_what_changed_travels_and_the_rest_stays(cast: Cast) -> None:
    answered(cast.donor)
    answered(cast.donor, {"hiv_ever": "talk"}, {"hiv_ever": "no"})
    assert kept(cast.donor) == ANSWERS | {"hiv_ever": "talk"}
    answered(cast.donor, {"hiv_ever": ""}, {"hiv_ever": "talk"})
    assert "hiv_ever" not in kept(cast.donor)


def test_two_phones_that_changed_the_same_answer_ask_her(app: Flask, cast: Cast) -> None:
    answered(cast.donor)
    newer = {"takes_medicine_detail": "ibuprofenoid"}
    answered(cast.donor, newer, {"takes_medicine_detail": MEDICINE})
    late = {"takes_medicine_detail": "paracetamoline"}
    raw = operation("screening.answer", cast.donor.person_id, late, was={})
    expected = {"takes_medicine_detail": {"yours": "paracetamoline", "theirs": "ibuprofenoid"}}
    for _sent in ("first", "again"):
        (result,) = cast.donor.sync(raw)
        assert (result["outcome"], result["conflicts"]) == ("conflict", expected)
    for words in ("paracetamoline", "ibuprofenoid"):
        assert words.encode() not in bytes_of(app)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"hiv_ever": "perhaps"}, "That is not one of the answers."),
        ({"hiv_test": "negative", "hiv_test_on": today(9)}, "That day is still to come."),
        ({"syphilis_ever": "yes", "syphilis_ever_year": "2999"}, "That year is still to come."),
        ({"syphilis_ever": "yes", "syphilis_ever_year": "soon"}, "Write a whole number."),
        ({"takes_medicine": "yes", "takes_medicine_detail": "x" * 501}, "500 is the most."),
        ({"reason": "none of yours"}, "Milkwell does not ask this."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(
    cast: Cast, wrong: dict[str, str], words: str
) -> None:
    result = answer(cast.donor, wrong)
    assert result["outcome"] == "rejected"
    ((name, said),) = result["errors"].items()
    assert name in wrong
    assert words in " ".join(said)
    assert kept(cast.donor) == {}


def test_what_stands_beside_an_answer_goes_with_it(cast: Cast) -> None:
    answered(cast.donor)
    answered(cast.donor, {"takes_medicine": "no"}, {"takes_medicine": "yes"})
    answered(
        cast.donor,
        {"hiv_test_evidence": "self_reported"},
        {"hiv_test_evidence": "shown_in_person"},
    )
    fields = kept(cast.donor)
    assert "takes_medicine_detail" not in fields
    assert "hiv_test_seen_on" not in fields
    assert fields["hiv_test_on"] == ANSWERS["hiv_test_on"]


def test_nobody_answers_for_somebody_else(cast: Cast) -> None:
    result = cast.outsider.do("screening.answer", cast.donor.person_id, {"hiv_ever": "no"}, was={})
    assert result["outcome"] == "rejected"
    assert kept(cast.donor) == kept(cast.outsider) == {}


def test_who_took_her_consent_back_keeps_no_answers_and_gives_none(cast: Cast) -> None:
    answered(cast.donor)
    cast.donor.do("person.take_back", cast.donor.person_id)
    assert kept(cast.donor) == {}
    assert answer(cast.donor)["outcome"] == "rejected"
    with reading() as session:
        assert session.scalar(select(Screening.id)) is None


def test_an_answer_is_as_old_as_it_was_last_said(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(cast.donor, {"hiv_ever": "no", "takes_herbs": "no"})
    later = now() + timedelta(days=100)
    monkeypatch.setattr(answers, "now", lambda: later)
    answered(cast.donor, {"takes_herbs": "talk"}, {"takes_herbs": "no"})
    with reading():
        said = screening.answers_of(cast.donor.person_id)
    assert said.said_on == {"hiv_ever": today(), "takes_herbs": later.date().isoformat()}
    assert said.oldest_on == today()
    answered(cast.donor, {"again": "y"})
    with reading():
        said = screening.answers_of(cast.donor.person_id)
    assert said.oldest_on == later.date().isoformat()
    assert "again" not in kept(cast.donor)


def test_no_byte_of_the_database_holds_a_readable_answer(app: Flask, cast: Cast) -> None:
    answered(cast.donor)
    answer(cast.donor, {"takes_medicine_detail": "otherwise"})
    answer(cast.donor, {"takes_medicine_detail": "x" * 501}, {"takes_medicine_detail": MEDICINE})
    answered(cast.donor, {"hiv_ever": "talk"}, {"hiv_ever": "no"})
    cast.phone(cast.donor.person_id).sync()
    everything = bytes_of(app)
    readable = [MEDICINE, *(name for name in ANSWERS), "shown_in_person"]
    assert [text for text in readable if text.encode() in everything] == []
    # Of an id that is written in hexadecimals it may be a part.
    assert re.search(rb"(?<![0-9a-f])1998(?![0-9a-f])", everything) is None


def test_the_ledger_and_the_feed_name_no_answer(app: Flask, cast: Cast) -> None:
    answered(cast.donor)
    answer(cast.donor, {"hiv_ever": "yes"}, {"hiv_ever": "talk"})
    with reading() as session:
        tables = [Base.metadata.tables[name] for name in ("outcome", "change")]
        said = repr([session.execute(table.select()).all() for table in tables])
    assert MEDICINE not in said
    assert "'no'" not in said


def test_everything_of_hers_has_her_answers_in_it(cast: Cast) -> None:
    answered(cast.donor)
    with reading() as session:
        everything = rights.export(session.get_one(Person, cast.donor.person_id))
        others = rights.export(session.get_one(Person, cast.outsider.person_id))
    lines = {line["what"]: line for line in everything["screening"]}
    assert lines["takes_medicine"] == {
        "what": "takes_medicine",
        "says": "yes",
        "detail": MEDICINE,
        "said_on": today(),
    }
    assert others["screening"] == []


def test_erasing_her_leaves_none_of_her_answers(cast: Cast) -> None:
    answered(cast.donor)
    with writing() as session:
        rights.erase(session.get_one(Person, cast.donor.person_id))
    with reading() as session:
        assert session.scalar(select(Screening.id)) is None


def test_without_its_key_her_answers_are_not_said_and_are_not_overwritten(
    app: Flask, cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(cast.donor)
    here = sealing.numbered_keys
    monkeypatch.setattr(sealing, "numbered_keys", lambda folder, _kind: {folder: bytes(32)})
    with caplog.at_level(logging.ERROR):
        assert kept(cast.phone(cast.donor.person_id)) == {}
        assert answer(cast.donor, {"hiv_ever": "talk"})["outcome"] == "failed"
    assert "can't be opened" in caplog.text
    assert MEDICINE not in caplog.text
    monkeypatch.setattr(sealing, "numbered_keys", here)
    assert kept(cast.phone(cast.donor.person_id)) == ANSWERS


def rotate(app: Flask) -> Any:
    result = app.test_cli_runner().invoke(args=["keys", "rotate-screening"])
    db.session.remove()
    return result


def key_ids() -> set[str]:
    with reading() as session:
        return {*session.scalars(select(Screening.key_id))}


def folder_of(app: Flask) -> Any:
    return app.config["SETTINGS"].data


def test_a_new_key_seals_all_anew_and_no_phone_is_told(app: Flask, cast: Cast) -> None:
    for phone in (cast.donor, cast.recipient):
        answered(phone)
    before, cursors = key_ids(), {**cast.donor.cursors}
    assert rotate(app).exit_code == 0
    after = key_ids()
    assert len(after) == 1
    assert before != after == {sealing.newest_id(folder_of(app))}
    cast.donor.sync()
    assert cast.donor.cursors == cursors
    assert kept(cast.phone(cast.donor.person_id)) == ANSWERS


def test_a_key_is_dropped_when_nothing_uses_it_and_the_one_before_stays(
    app: Flask, cast: Cast
) -> None:
    answered(cast.donor)
    for _ in range(3):
        assert rotate(app).exit_code == 0
        files = sealing.files_by_id(folder_of(app))
        assert len(files) == 2
        assert list(files)[-1] in key_ids()


def test_a_rotation_that_was_stopped_goes_on_without_another_key(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones = [cast.donor, cast.recipient, cast.outsider]
    for phone in phones:
        answered(phone)
    monkeypatch.setattr(screening.rotating, "BATCH", 1)
    with writing():
        screening.rotating.begin(folder_of(app))
    with writing():
        screening.rotating.go_on(None)
    newest = sealing.newest_id(folder_of(app))
    assert len(key_ids()) == 2
    answered(cast.outsider, {"hiv_ever": "talk"}, {"hiv_ever": "no"})
    assert rotate(app).exit_code == 0
    assert key_ids() == {newest}
    assert kept(cast.phone(cast.outsider.person_id)) == ANSWERS | {"hiv_ever": "talk"}
    assert all(kept(cast.phone(phone.person_id)) == ANSWERS for phone in phones[:2])


def test_rows_whose_key_is_missing_are_told_to_the_host(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(cast.donor)
    with writing() as session:
        found = session.get_one(Screening, cast.donor.person_id)
        found.key_id = "0" * 16
        found.sealed = bytes(100)
    result = rotate(app)
    assert result.exit_code == 1
    assert "1 rows were sealed with a key that is not here" in result.output
