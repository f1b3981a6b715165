"""The server broken on purpose, to see that a run notices."""

import uuid
from collections.abc import Callable
from typing import Any

from webapp import alerts, sync
from webapp.database import writing
from webapp.routes import sync as route
from webapp.sync import ledger
from webapp.sync.models import Outcome


def no_ledger() -> None:
    """What was done before is done again."""
    once = ledger._once

    def forgetful(person_id: uuid.UUID, operation: Any, early: bool) -> Any:
        with writing() as session:
            known = session.get(Outcome, (person_id, operation.id))
            if known is not None:
                session.delete(known)
        return once(person_id, operation, early)

    ledger._once = forgetful


def device_not_bound() -> None:
    """Whoever is signed in may send what lies on the phone."""

    def settle(person_id: uuid.UUID, device_id: uuid.UUID) -> None:
        try:
            with writing():
                alerts.bind(person_id, device_id)
        except alerts.OthersDevice:
            return

    def is_anothers(person_id: uuid.UUID, cursors: dict[str, str]) -> bool:
        return False

    route.settle = settle
    # A cursor would tell whose phone it is, too.
    sync.is_anothers = is_anothers


def after_ignored() -> None:
    """What builds on something is done before it."""

    def all_done(person_id: uuid.UUID, after: tuple[uuid.UUID, ...]) -> bool:
        return True

    ledger._all_done = all_done


BROKEN: dict[str, Callable[[], None]] = {
    "no_ledger": no_ledger,
    "device_not_bound": device_not_bound,
    "after_ignored": after_ignored,
}
