"""Her answers: read, changed and sealed anew."""

import logging
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from flask import current_app
from sqlalchemy import func, select, update

from webapp.config import Settings
from webapp.database import db, now
from webapp.fields import Fields
from webapp.people import Person
from webapp.screening import sealing
from webapp.screening.forms import ScreeningForm
from webapp.screening.models import Screening
from webapp.screening.questions import QUESTIONS

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answers:
    """What somebody said: the form's fields, and on which day she last said each answer."""

    fields: Fields = field(default_factory=dict)
    said_on: dict[str, str] = field(default_factory=dict)

    @property
    def oldest_on(self) -> str:
        """The ISO date of the oldest of them; empty where there is none."""
        return min(self.said_on.values(), default="")


def answers_of(person_id: uuid.UUID) -> Answers:
    """What she answered. What no key opens counts as not said, and whoever hosts reads why."""
    found = db.session.get(Screening, person_id)
    if found is None:
        return Answers()
    try:
        return _opened(found)
    except sealing.Unreadable as reason:
        log.error("answers can't be opened: %s", reason)
        return Answers()


def fields_of(person_id: uuid.UUID) -> Fields:
    """Today's values, over which an edit is laid; her row is locked until the transaction ends.

    Raises sealing.Unreadable rather than have answers overwritten that a missing key would open.
    """
    found = db.session.get(Screening, person_id, with_for_update=True, populate_existing=True)
    return _opened(found).fields if found else {}


def answer(person: Person, form: ScreeningForm) -> None:
    """Keep what the form says, each answer with its day: today where it is new or said again."""
    before, fields = answers_of(person.id), form.said
    today = now().date().isoformat()
    said_on = {
        code: today
        if form.again.data or _about(code, fields) != _about(code, before.fields)
        else before.said_on[code]
        for code in QUESTIONS
        if code in fields
    }
    found = db.session.get(Screening, person.id) or Screening(id=person.id)
    text = orjson.dumps({"fields": fields, "said_on": said_on}).decode()
    found.sealed = sealing.seal(_folder(), person.id, text)
    found.key_id = sealing.key_id(found.sealed)
    db.session.add(found)
    db.session.flush()


def row(person_id: uuid.UUID) -> dict[str, Any]:
    """Her answers as her own phones keep them."""
    answers = answers_of(person_id)
    return {"id": str(person_id), "fields": answers.fields, "answered_on": answers.oldest_on}


def remove(person_id: uuid.UUID) -> None:
    """Nothing of what she answered is kept any more."""
    if found := db.session.get(Screening, person_id):
        db.session.delete(found)
        db.session.flush()


def reseal(after: uuid.UUID | None, most: int) -> uuid.UUID | None:
    """Seal anew what another key than the newest sealed, of at most so many people.

    Goes on behind `after`; gives where to go on, or None where nothing is left. No feed tells of
    it, since no answer changed; and what she changes meanwhile is never overwritten.
    """
    newest = sealing.newest_id(_folder())
    older = select(Screening.id, Screening.sealed).where(Screening.key_id != newest)
    rows = db.session.execute(
        (older.where(Screening.id > after) if after else older).order_by(Screening.id).limit(most)
    ).all()
    for person_id, sealed in rows:
        try:
            text = sealing.unseal(_folder(), person_id, sealed)
        except sealing.Unreadable:
            continue
        again = sealing.seal(_folder(), person_id, text)
        unchanged = (Screening.id == person_id) & (Screening.sealed == sealed)
        db.session.execute(
            update(Screening)
            .where(unchanged)
            .values(sealed=again, key_id=sealing.key_id(again))
            .execution_options(synchronize_session=False)
        )
    return rows[-1][0] if len(rows) == most else None


def sealed_by() -> dict[str, int]:
    """{key id: rows that it sealed}, of keys that are missing too."""
    query = select(Screening.key_id, func.count()).group_by(Screening.key_id)
    return dict(db.session.execute(query).all())


def _about(code: str, fields: Fields) -> Fields:
    """What was said of one question, and beside it."""
    names = (code, *(name for _what, name in QUESTIONS[code].names()))
    return {name: fields[name] for name in names if name in fields}


def _opened(found: Screening) -> Answers:
    kept = orjson.loads(sealing.unseal(_folder(), found.id, found.sealed))
    # A question that isn't asked any more has no answer either.
    fields = {name: text for name, text in kept["fields"].items() if name in _names()}
    said_on = {code: day for code, day in kept["said_on"].items() if code in fields}
    return Answers(fields, said_on)


def _names() -> frozenset[str]:
    beside = (name for question in QUESTIONS.values() for _what, name in question.names())
    return frozenset((*QUESTIONS, *beside))


def _folder() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.data
