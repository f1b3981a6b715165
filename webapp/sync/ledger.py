"""One transaction an operation, its ledger row first: done once, however often it is sent."""

import logging
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from webapp.database import db, writing
from webapp.geo import PlacesNotReady
from webapp.people import Person
from webapp.sync.feed import tell_again
from webapp.sync.kinds import Absent, Refused
from webapp.sync.models import Outcome
from webapp.sync.operations import act, is_sealed, row_of
from webapp.sync.rows import read_row
from webapp.sync.shapes import BadOperation, Operation, read_operation

log = logging.getLogger(__name__)

Result = dict[str, Any]

NOBODY = uuid.UUID(int=0)


class Early(Exception):
    """What this is about is not here yet: another phone has still to send it again."""


class Unrecorded(Exception):
    """A refusal that tells of sealed answers: kept nowhere, and judged anew if it is sent again."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.outcome)
        self.refused = refused


def apply(person_id: uuid.UUID, raw: Any, sent_at: datetime, early: bool = False) -> Result:
    """Do one operation and answer its outcome. Never raises: what fails, fails alone.

    Where it may be `early`, since this server was restored, what it is about may still come.
    """
    try:
        operation = read_operation(raw, sent_at)
    except BadOperation as bad:
        said = raw.get("id") if isinstance(raw, dict) else None
        return _result(said if isinstance(said, str) else "", "rejected", bad.errors)
    outcome: Outcome | str | None
    try:
        outcome = _once(person_id, operation, early)
    except IntegrityError:
        # Of two equal requests the loser answers what the winner recorded.
        outcome = db.session.get(Outcome, (person_id, operation.id))
    except (PlacesNotReady, Early):
        return {"id": str(operation.id), "outcome": "waiting"}
    except Unrecorded as known:
        return _result(str(operation.id), known.refused.outcome, known.refused.errors)
    except Exception:
        log.exception(
            "operation %s failed",
            operation.kind,
            extra={"event": "operation", "operation": operation.id},
        )
        outcome = None
    if outcome is None:
        return {"id": str(operation.id), "outcome": "failed"}
    if isinstance(outcome, str):
        return {"id": str(operation.id), "outcome": outcome}
    return _answer(person_id, outcome)


def _once(person_id: uuid.UUID, operation: Operation, early: bool) -> Outcome | str:
    with writing() as session:
        known = session.get(Outcome, (person_id, operation.id))
        if known is not None:
            return known
        if not _all_done(person_id, operation.after):
            return "waiting"
        noun, row_id = row_of(operation)
        outcome = Outcome(
            person_id=person_id,
            operation_id=operation.id,
            outcome="done",
            noun=noun,
            row_id=row_id,
            errors={},
        )
        session.add(outcome)
        session.flush()
        # A cursor that has come past this number proves that this outcome is known here.
        tell_again("sent", "", [NOBODY])
        try:
            with session.begin_nested():
                act(session.get_one(Person, person_id), operation)
        except Refused as refused:
            if early and isinstance(refused, Absent):
                raise Early from refused
            if is_sealed(operation):
                raise Unrecorded(refused) from refused
            outcome.outcome, outcome.errors = refused.outcome, refused.errors
            if refused.after:
                refused.after()
        return outcome


def _all_done(person_id: uuid.UUID, after: tuple[uuid.UUID, ...]) -> bool:
    if not after:
        return True
    done = select(func.count()).where(
        Outcome.person_id == person_id,
        Outcome.operation_id.in_(after),
        Outcome.outcome == "done",
    )
    return db.session.scalar(done) == len(set(after))


def _answer(person_id: uuid.UUID, outcome: Outcome) -> Result:
    operation_id = str(outcome.operation_id)
    if outcome.outcome != "done":
        return _result(operation_id, outcome.outcome, outcome.errors)
    row = read_row(outcome.noun, outcome.row_id, person_id)
    rows = {"rows": {outcome.noun: [row]}} if row else {}
    return {"id": operation_id, "outcome": "done", **rows}


def _result(operation_id: str, outcome: str, errors: dict[str, Any]) -> Result:
    named = "conflicts" if outcome == "conflict" else "errors"
    return {"id": operation_id, "outcome": outcome, named: errors}
