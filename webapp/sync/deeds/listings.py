"""What is done with a listing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _

from webapp import listings, matching, messages
from webapp.database import db
from webapp.fields import Fields, WireForm
from webapp.listings import Listing
from webapp.people import Person
from webapp.sync.kinds import Absent, Kind, NoFields, Refused, own_listing
from webapp.sync.shapes import Errors, Operation

STALE_AFTER = timedelta(hours=48)


def _publish(person: Person, operation: Operation, form: Any) -> Errors:
    if db.session.get(Listing, operation.row) is not None:
        return {"row": [_("This id is taken. Make a new one.")]}
    stale = operation.age_seconds > STALE_AFTER.total_seconds()
    if form.kind.data == "offer" and stale and not operation.again:
        raise Refused("confirm", {"": [_("You wrote this a while ago. Is it still available?")]})
    return _or_absent(listings.publish(person, operation.row, form))


def _edit(person: Person, operation: Operation, form: Any) -> Errors:
    listing = own_listing(person, operation.row)
    if listing.is_over and form.reopen.data:
        listings.reopen(listing)
    elif listing.is_over:
        raise Refused("confirm", {"status": [_over(listing)]})
    before = listings.told_of(listing)
    errors = _or_absent(listings.edit(person, listing, form))
    _touch(listing)
    if not errors and listings.told_less(before, listing):
        messages.tell_changed(listing)
    return errors


def _fields(person: Person, operation: Operation) -> Fields:
    return listings.fields_of(own_listing(person, operation.row))


def _or_absent(errors: Errors) -> Errors:
    """Milk that isn't in her freezer may be another phone's to send again, as a listing may."""
    for name, said in errors.items():
        if name.endswith("-pumpings"):
            raise Absent(said[0], name)
    return errors


def _over(listing: Listing) -> str:
    return {
        ("withdrawn", True): _("You withdrew this offer. Offer it again, with this change?"),
        ("withdrawn", False): _("You withdrew this request. Ask again, with this change?"),
        ("expired", True): _("This offer has run out. Offer it again, with this change?"),
        ("expired", False): _("This request has run out. Ask again, with this change?"),
        ("closed", True): _("All of this milk was given. Offer it again, with this change?"),
        ("closed", False): _("You had enough. Ask again, with this change?"),
    }[listing.status, listing.is_offer]


def _verb(verb: Callable[..., Errors], form_class: type[WireForm] = NoFields) -> Kind:
    def act(person: Person, operation: Operation, form: WireForm) -> Errors:
        listing = own_listing(person, operation.row)
        errors = verb(listing) if form_class is NoFields else verb(listing, form)
        _touch(listing)
        return errors

    return Kind("listing", {"": form_class}, act)


def _touch(listing: Listing) -> None:
    """What others' phones show of it, in matches and conversations, is read afresh."""
    matching.touch(listing)
    messages.touch_about(listing)


KINDS = {
    "listing.publish": Kind("listing", {**listings.FORMS}, _publish),
    "listing.edit": Kind("listing", {**listings.FORMS}, _edit, today=_fields),
    "listing.pause": _verb(listings.pause),
    "listing.resume": _verb(listings.resume),
    "listing.withdraw": _verb(listings.withdraw),
    "listing.renew": _verb(listings.renew),
    "listing.gave": _verb(listings.gave, listings.GaveForm),
    "listing.enough": _verb(listings.enough),
}
