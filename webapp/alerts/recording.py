"""What became of pushes, written down; and an e-mail where no phone is left."""

import logging
import random
import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.exc import SQLAlchemyError

from webapp.alerts.answers import Answer, Claim, Outcome, Push
from webapp.alerts.judging import MOST_TRIES, NOT_THE_PHONES_FAULT, WITH_ANOTHER, backing_off
from webapp.alerts.models import DUE, GIVEN_UP, SENT, Alert, Delivery, Device
from webapp.alerts.telling import mail_instead
from webapp.database import db

log = logging.getLogger(__name__)

_deliveries, _devices = Delivery.__table__, Device.__table__
assert isinstance(_deliveries, Table)
assert isinstance(_devices, Table)

# Only by who still holds it: told or claimed anew meanwhile, it is another's.
_OF_DELIVERY = (
    update(_deliveries)
    .where(
        _deliveries.c.id == bindparam("the_id"),
        _deliveries.c.state == DUE,
        _deliveries.c.due_at == bindparam("lease"),
    )
    .values({name: bindparam(name) for name in ("state", "reason", "due_at", "tries", "sent_at")})
)
_OF_PHONE = update(_devices).where(_devices.c.id == bindparam("the_id"))
_REACHED = _OF_PHONE.values(last_sent_at=bindparam("at"), last_failure="", failed_at=None)
# It may have subscribed anew meanwhile: then what failed isn't where it is now.
_OF_PLACE = _OF_PHONE.where(_devices.c.endpoint == bindparam("was"))
_FAILED = _OF_PLACE.values(last_failure=bindparam("reason"), failed_at=bindparam("at"))
_GONE = _OF_PLACE.values(endpoint=None, p256dh="", auth="")


def outcomes_of(push: Push, answer: Answer, at: datetime) -> list[Outcome]:
    """What an answer means for each delivery that the push brought, the one it shows first."""
    return [
        _outcome(push, answer, claim, at)._replace(push=push, gone=answer.gone)
        for claim in push.claims
    ]


def record(outcomes: Sequence[Outcome], at: datetime) -> None:
    """Write it all down. Within a write transaction."""
    _execute(_OF_DELIVERY, [_row(outcome, at) for outcome in outcomes])
    answered = [outcome for outcome in outcomes if outcome.push]
    sent = [outcome for outcome in answered if outcome.state == SENT]
    failed = [outcome for outcome in answered if outcome.state != SENT]
    _execute(_REACHED, [_phone(outcome) | {"at": at} for outcome in sent])
    _execute(_FAILED, [_place(one) | {"at": at, "reason": one.reason} for one in failed])
    _execute(_GONE, [_place(outcome) for outcome in failed if outcome.gone])
    _mail_where_no_phone_is_left(
        {
            outcome.claim.alert_id
            for outcome in outcomes
            if outcome.state == GIVEN_UP and outcome.reason not in NOT_THE_PHONES_FAULT
        }
    )


def _outcome(push: Push, answer: Answer, claim: Claim, at: datetime) -> Outcome:
    if answer.sent:
        return Outcome(claim, SENT, "" if claim == push.claims[0] else WITH_ANOTHER)
    if answer.too_large and not push.short:
        return Outcome(claim, DUE, answer.reason, at)
    if answer.again_after is None or claim.tries >= MOST_TRIES:
        return Outcome(claim, GIVEN_UP, answer.reason)
    wait = max(answer.again_after, _apart(backing_off(claim.tries)))
    return Outcome(claim, DUE, answer.reason, at + wait)


def _apart(wait: timedelta) -> timedelta:
    """A quarter more or less, so that what failed together doesn't come again together."""
    return wait * random.uniform(0.75, 1.25)


def _row(outcome: Outcome, at: datetime) -> dict[str, Any]:
    claim = outcome.claim
    return {
        "the_id": claim.delivery_id,
        "lease": claim.lease,
        "state": outcome.state,
        "reason": outcome.reason,
        "due_at": outcome.due_at or claim.lease,
        "tries": claim.tries - (not outcome.counted),
        "sent_at": at if outcome.state == SENT else None,
    }


def _phone(outcome: Outcome) -> dict[str, Any]:
    return {"the_id": outcome.claim.device_id}


def _place(outcome: Outcome) -> dict[str, Any]:
    return _phone(outcome) | {"was": outcome.push.endpoint if outcome.push else ""}


def _execute(statement: Any, rows: list[dict[str, Any]]) -> None:
    # In one order everywhere: two workers that wait for each other's rows would be a deadlock.
    if rows:
        rows.sort(key=lambda row: row["the_id"])
        db.session.connection().execute(statement, rows)


def _mail_where_no_phone_is_left(alert_ids: Collection[uuid.UUID]) -> None:
    if not alert_ids:
        return
    # Locked, so that of two workers that give up her last two phones the second one sees it.
    locked = select(Alert.id).where(Alert.id.in_(alert_ids)).order_by(Alert.id)
    db.session.execute(locked.with_for_update()).all()
    left = select(Delivery.id).where(Delivery.alert_id == Alert.id, Delivery.state != GIVEN_UP)
    query = select(Alert).where(Alert.id.in_(alert_ids), ~left.exists())
    for alert in db.session.scalars(query).unique().all():
        try:
            mail_instead(alert)
        except SQLAlchemyError:
            raise
        except Exception:
            # What was answered must be recorded, whatever becomes of the letter.
            log.exception("no e-mail instead", extra={"alert": str(alert.id)})
