"""What happens with time and not with a request: matching, delivering, expiring."""

from webapp.worker.chores import ask, expire, match, render, set_right, tell_waves
from webapp.worker.turns import Clock, look_at, run, work_once

__all__ = [
    "Clock",
    "ask",
    "expire",
    "look_at",
    "match",
    "render",
    "run",
    "set_right",
    "tell_waves",
    "work_once",
]
