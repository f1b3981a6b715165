"""Every kind of operation: the row it concerns, the form that validates it, the verb it calls."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from flask_babel import gettext as _
from wtforms import FieldList

from webapp import listings, matching, people
from webapp.database import db
from webapp.fields import Fields, WireForm, read_form
from webapp.listings import Listing
from webapp.people import Person
from webapp.sync.merging import merge
from webapp.sync.shapes import Errors, Operation, count_batches

STALE_AFTER = timedelta(hours=48)


class NoFields(WireForm):
    """For verbs that say everything by their name."""


class Refused(Exception):
    """A final answer other than done: rejected, conflict or confirm, and what goes with it."""

    def __init__(self, outcome: str, errors: dict[str, Any]) -> None:
        super().__init__(outcome)
        self.outcome, self.errors = outcome, errors


@dataclass(frozen=True)
class Kind:
    """One kind of operation."""

    noun: str
    forms: dict[str, type[WireForm]]
    """The form by the listing's kind, or under "" where there is one for all."""
    act: Callable[[Person, Operation, WireForm], Errors]
    edits: bool = False
    """Whether its fields are laid over today's values."""


def act(person: Person, operation: Operation) -> None:
    """Do what the operation says; raises Refused. Runs in the caller's transaction."""
    kind = OPERATIONS.get(operation.kind)
    if kind is None:
        raise Refused("rejected", {"kind": [_("There is no such kind of operation.")]})
    fields = _merged(person, kind, operation) if kind.edits else operation.fields
    form_class = _form_class(kind, fields)
    if errors := count_batches(fields) or _unknown(form_class, fields):
        raise Refused("rejected", errors)
    form = read_form(form_class, fields)
    if not form.validate():
        raise Refused("rejected", form.flat_errors())
    if errors := kind.act(person, operation, form):
        raise Refused("rejected", errors)


@cache
def names_of(form_class: Any) -> frozenset[str]:
    """Every flat name that a form class takes, batches numbered 0. Needs an app context."""
    form = form_class(formdata=None)
    names: set[str] = set()
    for field in form:
        if isinstance(field, FieldList):
            names |= {inner.name for inner in field.append_entry()}
        else:
            names.add(field.name)
    return frozenset(names)


def _form_class(kind: Kind, fields: Fields) -> type[WireForm]:
    if "" in kind.forms:
        return kind.forms[""]
    found = kind.forms.get(str(fields.get("kind", "")))
    if found is None:
        raise Refused("rejected", {"kind": [_("Say whether it is an offer or a request.")]})
    return found


def _unknown(form_class: Any, fields: Fields) -> Errors:
    known = names_of(form_class)
    unknown = [name for name in fields if name not in known and _first(name) not in known]
    return {name: [_("Milkwell does not ask this.")] for name in unknown}


def _first(name: str) -> str:
    start, _dash, rest = name.partition("-")
    return f"batches-0-{rest.partition('-')[2]}" if start == "batches" else name


def _merged(person: Person, kind: Kind, operation: Operation) -> Fields:
    if kind.noun == "person":
        _herself(person, operation)
        today = people.fields_of(person)
    else:
        today = listings.fields_of(_listing(person, operation))
    merged = merge(today, operation.fields, operation.was)
    if merged.conflicts:
        raise Refused("conflict", merged.conflicts)
    return merged.fields


def _listing(person: Person, operation: Operation) -> Listing:
    found = db.session.get(Listing, operation.row, with_for_update={"of": Listing})
    if found is None or found.person_id != person.id:
        raise Refused("rejected", {"row": [_("There is no such listing of yours.")]})
    return found


def _herself(person: Person, operation: Operation) -> None:
    if operation.row != person.id:
        raise Refused("rejected", {"row": [_("That is somebody else.")]})


def _welcome(person: Person, operation: Operation, form: Any) -> Errors:
    _herself(person, operation)
    return people.welcome(person, form)


def _edit_person(person: Person, _operation: Operation, form: Any) -> Errors:
    return people.edit(person, form)


def _publish(person: Person, operation: Operation, form: Any) -> Errors:
    if db.session.get(Listing, operation.row) is not None:
        return {"row": [_("This id is taken. Make a new one.")]}
    if form.kind.data == "offer" and operation.age_seconds > STALE_AFTER.total_seconds():
        raise Refused("confirm", {"": [_("You wrote this a while ago. Is it still available?")]})
    return listings.publish(person, operation.row, form)


def _edit_listing(person: Person, operation: Operation, form: Any) -> Errors:
    listing = _listing(person, operation)
    errors = listings.edit(person, listing, form)
    matching.touch(listing)
    return errors


def _on_listing(verb: Callable[..., Errors], with_form: bool = False) -> Any:
    def act_on(person: Person, operation: Operation, form: WireForm) -> Errors:
        listing = _listing(person, operation)
        errors = verb(listing, form) if with_form else verb(listing)
        matching.touch(listing)
        return errors

    return act_on


def _listing_verb(verb: Callable[..., Errors]) -> Kind:
    return Kind("listing", {"": NoFields}, _on_listing(verb))


OPERATIONS: dict[str, Kind] = {
    "person.welcome": Kind("person", {"": people.WelcomeForm}, _welcome),
    "person.edit": Kind("person", {"": people.PersonForm}, _edit_person, edits=True),
    "listing.publish": Kind("listing", {**listings.FORMS}, _publish),
    "listing.edit": Kind("listing", {**listings.FORMS}, _edit_listing, edits=True),
    "listing.pause": _listing_verb(listings.pause),
    "listing.resume": _listing_verb(listings.resume),
    "listing.withdraw": _listing_verb(listings.withdraw),
    "listing.renew": _listing_verb(listings.renew),
    "listing.gave": Kind(
        "listing", {"": listings.GaveForm}, _on_listing(listings.gave, with_form=True)
    ),
    "listing.enough": _listing_verb(listings.enough),
}


def row_of(operation: Operation) -> tuple[str, uuid.UUID]:
    """The noun and id of the row that an operation concerns."""
    kind = OPERATIONS.get(operation.kind)
    return (kind.noun if kind else "", operation.row)
