"""Matching: which offers suit which requests, and who is told."""

from webapp.matching.models import Match
from webapp.matching.rows import best_of, notification, row
from webapp.matching.suits import Fit, Line, rank, suits
from webapp.matching.verbs import any_due, match_due, match_one, matched, touch

__all__ = [
    "Fit",
    "Line",
    "Match",
    "any_due",
    "best_of",
    "match_due",
    "match_one",
    "matched",
    "notification",
    "rank",
    "row",
    "suits",
    "touch",
]
