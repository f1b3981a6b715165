"""Doing an operation: its form over its fields, then its deed."""

import uuid
from functools import cache
from typing import Any

from flask_babel import gettext as _
from wtforms import FieldList

from webapp.fields import Fields, WireForm, read_form
from webapp.people import Person
from webapp.sync.deeds import OPERATIONS
from webapp.sync.kinds import Kind, Refused
from webapp.sync.merging import merge
from webapp.sync.shapes import Errors, Operation, count_batches


def act(person: Person, operation: Operation) -> None:
    """Do what the operation says; raises Refused. Runs in the caller's transaction."""
    kind = OPERATIONS.get(operation.kind)
    if kind is None:
        raise Refused("rejected", {"kind": [_("There is no such kind of operation.")]})
    fields = _merged(person, kind, operation)
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
    if kind.today is None:
        return operation.fields
    merged = merge(kind.today(person, operation), operation.fields, operation.was)
    if merged.conflicts:
        raise Refused("conflict", merged.conflicts)
    return merged.fields


def is_sealed(operation: Operation) -> bool:
    """Whether what it says is sealed, so that the ledger may keep nothing of it."""
    kind = OPERATIONS.get(operation.kind)
    return bool(kind and kind.sealed)


def row_of(operation: Operation) -> tuple[str, uuid.UUID]:
    """The noun and id of the row that an operation concerns."""
    kind = OPERATIONS.get(operation.kind)
    return (kind.noun if kind else "", operation.row)
