"""The two who can sign in: what they offer and ask, and where their matches stand."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from webapp import matching, people
from webapp.database import db, now, uuid7
from webapp.demo.moments import Moments, move_back
from webapp.demo.neighbours import move, settle, town_named
from webapp.fields import Fields, read_form
from webapp.listings import CLOSED, FORMS, OPEN, Listing, publish
from webapp.matching import Match, Watch
from webapp.people import Person
from webapp.units import km_from_mi, ml_from_oz

DONOR, RECIPIENT = "donor@example.org", "recipient@example.org"
PASSWORD = "milkwell-demo"


def make_account(name: str, email: str, town: str, reach_mi: int) -> Person:
    """Somebody who can sign in with the demo's password."""
    person = people.sign_up(name, email, PASSWORD, "en")
    if person is None:
        raise ValueError(f"{email} has an account already")
    settle(person, town_named(town), reach_mi, now() - timedelta(days=60))
    return person


def make_listing(
    chance: random.Random, person: Person, fields: Fields, moments: Moments
) -> Listing:
    """Publish through the form, as a phone would, and give it its age. Raises ValueError."""
    listing_id = uuid7()
    form = read_form(FORMS[str(fields["kind"])], fields)
    errors = form.flat_errors() if not form.validate() else publish(person, listing_id, form)
    if errors:
        raise ValueError(f"the demo's own listing is refused: {errors}")
    listing = db.session.get_one(Listing, listing_id)
    move_back(chance, listing, moments)
    return listing


def donors_offers(chance: random.Random, donor: Person) -> list[Listing]:
    """Her offer, one that ends tomorrow, and one that is over. The offer comes first."""
    note = "I left dairy out for my daughter. Bags of four ounces, dated, in a deep freezer."
    answers = {"medicine": "none", "alcohol": "none", "nicotine": "none", "cannabis": "none"}
    coffee = {"caffeine": "some", "caffeine_detail": "One coffee in the morning."}
    open_to_all = _offer(400, 90, dairy_free=300) | answers | coffee | {"note": note}
    open_to_all |= _bags((188, 90, 46), (212, 45, 5)) | {"medicine": "dated", "lipase": "no_change"}
    return [
        make_listing(chance, donor, open_to_all, _written(4)),
        make_listing(chance, donor, _offer(60, 75, dairy_free=260), _written(28.8)),
        make_listing(chance, donor, _offer(250, 140, dairy_free=300), _written(26, CLOSED)),
    ]


def recipients_requests(chance: random.Random, recipient: Person) -> list[Listing]:
    """Her request, one that ends tomorrow, and one that is over. The request comes first."""
    note = "He gets red cheeks and cries from dairy. Until my own milk is enough."
    wanted = {"must": ["dairy_free"], "weeks-dairy_free": "3", "avoid": ["nicotine"]}
    more = {"note": note, "by_on": (now().date() + timedelta(days=6)).isoformat()}
    return [
        make_listing(chance, recipient, _request(120, "short") | wanted | more, _written(3)),
        make_listing(chance, recipient, _request(40, "stockpile") | wanted, _written(12.8)),
        make_listing(chance, recipient, _request(80, "short"), _written(20, CLOSED)),
    ]


def news(chance: random.Random, neighbour: Person) -> None:
    """An offer of some minutes ago that fits the recipient's request wholly."""
    move(neighbour, town_named("Milwaukie"))
    fields = _offer(180, 60, dairy_free=200) | {"nicotine": "none", "alcohol": "none"}
    make_listing(chance, neighbour, fields, _written(0.015))


def match(all_due: Sequence[Listing | Watch]) -> None:
    """Match these, and give each match and its alert the moment at which it would have come."""
    for due in all_due:
        matching.match_one(due)
        due.match_due_at = None
        ways = (Match.offer_id, Match.request_id, Match.watch_id)
        about = or_(*(way == due.id for way in ways))
        for found in db.session.scalars(select(Match).where(about)):
            found.made_at = _came_about(found)


def _came_about(found: Match) -> datetime:
    asked_at = found.request.published_at if found.request else found.offer.published_at
    return max(found.offer.published_at, asked_at) + timedelta(seconds=2)


def _written(days_ago: float, status: str = OPEN) -> Moments:
    at = now() - timedelta(days=days_ago)
    return Moments(at, at, status)


def _offer(volume_oz: int, pumped_days: int, dairy_free: int) -> dict[str, Any]:
    """A frozen offer; days since its pumping began, and since dairy was left out."""
    return {
        "kind": "offer",
        "volume_ml": str(ml_from_oz(volume_oz)),
        "reach_km": str(km_from_mi(10)),
        "handover": ["public_place"],
        "open_days": "30",
        "age_band": "3_6m",
        "batches-0-id": str(uuid7()),
        "batches-0-state": "frozen",
        "batches-0-pumped_from": _days_ago(pumped_days),
        "batches-0-pumped_to": _days_ago(5),
        "diet": ["dairy_free"],
        "since-dairy_free": _days_ago(dairy_free),
    }


def _bags(*batches: tuple[int, int, int]) -> dict[str, Any]:
    """Frozen batches of (oz, days since pumping began, days since it ended), in labelled bags."""
    fields: dict[str, Any] = {}
    for number, (volume_oz, begun, ended) in enumerate(batches):
        said = {
            "id": str(uuid7()),
            "state": "frozen",
            "pumped_from": _days_ago(begun),
            "pumped_to": _days_ago(ended),
            "volume_ml": str(ml_from_oz(volume_oz)),
            "portions": str(volume_oz // 4),
            "container": "bag",
            "storage": "deep_freezer",
            "frozen_within": "24h",
            "treatment": "raw",
            "labelled": "both",
        }
        fields |= {f"batches-{number}-{name}": value for name, value in said.items()}
    return fields


def _request(volume_oz: int, need: str) -> dict[str, Any]:
    return {
        "kind": "request",
        "volume_ml": str(ml_from_oz(volume_oz)),
        "reach_km": str(km_from_mi(30)),
        "handover": ["public_place", "meet_halfway"],
        "open_days": "14",
        "need": need,
        "daily_ml": "300",
        "age_band": "1_3m",
        "fragile": "no",
    }


def _days_ago(days: int) -> str:
    return (now().date() - timedelta(days=days)).isoformat()
