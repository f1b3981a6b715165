"""Screening: what a donor answers about her health, sealed, and whom she shows how much of it."""

from webapp.people import Person
from webapp.screening import rotating
from webapp.screening.answers import answer, answers_of, fields_of, row
from webapp.screening.answers import remove as _remove
from webapp.screening.forms import ALL, LEVELS, NONE, SUMMARY, GrantForm, ScreeningForm
from webapp.screening.grants import (
    end_between,
    end_by,
    end_in,
    end_of,
    grant,
    granted_by,
    granted_in,
    shown,
    whole,
)
from webapp.screening.models import Grant, Screening
from webapp.screening.questions import BLOCKS, EVIDENCE, EXIT, MORE, QUESTIONS, SEEN
from webapp.screening.sealing import Unreadable

__all__ = [
    "ALL",
    "BLOCKS",
    "EVIDENCE",
    "EXIT",
    "LEVELS",
    "MORE",
    "NONE",
    "QUESTIONS",
    "SEEN",
    "SUMMARY",
    "Grant",
    "GrantForm",
    "Screening",
    "ScreeningForm",
    "Unreadable",
    "answer",
    "answers_of",
    "end_between",
    "end_by",
    "end_in",
    "end_of",
    "fields_of",
    "forget",
    "grant",
    "granted_by",
    "granted_in",
    "rotating",
    "row",
    "shown",
    "whole",
]


def forget(person: Person) -> None:
    """What she answered is gone, and with it what she showed anybody."""
    end_by(person.id)
    _remove(person.id)
