"""What one person was granted of another's answers, over the wire; nobody else sees any of it."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import GRESHAM, SAME_ORIGIN, Cast, Phone, offer, request, today
from tests.messages.pen import Pen
from tests.screening.answering import ANSWERS, MEDICINE, answered, kept
from webapp import moderation, rights
from webapp.alerts import Alert
from webapp.database import db, reading, writing
from webapp.messages import notification
from webapp.people import Person
from webapp.screening import QUESTIONS


class Talk:
    """A donor who has answered, a family that writes to her, and others who don't."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.her, self.second = cast.donor, cast.phone(cast.donor.person_id)
        answered(self.her)
        offered = self.her.publish(offer())
        needed = cast.recipient.publish(request())
        self.family = Pen(cast.recipient, offered, needed)
        self.donor = Pen(self.her, needed, offered, starter=cast.recipient)
        self.beside = cast.somebody("Mia", GRESHAM)
        wanted = self.beside.publish(request())
        self.other = Pen(self.beside, offered, wanted)
        self.family.write("Could we have some?")
        self.other.write("Could we, too?")
        self.her.sync()

    def grant(self, level: str) -> dict[str, Any]:
        return self.donor.do("grant", {"grant": level})

    def seen(self) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.family.shown().get("screening")
        return found

    def others(self) -> list[Phone]:
        return [self.beside, self.cast.outsider]


@pytest.fixture
def talk(cast: Cast) -> Talk:
    return Talk(cast)


def test_nothing_is_shown_before_she_grants_it(talk: Talk) -> None:
    talk.family.phone.sync()
    assert talk.seen() is None
    assert "screening" not in str(talk.family.phone.rows)


def test_all_of_it_is_every_answer_with_dates_and_evidence(talk: Talk) -> None:
    assert talk.grant("all")["outcome"] == "done"
    seen = talk.seen()
    assert seen is not None
    assert (seen["level"], seen["answered_on"]) == ("all", today())
    lines = {line["what"]: line for line in seen["answers"]}
    assert set(lines) == set(ANSWERS) & set(QUESTIONS)
    assert lines["hiv_test"] == {
        "what": "hiv_test",
        "says": "negative",
        "on": ANSWERS["hiv_test_on"],
        "evidence": "shown_in_person",
        "seen_on": ANSWERS["hiv_test_seen_on"],
    }
    assert lines["takes_medicine"]["detail"] == MEDICINE


def test_a_summary_says_no_contents(talk: Talk) -> None:
    talk.grant("summary")
    seen = talk.seen()
    assert seen is not None
    assert seen["answers"] == [
        {"what": "infection", "says": "ask"},
        {"what": "tests", "says": "ask"},
        {"what": "medicines", "says": "ask"},
        {"what": "own_baby", "says": "none"},
    ]
    assert MEDICINE not in str(talk.family.phone.rows)
    assert "1998" not in json.dumps(seen)


def test_her_own_phones_say_how_much_she_shows(talk: Talk) -> None:
    talk.grant("summary")
    talk.second.sync()
    rows = {row["id"]: row for row in talk.second.held("me", "conversation")}
    assert rows[talk.donor.conversation]["grants"] == "summary"
    assert "grants" not in rows[talk.other.conversation]
    assert "grants" not in talk.family.shown()


def test_what_is_granted_to_one_is_invisible_to_all_others(talk: Talk) -> None:
    talk.grant("all")
    for phone in talk.others():
        phone.sync()
        assert MEDICINE not in str(phone.rows)
        assert "screening" not in str(phone.rows)
    assert talk.seen() is not None
    body = {"protocol": 1, "device": talk.her.device, "sent_at": today(), "cursors": {}}
    answer = talk.cast.stranger.post("/api/sync", json=body, headers=SAME_ORIGIN)
    assert answer.status_code == 401
    assert MEDICINE not in answer.get_data(as_text=True)


def test_taken_back_it_leaves_the_other_phone_at_its_next_sync(talk: Talk) -> None:
    talk.grant("all")
    assert talk.seen() is not None
    assert talk.grant("none")["outcome"] == "done"
    assert talk.seen() is None
    assert MEDICINE not in str(talk.family.phone.rows)


def test_less_can_be_shown_than_before(talk: Talk) -> None:
    talk.grant("all")
    talk.grant("summary")
    seen = talk.seen()
    assert seen is not None
    assert seen["level"] == "summary"
    assert MEDICINE not in str(talk.family.phone.rows)


def test_what_she_answers_anew_is_what_the_other_sees(talk: Talk) -> None:
    talk.grant("all")
    talk.family.phone.sync()
    answered(talk.second, {"takes_medicine": "talk"}, {"takes_medicine": "yes"})
    seen = talk.seen()
    assert seen is not None
    assert {"what": "takes_medicine", "says": "talk"} in seen["answers"]
    assert MEDICINE not in str(talk.family.phone.rows)


def test_who_has_no_answers_shows_none(talk: Talk) -> None:
    talk.grant("all")
    was = kept(talk.her)
    answered(talk.her, dict.fromkeys(was, ""), was)
    assert talk.seen() is None


def block(talk: Talk) -> None:
    talk.donor.do("block")


def be_blocked(talk: Talk) -> None:
    talk.family.do("block")


def leave(talk: Talk) -> None:
    talk.donor.do("leave")


def be_left(talk: Talk) -> None:
    talk.family.do("leave")


def take_back(talk: Talk) -> None:
    talk.her.do("person.take_back", talk.her.person_id)


def be_suspended(talk: Talk) -> None:
    with writing() as session:
        moderation.suspend(session.get_one(Person, talk.her.person_id))


def be_erased(talk: Talk) -> None:
    with writing() as session:
        rights.erase(session.get_one(Person, talk.her.person_id))


ENDS = [block, be_blocked, leave, be_left, take_back, be_suspended, be_erased]


@pytest.mark.parametrize("end", ENDS)
def test_a_grant_ends_with(talk: Talk, end: Any) -> None:
    talk.grant("all")
    assert talk.seen() is not None
    end(talk)
    talk.family.phone.sync()
    assert MEDICINE not in str(talk.family.phone.rows)
    with reading() as session:
        assert session.execute(db.metadata.tables["grant"].select()).all() == []


def test_a_block_that_is_lifted_brings_no_grant_back(talk: Talk) -> None:
    talk.grant("all")
    block(talk)
    assert talk.grant("all")["outcome"] == "rejected"
    assert talk.grant("none")["outcome"] == "done"
    (blocked,) = [row["id"] for row in talk.her.held("me", "block")]
    talk.her.do("block.lift", blocked)
    assert talk.seen() is None
    assert "grants" not in talk.donor.shown()


def test_who_was_let_in_again_shows_nothing_until_she_grants_it_anew(talk: Talk) -> None:
    talk.grant("all")
    be_suspended(talk)
    with writing() as session:
        moderation.restore(session.get_one(Person, talk.her.person_id))
    assert talk.seen() is None


def test_a_family_has_nothing_to_grant(talk: Talk) -> None:
    result = talk.family.do("grant", {"grant": "all"})
    assert result["errors"] == {"grant": ["Only who offers milk is asked about her health."]}


@pytest.mark.parametrize("level", ["", "some", "everything"])
def test_a_level_that_there_is_not_is_refused(talk: Talk, level: str) -> None:
    assert talk.grant(level)["outcome"] == "rejected"
    assert talk.seen() is None


def test_nobody_grants_in_a_conversation_of_others(talk: Talk) -> None:
    result = talk.beside.do("conversation.grant", talk.donor.conversation, {"grant": "all"})
    assert result["outcome"] == "rejected"
    assert talk.seen() is None


def test_an_alert_that_is_pushed_brings_none_of_it(talk: Talk) -> None:
    talk.grant("all")
    talk.donor.write("I've shown you what I answered.")
    with reading() as session:
        found = session.query(Alert).filter_by(person_id=talk.cast.recipient.person_id).all()
        told = [notification(alert) for alert in found if alert.kind == "letter"]
        assert told
        assert MEDICINE not in str(told)


def test_another_persons_file_holds_none_of_it(talk: Talk) -> None:
    talk.grant("all")
    with reading() as session:
        hers = rights.export(session.get_one(Person, talk.her.person_id))
        theirs = rights.export(session.get_one(Person, talk.cast.recipient.person_id))
    assert [row["level"] for row in hers["grants"]] == ["all"]
    assert MEDICINE not in json.dumps(theirs)
    assert str(talk.cast.recipient.person_id) not in json.dumps(hers)


DETAILS = st.text("qxzäß ", min_size=8, max_size=40).map(lambda text: f"secret {text}.")
SAID = st.fixed_dictionaries(
    {"takes_medicine_detail": DETAILS},
    optional={c: st.sampled_from([a for a, _w in q.answers]) for c, q in QUESTIONS.items()}
    | {"drinks_detail": DETAILS, "travelled_detail": DETAILS},
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fields=SAID, then=st.sampled_from(["none", "taken back"]))
def test_of_whatever_she_answers_nothing_is_in_anybody_elses_sync(
    talk: Talk, fields: dict[str, str], then: str
) -> None:
    was = kept(talk.her)
    answered(talk.her, dict.fromkeys(was, "") | fields, was)
    if then == "taken back":
        talk.grant("all")
        talk.family.phone.sync()
        talk.grant("none")
    for pen in (talk.family, talk.other):
        pen.phone.sync()
    talk.cast.outsider.sync()
    told = [f'"{name}"' for name in (*QUESTIONS, "screening", "grants")]
    for person in (talk.family.phone, *talk.others()):
        answer = talk.cast.phone(person.person_id).send().get_data(as_text=True)
        for said in (answer, json.dumps([[*rows.values()] for rows in person.rows.values()])):
            assert [text for text in (*told, "secret ") if text in said] == []
