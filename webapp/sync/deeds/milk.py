"""What a donor writes in her calendar, and what it means for milk she has offered."""

from typing import Any

from flask_babel import gettext as _

from webapp import listings, matching, messages, milk
from webapp.database import db
from webapp.milk import Exposure, ExposureForm
from webapp.people import Person
from webapp.sync.kinds import Absent, Kind, NoFields
from webapp.sync.shapes import Errors, Operation


def own_exposure(person: Person, exposure_id: Any) -> Exposure:
    """An entry of her calendar; refused where there is none."""
    found = db.session.get(Exposure, exposure_id)
    if found is None or found.person_id != person.id:
        raise Absent(_("There is no such day in your calendar."))
    return found


def _log(person: Person, operation: Operation, form: Any) -> Errors:
    if not person.consents_to_keep:
        return {"": [_("Finish signing up first: two questions are still open.")]}
    if errors := milk.log_exposure(person, operation.row, form):
        return errors
    _mark(person, tell=True)
    return {}


def _edit(person: Person, operation: Operation, form: Any) -> Errors:
    milk.edit_exposure(own_exposure(person, operation.row), form)
    _mark(person, tell=True)
    return {}


def _remove(person: Person, operation: Operation, _form: Any) -> Errors:
    db.session.delete(own_exposure(person, operation.row))
    _mark(person, tell=False)
    return {}


def _mark(person: Person, tell: bool) -> None:
    """Offers whose milk it concerns are matched again; who may have some of it is told."""
    db.session.flush()
    for offer in listings.mark_anew(person.id):
        matching.touch(offer)
        messages.touch_about(offer)
        if tell:
            messages.tell_changed(offer)


def _fields(person: Person, operation: Operation) -> Any:
    return milk.exposure_fields(own_exposure(person, operation.row))


KINDS = {
    "exposure.log": Kind("exposure", {"": ExposureForm}, _log),
    "exposure.edit": Kind("exposure", {"": ExposureForm}, _edit, today=_fields),
    "exposure.remove": Kind("exposure", {"": NoFields}, _remove),
}
