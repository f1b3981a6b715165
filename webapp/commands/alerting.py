"""`flask alerts`: whether alerts arrive, and trying again those that failed."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from webapp.alerts import (
    ALERTED,
    AWAY_AFTER,
    FAILING,
    LOST,
    OFF,
    Keys,
    Standing,
    Waiting,
    read_keys,
    retry,
    standing,
)
from webapp.config import Settings
from webapp.database import now, reading, writing

UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class Ago(click.ParamType):
    """A span before now: "90m", "12h", "3d"."""

    name = "90m|12h|3d"

    def convert(self, value: object, param: object, ctx: object) -> timedelta:
        found = re.fullmatch(r"(\d{1,4})([mhd])", str(value))
        if not found:
            self.fail("give a number of minutes, hours or days, as in 90m, 12h or 3d")
        return timedelta(**{UNITS[found[2]]: int(found[1])})


def commands() -> click.Group:
    """The commands about alerts."""
    group = AppGroup("alerts", help="Whether alerts arrive, and trying again those that failed.")

    @group.command("status")
    def status() -> None:
        """What waits and since when, what became of the rest, and the phones, by push service."""
        settings: Settings = current_app.config["SETTINGS"]
        keys = read_keys(settings.data)
        with reading():
            stands = standing(now())
        click.echo("\n".join(_described(stands, keys)))

    @group.command("retry")
    @click.option("--service", default="", metavar="HOST", help="Only through this push service.")
    @click.option(
        "--since", type=Ago(), default="1d", help="Of what was told since; 1d if not given."
    )
    def again(service: str, since: timedelta) -> None:
        """Try again what failed: alerts and, unless a push service is named, e-mails.

        What is over meanwhile, was seen, or has no phone any more is left alone.
        """
        with writing():
            pushed, mailed = retry(now() - since, service.lower())
        click.echo(f"To be tried again: {pushed} alerts, {mailed} e-mails.")

    return group


def _described(stands: Standing, keys: Keys) -> Iterator[str]:
    yield f"Worker   {_worker(stands)}"
    yield f"Alerts   {_waiting(stands.deliveries, stands.at)}"
    yield f"E-mails  {_waiting(stands.mails, stands.at)}"
    by_state = dict.fromkeys((ALERTED, FAILING, LOST, OFF), 0)
    for (_service, state), many in stands.phones.items():
        by_state[state] += many
    yield "Phones   " + ", ".join(f"{state} {many}" for state, many in by_state.items())
    by_key = stands.by_key(keys)
    yield "Keys     " + ", ".join(f"{name} {many}" for name, many in by_key.items())
    yield from _table("Phones by push service", stands.phones)
    yield from _table("Alerts by outcome", stands.outcomes)
    yield from _table("E-mails by outcome", stands.mailed)


def _worker(stands: Standing) -> str:
    if stands.worker_seen_at is None:
        return "never seen"
    away = abs(stands.at - stands.worker_seen_at) > AWAY_AFTER
    return f"{'AWAY' if away else 'at work'}, seen {_span(stands.at - stands.worker_seen_at)} ago"


def _waiting(queue: Waiting, at: datetime) -> str:
    since = queue.oldest_due_at
    oldest = f", the oldest for {_span(at - since)}" if since else ""
    return f"due {queue.due}{oldest}; for later {queue.later}"


def _span(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"


def _table(title: str, counted: Mapping[Any, int]) -> Iterator[str]:
    if not counted:
        return
    yield f"\n{title}"
    for names, many in sorted(counted.items()):
        first, *rest = names
        yield f"{many:>9}  {first:<27} {' '.join(rest)}".rstrip()
