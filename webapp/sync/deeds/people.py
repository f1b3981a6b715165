"""What a person does about herself."""

from typing import Any

from webapp import alerts, matching, messages, people, rights
from webapp.fields import Fields
from webapp.people import Person
from webapp.sync.kinds import Kind, NoFields, herself
from webapp.sync.shapes import Errors, Operation


def _welcome(person: Person, operation: Operation, form: Any) -> Errors:
    herself(person, operation)
    return people.welcome(person, form)


def _edit(person: Person, _operation: Operation, form: Any) -> Errors:
    before, home = (person.name, person.read_marks), person.cell
    errors = people.edit(person, form)
    if (person.name, person.read_marks) != before:
        messages.touch_opened(person.id)
    if person.cell != home:
        matching.follow_home(person)
    alerts.judge_anew(person.id)
    return errors


def _fields(person: Person, operation: Operation) -> Fields:
    herself(person, operation)
    return people.fields_of(person)


def _take_back(person: Person, operation: Operation, _form: Any) -> Errors:
    herself(person, operation)
    rights.take_back(person)
    return {}


def _mute(person: Person, operation: Operation, form: Any) -> Errors:
    herself(person, operation)
    people.mute(person, form.until.data)
    alerts.judge_anew(person.id)
    return {}


KINDS = {
    "person.welcome": Kind("person", {"": people.WelcomeForm}, _welcome),
    "person.edit": Kind("person", {"": people.PersonForm}, _edit, today=_fields),
    "person.mute": Kind("person", {"": people.MuteForm}, _mute),
    "person.take_back": Kind("person", {"": NoFields}, _take_back),
}
