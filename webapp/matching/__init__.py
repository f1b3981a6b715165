"""Matching: which offers suit which requests and watches, and who is told."""

from webapp.matching.asking import Bag, Milk, Need, ends_on, milk_of, need_of
from webapp.matching.models import Match, Watch
from webapp.matching.ranking import rank
from webapp.matching.rows import best_of, notification, row
from webapp.matching.suits import Fit, Line, suits
from webapp.matching.verbs import any_due, match_due, match_one, matched, touch
from webapp.matching.watches import (
    WatchForm,
    drop_watch,
    edit_watch,
    follow_home,
    keep_watch,
    need_of_watch,
    watch_fields,
    watch_row,
    watches_of,
)
from webapp.matching.waves import any_wave_due, set_right, wave_due

__all__ = [
    "Bag",
    "Fit",
    "Line",
    "Match",
    "Milk",
    "Need",
    "Watch",
    "WatchForm",
    "any_due",
    "any_wave_due",
    "best_of",
    "drop_watch",
    "edit_watch",
    "ends_on",
    "follow_home",
    "keep_watch",
    "match_due",
    "match_one",
    "matched",
    "milk_of",
    "need_of",
    "need_of_watch",
    "notification",
    "rank",
    "row",
    "set_right",
    "suits",
    "touch",
    "watch_fields",
    "watch_row",
    "watches_of",
    "wave_due",
]
