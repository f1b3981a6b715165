"""What a person keeps an eye on."""

from typing import Any

from flask_babel import gettext as _

from webapp import matching
from webapp.database import db
from webapp.matching import Watch, WatchForm
from webapp.people import Person
from webapp.sync.kinds import Absent, Kind, NoFields
from webapp.sync.shapes import Errors, Operation


def _own(person: Person, operation: Operation) -> Watch:
    found = db.session.get(Watch, operation.row)
    if found is None or found.person_id != person.id:
        raise Absent(_("You don't keep this any more."))
    return found


def _keep(person: Person, operation: Operation, form: Any) -> Errors:
    return matching.keep_watch(person, operation.row, form)


def _edit(person: Person, operation: Operation, form: Any) -> Errors:
    matching.edit_watch(_own(person, operation), form)
    return {}


def _drop(person: Person, operation: Operation, _form: Any) -> Errors:
    matching.drop_watch(_own(person, operation))
    return {}


def _fields(person: Person, operation: Operation) -> Any:
    return matching.watch_fields(_own(person, operation))


KINDS = {
    "watch.keep": Kind("watch", {"": WatchForm}, _keep),
    "watch.edit": Kind("watch", {"": WatchForm}, _edit, today=_fields),
    "watch.drop": Kind("watch", {"": NoFields}, _drop),
}
