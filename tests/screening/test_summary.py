"""A summary tells which blocks were answered, and of what is said in them as little as it can."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.screening import ALL, BLOCKS, QUESTIONS, SUMMARY, answers, grants
from webapp.screening.answers import Answers
from webapp.screening.questions import EXIT

CODES = {code: st.sampled_from([c for c, _w in q.answers]) for code, q in QUESTIONS.items()}
SAID = st.fixed_dictionaries({}, optional=CODES)


def shown(fields: Any, level: str = SUMMARY) -> dict[str, str]:
    """{what: says} of what somebody sees of these answers."""
    lines = grants._summary(fields) if level == SUMMARY else grants._all(fields)
    return {line["what"]: line["says"] for line in lines}


def block(code: str) -> Any:
    return next(block for block in BLOCKS if block.code == code)


def quietly(code: str) -> dict[str, str]:
    """The quiet answer to every question of a block."""
    return {question.code: question.quiet for question in block(code).questions}


def test_what_was_not_answered_is_left_out() -> None:
    assert shown({}) == {}
    assert set(shown({"drinks": "no"})) == {"substances"}


@pytest.mark.parametrize("code", [block.code for block in BLOCKS])
def test_a_block_reads_none_only_where_all_of_it_was_answered_quietly(code: str) -> None:
    fields = quietly(code)
    assert shown(fields) == {code: "none"}
    for name in list(fields)[1:]:
        assert shown({n: v for n, v in fields.items() if n != name}) == {code: "ask"}


@given(fields=SAID)
def test_what_is_so_and_what_she_would_rather_talk_about_read_the_same(
    fields: dict[str, str],
) -> None:
    loud = {c: "talk" if v != QUESTIONS[c].quiet else v for c, v in fields.items()}
    assert shown(fields) == shown(loud)
    assert set(shown(fields).values()) <= {"none", "ask"}


@given(fields=SAID)
def test_all_of_it_is_every_answer_as_she_gave_it(fields: dict[str, str]) -> None:
    assert shown(fields, ALL) == fields


@given(fields=SAID)
def test_it_is_as_old_as_its_oldest_answer(fields: dict[str, str]) -> None:
    days = {code: f"2026-{number % 12 + 1:02}-01" for number, code in enumerate(fields)}
    assert Answers(fields, days).oldest_on == min(days.values(), default="")


def test_the_way_out_has_no_field_that_could_be_kept() -> None:
    assert EXIT.questions == ()
    assert EXIT not in BLOCKS


def test_every_question_can_be_talked_about_and_none_has_to_be_answered() -> None:
    from webapp.screening import ScreeningForm

    for question in QUESTIONS.values():
        codes = [code for code, _words in question.answers]
        assert codes[-1] == "talk"
        assert question.quiet in codes
    names = [block.code for block in BLOCKS] + [*answers._names()]
    assert len(names) == len(set(names))
    assert not any(
        "required" in field.flags
        for field in ScreeningForm.__dict__.values()
        if hasattr(field, "flags")
    )
