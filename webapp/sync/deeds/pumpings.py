"""What is done with milk in her freezer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _

from webapp import milk
from webapp.database import db, now
from webapp.fields import Fields
from webapp.milk import Pumping
from webapp.people import Person
from webapp.sync.kinds import Absent, Kind, NoFields
from webapp.sync.shapes import Errors, Operation


def own_pumping(person: Person, operation: Operation) -> Pumping:
    """A pumping of hers, locked; refused where there is none."""
    found = db.session.get(Pumping, operation.row, with_for_update=True)
    if found is None or found.person_id != person.id:
        raise Absent(_("There is no such milk in your freezer."))
    return found


def _log(person: Person, operation: Operation, form: Any) -> Errors:
    return milk.log_pumping(person, operation.row, form)


def _edit(person: Person, operation: Operation, form: Any) -> Errors:
    return milk.edit_pumping(own_pumping(person, operation), form)


def _move(person: Person, operation: Operation, form: Any) -> Errors:
    # As long ago as her phone says, whatever its clock shows.
    at = now() - timedelta(seconds=max(operation.age_seconds, 0))
    return milk.move(own_pumping(person, operation), form, at)


def _verb(verb: Callable[[Pumping], Errors]) -> Kind:
    def act(person: Person, operation: Operation, _form: Any) -> Errors:
        return verb(own_pumping(person, operation))

    return Kind("pumping", {"": NoFields}, act)


def _fields(person: Person, operation: Operation) -> Fields:
    return milk.pumping_fields(own_pumping(person, operation))


KINDS = {
    "pumping.log": Kind("pumping", {"": milk.PumpingForm}, _log),
    "pumping.edit": Kind("pumping", {"": milk.PumpingForm}, _edit, today=_fields),
    "pumping.move": Kind("pumping", {"": milk.MoveForm}, _move),
    "pumping.used": _verb(milk.use),
    "pumping.discard": _verb(milk.discard),
    "pumping.remove": _verb(milk.remove),
    "pumping.restore": _verb(milk.restore),
}
