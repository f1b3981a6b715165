"""What a person tells about herself."""

import base64
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from webapp import geo
from webapp.config import Settings
from webapp.database import now
from webapp.fields import Fields
from webapp.people.accounts import count_move
from webapp.people.forms import PersonForm, WelcomeForm
from webapp.people.models import Consent, Person
from webapp.secrets import seal_key

HOME_MOVES, HOME_MOVES_WITHIN = 3, timedelta(days=30)
TOLD = ("tell_match", "tell_asking", "tell_letter", "tell_right", "tell_free")
"""Of each kind of alert: whether she is told, and whether it makes a sound."""
PREFERRED = (
    "name",
    "reach_km",
    "time_zone",
    "units",
    "writes_as",
    *TOLD,
    "matches_when",
    "quiet_from",
    "quiet_until",
    "alerts_a_day",
    "mail_me",
    "alerts_detail",
    "read_marks",
    "language",
)


def welcome(person: Person, form: WelcomeForm) -> dict[str, list[str]]:
    """Keep place, reach, zone and consent. Returns errors by field, none where it is done."""
    if errors := _settle(person, form.place.data):
        return errors
    _prefer(person, form, ("reach_km", "time_zone", "units", "writes_as"))
    person.welcomed_at = now()
    for what in ("adult", "may_keep"):
        person.consents.append(Consent(what=what, version=form.consent_version.data))
    return {}


def edit(person: Person, form: PersonForm) -> dict[str, list[str]]:
    """Change her preferences. Returns errors by field, none where it is done."""
    if errors := _settle(person, form.place.data):
        return errors
    _prefer(person, form, PREFERRED)
    return {}


def mute(person: Person, until: datetime) -> None:
    """Nothing but her own emergency makes itself heard until then; a day at most from now."""
    person.muted_until = min(until, now() + timedelta(days=1))


def fields_of(person: Person) -> Fields:
    """Her preferences as PersonForm's own names and strings."""
    return {
        "name": person.name,
        "place": person.place,
        "reach_km": str(person.reach_km),
        "time_zone": person.time_zone,
        "units": person.units,
        "writes_as": person.writes_as,
        **{name: getattr(person, name) for name in TOLD},
        "matches_when": person.matches_when,
        "quiet_from": str(person.quiet_from),
        "quiet_until": str(person.quiet_until),
        "alerts_a_day": str(person.alerts_a_day),
        "mail_me": "y" if person.mail_me else "",
        "alerts_detail": "y" if person.alerts_detail else "",
        "read_marks": "y" if person.read_marks else "",
        "language": person.language,
    }


def whole(person: Person) -> dict[str, Any]:
    """Her own row, as her phone keeps it."""
    return {
        "id": str(person.id),
        "name": person.name,
        "place": {"id": person.place, "name": person.place_name} if person.place else None,
        "country": person.country,
        "cell": geo.described(person.cell) if person.cell else None,
        "around": geo.around(person.cell, person.reach_km) if person.cell else None,
        "reach_km": person.reach_km,
        "units": person.units,
        "time_zone": person.time_zone,
        "writes_as": person.writes_as,
        **{name: getattr(person, name) for name in TOLD},
        "matches_when": person.matches_when,
        "quiet_from": person.quiet_from,
        "quiet_until": person.quiet_until,
        "alerts_a_day": person.alerts_a_day,
        "muted_until": person.muted_until and person.muted_until.isoformat(timespec="seconds"),
        "mail_me": person.mail_me,
        "email": person.email,
        "confirmed": person.confirmed_at is not None,
        "alerts_detail": person.alerts_detail,
        "read_marks": person.read_marks,
        "language": person.language,
        "welcomed": person.welcomed_at is not None and person.consents_to_keep,
        "seal": _seal(person),
    }


def _seal(person: Person) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return base64.b64encode(seal_key(settings.data, person.id)).decode()


def _settle(person: Person, place: str) -> dict[str, list[str]]:
    if place == person.place:
        return {}
    spot = geo.locate(place)
    if spot is None:
        return {"place": [_("We can't find that place. Try the nearest town.")]}
    # The first home is no move: somebody has to begin somewhere.
    if (
        person.cell
        and spot.cell != person.cell
        and not count_move(person.id, "home", HOME_MOVES, HOME_MOVES_WITHIN)
    ):
        return {"place": [_("A home can move three times in 30 days. Try again later.")]}
    person.place, person.place_name, person.country = spot.id, spot.name, spot.country
    person.cell = spot.cell
    person.near_epoch += 1
    return {}


def _prefer(person: Person, form: Any, names: tuple[str, ...]) -> None:
    if form.reach_km.data != person.reach_km:
        person.near_epoch += 1
    for name in names:
        setattr(person, name, form[name].data)
