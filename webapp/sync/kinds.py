"""What a kind of operation is: the row it concerns, the form that validates it, what it does."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from webapp.database import db
from webapp.fields import Fields, WireForm
from webapp.listings import Listing
from webapp.people import Person
from webapp.sync.shapes import Errors, Operation


class NoFields(WireForm):
    """For verbs that say everything by their name."""


class Refused(Exception):
    """A final answer other than done: rejected, conflict or confirm, and what goes with it.

    `after` is done although the operation isn't, in the same transaction.
    """

    def __init__(
        self, outcome: str, errors: dict[str, Any], after: Callable[[], None] | None = None
    ) -> None:
        super().__init__(outcome)
        self.outcome, self.errors, self.after = outcome, errors, after


class Absent(Refused):
    """Rejected, since what it is about isn't here, or isn't for her."""

    def __init__(self, words: str, name: str = "row") -> None:
        super().__init__("rejected", {name: [words]})


@dataclass(frozen=True)
class Kind:
    """One kind of operation."""

    noun: str
    forms: dict[str, type[WireForm]]
    """The form by the listing's kind, or under "" where there is one for all."""
    act: Callable[[Person, Operation, Any], Errors]
    today: Callable[[Person, Operation], Fields] | None = None
    """Of an edit: the values of today, over which its fields are laid. Refuses what isn't hers."""
    sealed: bool = False
    """Whether its answers are sealed where they are kept. What is refused of it is not recorded."""


def own_listing(person: Person, listing_id: uuid.UUID) -> Listing:
    """A listing of hers, locked; refused where there is none."""
    found = db.session.get(Listing, listing_id, with_for_update={"of": Listing})
    if found is None or found.person_id != person.id:
        raise Absent(_("There is no such listing of yours."))
    return found


def herself(person: Person, operation: Operation) -> None:
    """Refused where the operation is about somebody else."""
    if operation.row != person.id:
        raise Refused("rejected", {"row": [_("That is somebody else.")]})
