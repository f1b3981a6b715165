"""What is done with a listing. Verbs change rows and return errors by field; doors commit."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, literal_column, select

from webapp import geo
from webapp.database import db, now
from webapp.listings import stock
from webapp.listings.forms import GaveForm, ListingForm, OfferForm, RequestForm
from webapp.listings.marking import mark_batches
from webapp.listings.models import CLOSED, EXPIRED, OPEN, PAUSED, WITHDRAWN, Listing
from webapp.listings.traits import traits
from webapp.milk import fill_wants, filled
from webapp.people import Person, count_move

Errors = dict[str, list[str]]

EMERGENCY_LASTS = timedelta(hours=72)
REQUEST_LASTS = timedelta(days=14)
ONGOING_LASTS = timedelta(days=30)
MOVES, MOVES_WITHIN = 5, timedelta(days=1)


def publish(person: Person, listing_id: uuid.UUID, form: ListingForm) -> Errors:
    """A new listing of hers, open from now."""
    if not person.consents_to_keep:
        return {"kind": [_("Finish signing up first: two questions are still open.")]}
    listing = Listing(id=listing_id, person_id=person.id, kind=form.kind.data)
    if errors := _place(person, listing, form.place.data, counted=False):
        return errors
    listing.published_at = listing.fresh_at = now()
    _fill(listing, form)
    _label_emergency(listing, before="")
    db.session.add(listing)
    db.session.flush()
    return stock.stand(person, form) if isinstance(form, OfferForm) else {}


def edit(person: Person, listing: Listing, form: ListingForm) -> Errors:
    """Change what a listing says; it is matched again."""
    if listing.is_over:
        return _over()
    if form.kind.data != listing.kind:
        return {"kind": [_("An offer can't become a request. Make a new one.")]}
    if form.place.data != listing.place and (
        errors := _place(person, listing, form.place.data, counted=True)
    ):
        return errors
    before = listing.need
    if isinstance(form, OfferForm):
        # Before they are gone, or the database lets go of their pumpings without telling phones.
        stock.free(form.dropped(listing.batches))
    _fill(listing, form)
    _label_emergency(listing, before)
    if not isinstance(form, OfferForm):
        return {}
    db.session.flush()
    return stock.stand(person, form)


def reopen(listing: Listing) -> None:
    """What was over is open again, from today."""
    listing.status, listing.fresh_at = OPEN, now()


def pause(listing: Listing) -> Errors:
    """Nobody sees it until it is resumed."""
    if listing.is_over:
        return _over()
    listing.status = PAUSED
    return {}


def resume(listing: Listing) -> Errors:
    """Show it again, and match it again."""
    if listing.is_over:
        return _over()
    listing.status = OPEN
    listing.match_due_at = now()
    return {}


def withdraw(listing: Listing) -> Errors:
    """Take it back for good."""
    if listing.status in (OPEN, PAUSED, WITHDRAWN, EXPIRED):
        listing.status = WITHDRAWN
        stock.free(listing.batches)
        return {}
    return _over()


def gave(listing: Listing, form: GaveForm) -> Errors:
    """Part of the milk was given; the rest stays, and an offer with nothing left is closed."""
    if not listing.is_offer or listing.is_over:
        return _over()
    if errors := stock.give(listing, form):
        return errors
    listing.fresh_at = listing.match_due_at = now()
    if listing.volume_ml == 0:
        listing.status = CLOSED
        stock.free(listing.batches)
    return {}


def enough(listing: Listing) -> Errors:
    """The family has what it needs: closes the request and stops its alerts."""
    if listing.is_offer or listing.status not in (OPEN, PAUSED, CLOSED):
        return _over()
    listing.status = CLOSED
    return {}


def renew(listing: Listing) -> Errors:
    """It still holds: fresh from today, and open as long again."""
    if listing.status not in (OPEN, PAUSED, EXPIRED):
        return _over()
    at = now()
    expires_at = _expires_at(listing, at)
    if expires_at <= at:
        return {"batches-0-pumped_from": [_("This milk's time is over. Change its dates first.")]}
    listing.status = OPEN if listing.status == EXPIRED else listing.status
    listing.fresh_at = listing.match_due_at = at
    listing.expires_at = expires_at
    return {}


def any_to_expire(at: datetime) -> bool:
    """Whether a listing's time is over, or an emergency's label."""
    queries = (_run_out(at), _labels_over(at))
    return any(
        db.session.scalar(query.with_only_columns(Listing.id).limit(1)) is not None
        for query in queries
    )


def expire_due(at: datetime, at_most: int = 100) -> list[Listing]:
    """Expire what has run out by now; returns it."""
    due = db.session.scalars(_run_out(at).order_by(Listing.expires_at).limit(at_most)).all()
    for listing in due:
        listing.status = EXPIRED
        stock.free(listing.batches)
    return [*due]


def _run_out(at: datetime) -> Select[Listing]:
    # Literals, or SQLite does not use the partial index.
    stands: Any = literal_column("listing.status IN ('open', 'paused')")
    return select(Listing).where(stands, Listing.expires_at <= at)


def end_emergencies(at: datetime) -> list[Listing]:
    """Take the label from needs whose 72 hours are over: urgency runs out by itself."""
    over = db.session.scalars(_labels_over(at)).all()
    for listing in over:
        listing.need, listing.emergency_until = "short", None
        listing.match_due_at = at
    return [*over]


def _labels_over(at: datetime) -> Select[Listing]:
    return select(Listing).where(Listing.emergency_until <= at)


def _place(person: Person, listing: Listing, place: str, counted: bool) -> Errors:
    home = geo.Spot(person.cell, person.place_name, person.country)
    spot = geo.locate(place) if place else home
    if spot is None:
        return {"place": [_("We can't find that place. Try the nearest town.")]}
    moved = counted and spot.cell != listing.cell
    if moved and not count_move(person.id, str(listing.id), MOVES, MOVES_WITHIN):
        return {"place": [_("A listing can move five times a day. Try again tomorrow.")]}
    listing.place = spot.id if place else ""
    listing.cell, listing.feed_cell = spot.cell, spot.feed_cell
    return {}


def _fill(listing: Listing, form: Any) -> None:
    given = (listing.total_ml or 0) - (listing.volume_ml or 0)
    listing.volume_ml = form.volume_ml.data
    listing.total_ml = listing.volume_ml + given
    listing.reach_km = form.reach_km.data
    listing.handover = form.handover.data or []
    listing.note = form.note.data or ""
    listing.open_days = form.open_days.data
    listing.age_band = form.age_band.data or ""
    if isinstance(form, OfferForm):
        _fill_offer(listing, form)
    elif isinstance(form, RequestForm):
        _fill_request(listing, form)
    listing.expires_at = _expires_at(listing, listing.fresh_at)
    listing.match_due_at = now()
    listing.traits = traits(listing)


def _fill_offer(offer: Listing, form: OfferForm) -> None:
    offer.diet, offer.exposures, offer.details = form.since, form.exposures, form.details
    offer.lipase = form.lipase.data or ""
    offer.show_belief, offer.bereaved = form.show_belief.data, form.bereaved.data
    known = {str(batch.id): batch for batch in offer.batches}
    offer.batches = [filled(known.get(each.form.id.data), each.form) for each in form.batches]
    mark_batches(offer)


def _fill_request(request: Listing, form: RequestForm) -> None:
    fill_wants(request, form)
    request.need, request.by_on = form.need.data, form.by_on.data
    request.daily_ml, request.in_hand_days = form.daily_ml.data, form.in_hand_days.data
    request.fragile, request.clinician_read = form.fragile.data or "", form.clinician_read.data


def _label_emergency(listing: Listing, before: str) -> None:
    if listing.need == "emergency" and before != "emergency":
        listing.emergency_until = now() + EMERGENCY_LASTS
    elif listing.need != "emergency":
        listing.emergency_until = None


def _expires_at(listing: Listing, start: datetime) -> datetime:
    chosen = start + timedelta(days=listing.open_days)
    if not listing.is_offer:
        return min(chosen, start + (ONGOING_LASTS if listing.need == "ongoing" else REQUEST_LASTS))
    ends = [batch.keeps_until for batch in listing.batches]
    known = [end for end in ends if end]
    # Milk whose days she would have to look up may keep as long as the offer stands.
    return min(chosen, max(known)) if len(known) == len(ends) else chosen


def _over() -> Errors:
    return {"": [_("This listing is over. You can make a new one from it.")]}
