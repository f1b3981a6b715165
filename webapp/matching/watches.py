"""Watches: what a person keeps an eye on, matched like a request and seen by nobody else."""

import uuid
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from webapp import geo
from webapp.alerts import Alert
from webapp.database import db, now
from webapp.fields import Fields, Required, Whole
from webapp.listings import MOST_REACH_KM
from webapp.matching.asking import Need, asked_of
from webapp.matching.models import Match, Watch
from webapp.milk import MOST_ML, WantsForm, fill_wants, wants_fields
from webapp.people import Person

Errors = dict[str, list[str]]

MOST_WATCHES = 10
"""Of one person: each of them may alert her."""


class WatchForm(WantsForm):
    """What milk to tell her of."""

    reach_km = Whole(_l("How far away at most?"), 1, MOST_REACH_KM, validators=[Required()])
    least_ml = Whole(_l("How much at least?"), 1, MOST_ML, validators=[Required()])


def keep_watch(person: Person, watch_id: uuid.UUID, form: WatchForm) -> Errors:
    """A new watch of hers, from now."""
    if db.session.get(Watch, watch_id) is not None:
        return {"row": [_("This id is taken. Make a new one.")]}
    if not person.cell or not person.consents_to_keep:
        return {"": [_("Finish signing up first: two questions are still open.")]}
    many = select(func.count()).select_from(Watch).where(Watch.person_id == person.id)
    if (db.session.scalar(many) or 0) >= MOST_WATCHES:
        return {"": [_("You keep %(most)s already. Remove one first.", most=MOST_WATCHES)]}
    watch = Watch(id=watch_id, person=person, person_id=person.id)
    watch.cell, watch.feed_cell = person.cell, geo.feed_cell(person.cell)
    edit_watch(watch, form)
    db.session.add(watch)
    db.session.flush()
    return {}


def edit_watch(watch: Watch, form: Any) -> None:
    """Change what it looks for; it is matched again."""
    fill_wants(watch, form)
    watch.reach_km, watch.least_ml = form.reach_km.data, form.least_ml.data
    watch.match_due_at = now()


def drop_watch(watch: Watch) -> None:
    """She keeps it no more; what it found leaves her phones."""
    for match in db.session.scalars(select(Match).where(Match.watch_id == watch.id)).unique():
        for alert in db.session.scalars(select(Alert).where(Alert.match_id == match.id)).unique():
            db.session.delete(alert)
        db.session.flush()
        db.session.delete(match)
    db.session.flush()
    db.session.delete(watch)


def follow_home(person: Person) -> None:
    """She moved: her watches look around her new home."""
    for watch in watches_of(person.id):
        if person.cell and watch.cell != person.cell:
            watch.cell, watch.feed_cell = person.cell, geo.feed_cell(person.cell)
            watch.match_due_at = now()


def watches_of(person_id: uuid.UUID) -> list[Watch]:
    """All her watches."""
    query = select(Watch).where(Watch.person_id == person_id).order_by(Watch.id)
    return [*db.session.scalars(query)]


def watch_fields(watch: Watch) -> Fields:
    """The watch as its form's own names and strings; what is empty is left out."""
    said: dict[str, Any] = {"reach_km": str(watch.reach_km), "least_ml": str(watch.least_ml)}
    return {name: value for name, value in (said | wants_fields(watch)).items() if value}


def watch_row(watch: Watch) -> dict[str, Any]:
    """The watch as her own phone keeps it."""
    return {"id": str(watch.id), "fields": watch_fields(watch)}


def need_of_watch(watch: Watch, _at: datetime) -> Need:
    """What a watch asks for: any amount from so much on, so far from home."""
    return Need(
        person_id=watch.person_id,
        wanted_ml=None,
        least_ml=watch.least_ml,
        reach_km=watch.reach_km,
        is_open=True,
        donor_travels=False,
        **asked_of(watch),
    )
