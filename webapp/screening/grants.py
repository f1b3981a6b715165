"""Whom she shows her answers, and what exactly that person then sees."""

import uuid
from typing import Any

from sqlalchemy import delete, or_, select

from webapp.database import db, now
from webapp.fields import Fields
from webapp.screening.answers import Answers, answers_of
from webapp.screening.forms import ALL, NONE
from webapp.screening.models import Grant
from webapp.screening.questions import BLOCKS, QUESTIONS, Block

QUIET, ASK = "none", "ask"


def grant(
    conversation_id: uuid.UUID, person_id: uuid.UUID, to_id: uuid.UUID | None, level: str
) -> None:
    """From now on `to_id` sees this much of her answers, in this conversation; none ends it."""
    known = select(Grant).where(
        Grant.conversation_id == conversation_id, Grant.person_id == person_id
    )
    found = db.session.scalar(known)
    if level == NONE or to_id is None:
        if found:
            db.session.delete(found)
    elif found is None or found.level != level:
        found = found or Grant(conversation_id=conversation_id, person_id=person_id)
        found.to_id, found.level, found.granted_at = to_id, level, now()
        db.session.add(found)
    db.session.flush()


def granted_in(conversation_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """{who grants: how much} in a conversation."""
    query = select(Grant.person_id, Grant.level).where(Grant.conversation_id == conversation_id)
    return dict(db.session.execute(query).all())


def granted_by(person_id: uuid.UUID) -> list[uuid.UUID]:
    """The conversations in which she shows something of her answers."""
    return [*db.session.scalars(select(Grant.conversation_id).where(Grant.person_id == person_id))]


def end_in(conversation_id: uuid.UUID) -> None:
    """Nobody shows anything in this conversation any more."""
    _end(Grant.conversation_id == conversation_id)


def end_between(one: uuid.UUID, other: uuid.UUID) -> None:
    """These two show each other nothing any more."""
    _end(Grant.person_id.in_((one, other)), Grant.to_id.in_((one, other)))


def end_of(person_id: uuid.UUID) -> None:
    """She shows nobody anything any more, and nobody her."""
    _end(or_(Grant.person_id == person_id, Grant.to_id == person_id))


def end_by(person_id: uuid.UUID) -> None:
    """She shows nobody anything any more."""
    _end(Grant.person_id == person_id)


def shown(person_id: uuid.UUID, level: str) -> dict[str, Any]:
    """What somebody to whom she granted this much sees of her answers; nothing where she has none.

    "all" is every answer as she gave it, in the questionnaire's order: {"what", "says"} and what
    stands beside it ("year", "on", "detail", "evidence", "seen_on").

    "summary" is a line a block, {"what", "says"}, without contents. A block is left out where
    nothing in it was answered. It says "none" only where every question in it was answered with
    its quiet answer (no; of tests negative; of hand washing yes), and else "ask": so a yes, "I'd
    rather talk about it" and a question left open among answered ones all read the same.
    """
    answers = answers_of(person_id)
    if not answers.fields:
        return {}
    lines = _all(answers.fields) if level == ALL else _summary(answers.fields)
    return {"level": level, "answered_on": answers.oldest_on, "answers": lines}


def whole(answers: Answers) -> list[dict[str, str]]:
    """Every answer as she gave it, each with the day on which she did: for her own file."""
    return [line | {"said_on": answers.said_on[line["what"]]} for line in _all(answers.fields)]


def _all(fields: Fields) -> list[dict[str, str]]:
    return [
        {"what": code, "says": str(fields[code])}
        | {what: str(fields[name]) for what, name in question.names() if name in fields}
        for code, question in QUESTIONS.items()
        if code in fields
    ]


def _summary(fields: Fields) -> list[dict[str, str]]:
    lines = ({"what": block.code, "says": _says(block, fields)} for block in BLOCKS)
    return [line for line in lines if line["says"]]


def _says(block: Block, fields: Fields) -> str:
    said = [fields.get(question.code) for question in block.questions]
    if not any(said):
        return ""
    quiet = all(answer == q.quiet for q, answer in zip(block.questions, said, strict=True))
    return QUIET if quiet else ASK


def _end(*conditions: Any) -> None:
    # What changed before is written first: whoever writes to the same conversation waits for it.
    db.session.flush()
    db.session.execute(
        delete(Grant).where(*conditions).execution_options(synchronize_session=False)
    )
