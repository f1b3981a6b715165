"""What an offer takes from its owner's freezer, and what leaves it when milk is given."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from webapp import milk
from webapp.listings.forms import OfferForm
from webapp.listings.models import Listing
from webapp.milk import Batch, take_oldest
from webapp.people import Person

Errors = dict[str, list[str]]


def stand(person: Person, form: OfferForm) -> Errors:
    """The pumpings that each batch names stand in it; the batches are in the database already."""
    errors: Errors = {}
    for number, entry in enumerate(form.batches):
        named = [uuid.UUID(text) for text in entry.form.pumpings.data or []]
        said = milk.set_aside(person, uuid.UUID(entry.form.id.data), named)
        if said:
            errors[f"batches-{number}-pumpings"] = said
    return errors


def free(batches: Sequence[Batch]) -> None:
    """What stood in these batches and was not given is her freezer's again."""
    milk.take_back([batch.id for batch in batches])


def give(offer: Listing, form: Any) -> Errors:
    """Take from the offer, its batches and her freezer what was given; errors by field.

    Of the batch that she names; else the oldest goes first (CDC).
    """
    given_ml: int = form.volume_ml.data or 0
    if given_ml > offer.volume_ml:
        return {"volume_ml": [_("That is more than was left.")]}
    named = form.batch.data
    chosen = [batch for batch in offer.batches if str(batch.id) == named]
    if named and not chosen:
        return {"batch": [_("That milk is not in this offer.")]}
    if chosen and chosen[0].volume_ml is not None and given_ml > chosen[0].volume_ml:
        return {"volume_ml": [_("That is more than was left.")]}
    parts = {chosen[0]: given_ml} if chosen else _oldest(offer, given_ml)
    offer.volume_ml -= given_ml
    for batch, part_ml in parts.items():
        milk.leave(batch.id, part_ml)
        if batch.volume_ml is not None:
            batch.volume_ml -= part_ml
    _drop_spent(offer)
    return {}


def _oldest(offer: Listing, given_ml: int) -> dict[Batch, int]:
    """How much each batch gives: what one nobody measured can give, then the oldest first."""
    ordered = sorted(offer.batches, key=lambda b: (b.days is None, b.days or (), b.id))
    before = [batch.volume_ml for batch in ordered]
    after = take_oldest(before, offer.volume_ml - given_ml)
    parts = {
        batch: had - left
        for batch, had, left in zip(ordered, before, after, strict=True)
        if had is not None and left is not None and had > left
    }
    unmeasured = [batch for batch in ordered if batch.volume_ml is None]
    rest_ml = given_ml - sum(parts.values())
    return parts | ({unmeasured[0]: rest_ml} if unmeasured and rest_ml else {})


def _drop_spent(offer: Listing) -> None:
    spent = [batch for batch in offer.batches if batch.volume_ml == 0]
    if spent and len(spent) < len(offer.batches):
        free(spent)
        offer.batches = [batch for batch in offer.batches if batch not in spent]
