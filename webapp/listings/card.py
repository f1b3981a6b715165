"""What others may see of a listing, and what its owner's phone keeps.

The card's members are the whole list of what leaves a person without her opening it to
somebody. Adding one is a decision about privacy and belongs in docs/privacy.md.
"""

from typing import Any

from webapp import geo
from webapp.fields import Fields
from webapp.listings.models import Listing
from webapp.milk import (
    BELIEFS,
    EXPOSURES,
    Since,
    fields_of_batch,
    kept_since,
    must_diets,
    set_aside_in,
    wants_fields,
)

NONE, DATED = "none", "dated"
ASK = "ask"


def card(listing: Listing) -> dict[str, Any]:
    """The listing as anybody near may see it; empty members are left out."""
    own = _offer_card(listing) if listing.is_offer else _request_card(listing)
    return _filled(
        {
            "id": str(listing.id),
            "kind": listing.kind,
            "volume_ml": listing.volume_ml,
            "cell": geo.described(listing.cell),
            "fresh_on": listing.fresh_at.date().isoformat(),
            "age_band": listing.age_band,
            **own,
        }
    )


def shown_diet(offer: Listing) -> Since:
    """The diet others may see: beliefs only where she chose so, as she said it."""
    hidden = frozenset() if offer.show_belief else BELIEFS
    return {code: since for code, since in offer.diet.items() if code not in hidden}


def shown_exposure(offer: Listing, code: str) -> str:
    """What others see of one exposure: "none", "ask", or "" where nothing was said.

    "Some" and "I'd rather talk" read the same, so that neither is an answer; so does "none" as
    soon as her calendar knows better of any of the milk.
    """
    said = offer.exposures.get(code, "")
    if said not in (NONE, DATED):
        return ASK if said else ""
    return ASK if any(code in batch.exposed for batch in offer.batches) else NONE


def told_of(listing: Listing) -> dict[str, Any]:
    """What a family reads of an offer's milk; empty for a request."""
    return _offer_card(listing) if listing.is_offer else {}


def told_less(before: dict[str, Any], listing: Listing) -> bool:
    """Whether an offer's milk is told to be less than it was: an answer went, or a diet did."""
    after = told_of(listing)
    exposed = any(before.get(c) == NONE and after[c] != NONE for c, _label in EXPOSURES if after)
    kept = after.get("diet", {})
    broken = any(since < kept.get(c, "~") for c, since in before.get("diet", {}).items() if since)
    return exposed or broken or before.get("treatment", []) != after.get("treatment", [])


def whole(listing: Listing) -> dict[str, Any]:
    """The listing as its owner's phone keeps it."""
    urgent = listing.emergency_until
    return _filled(
        {
            "id": str(listing.id),
            "mine": True,
            "kind": listing.kind,
            "status": listing.status,
            "fields": fields_of(listing),
            "volume_ml": listing.volume_ml,
            "total_ml": listing.total_ml,
            "cell": geo.described(listing.cell),
            "fresh_on": listing.fresh_at.date().isoformat(),
            "published_at": listing.published_at.isoformat(),
            "expires_at": listing.expires_at.isoformat(),
            "emergency_until": urgent.isoformat() if urgent else None,
            "told": listing.told,
        }
    )


def fields_of(listing: Listing) -> Fields:
    """The listing as its form's own names and strings; what is empty is left out."""
    own = _offer_fields(listing) if listing.is_offer else _request_fields(listing)
    common: dict[str, Any] = {
        "kind": listing.kind,
        "volume_ml": str(listing.volume_ml),
        "place": listing.place,
        "reach_km": str(listing.reach_km),
        "handover": sorted(listing.handover),
        "note": listing.note,
        "open_days": str(listing.open_days),
        "age_band": listing.age_band,
    }
    return _filled(common | own)


def _offer_card(offer: Listing) -> dict[str, Any]:
    states = sorted({batch.state for batch in offer.batches})
    off_diet: dict[str, str] = {}
    for batch in offer.batches:
        off_diet |= {c: max(day, off_diet.get(c, "")) for c, day in batch.off_diet.items()}
    diet = kept_since(shown_diet(offer), off_diet)
    return {
        "state": states[0] if len(states) == 1 else states,
        "pumped": _months(offer),
        "diet": {code: diet[code] or "" for code in offer.diet if code in diet},
        "treatment": sorted({batch.treatment for batch in offer.batches} - {""}),
        "lipase": offer.lipase,
        **{code: shown_exposure(offer, code) for code, _label in EXPOSURES},
    }


def _months(offer: Listing) -> list[str] | None:
    """The first and the last month of pumping; None where one batch's days are not known."""
    days = [batch.days for batch in offer.batches]
    if not days or None in days:
        return None
    known = [each for each in days if each]
    first, last = min(begins for begins, _ends in known), max(ends for _begins, ends in known)
    return [first.strftime("%Y-%m"), last.strftime("%Y-%m")]


def _request_card(request: Listing) -> dict[str, Any]:
    return {
        "need": request.need,
        "by_on": request.by_on.isoformat() if request.by_on else None,
        "daily_ml": request.daily_ml,
        "diet": must_diets(request),
        "must": request.must,
    }


def _offer_fields(offer: Listing) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "diet": sorted(offer.diet),
        "show_belief": _y(offer.show_belief),
        "bereaved": _y(offer.bereaved),
        "lipase": offer.lipase,
        **{f"since-{code}": since for code, since in offer.diet.items()},
        **offer.exposures,
        **{f"{code}_detail": text for code, text in offer.details.items()},
    }
    aside = set_aside_in(batch.id for batch in offer.batches)
    for n, batch in enumerate(offer.batches):
        said = fields_of_batch(batch, aside.get(batch.id, ()))
        fields |= {f"batches-{n}-{name}": value for name, value in said.items()}
    return fields


def _request_fields(request: Listing) -> dict[str, Any]:
    return {
        "need": request.need,
        "by_on": request.by_on and request.by_on.isoformat(),
        "daily_ml": None if request.daily_ml is None else str(request.daily_ml),
        "in_hand_days": None if request.in_hand_days is None else str(request.in_hand_days),
        **wants_fields(request),
        "fragile": request.fragile,
        "clinician_read": _y(request.clinician_read),
    }


def _y(flag: bool) -> str:
    return "y" if flag else ""


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    # 0 equals False, and is an answer: nothing is left.
    return {
        name: value
        for name, value in row.items()
        if value is not None and value is not False and value not in ("", [], {})
    }
