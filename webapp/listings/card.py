"""What others may see of a listing, and what its owner's phone keeps.

The card's members are the whole list of what leaves a person without her opening it to
somebody. Adding one is a decision about privacy and belongs in docs/privacy.md.
"""

from typing import Any

from webapp import geo
from webapp.fields import Fields
from webapp.listings.models import Listing
from webapp.milk import BELIEFS, EXPOSURES

SHOWN = {"none": "none", "some": "ask", "talk": "ask"}
""""Some" and "I'd rather talk" read the same, so that neither is an answer."""


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


def shown_diet(listing: Listing) -> dict[str, Any]:
    """The diet others may see: beliefs only where she chose so. {code: since-date or weeks}"""
    hidden = frozenset() if listing.show_belief or not listing.is_offer else BELIEFS
    return {code: value for code, value in listing.diet.items() if code not in hidden}


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
    batch = offer.batches[0]
    pumped = (
        [day.strftime("%Y-%m") for day in (batch.pumped_from, batch.pumped_to) if day]
        if not batch.look
        else None
    )
    return {
        "state": batch.state,
        "pumped": pumped,
        "diet": {code: since or "" for code, since in shown_diet(offer).items()},
        **{code: SHOWN.get(offer.exposures.get(code, "")) for code, _label in EXPOSURES},
    }


def _request_card(request: Listing) -> dict[str, Any]:
    return {
        "need": request.need,
        "by_on": request.by_on.isoformat() if request.by_on else None,
        "daily_ml": request.daily_ml,
        "diet": dict(request.diet),
    }


def _offer_fields(offer: Listing) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "diet": sorted(offer.diet),
        "show_belief": _y(offer.show_belief),
        "bereaved": _y(offer.bereaved),
        **{f"since-{code}": since for code, since in offer.diet.items()},
        **offer.exposures,
        **{f"{code}_detail": text for code, text in offer.details.items()},
    }
    for n, batch in enumerate(offer.batches):
        fields |= {
            f"batches-{n}-id": str(batch.id),
            f"batches-{n}-state": batch.state,
            f"batches-{n}-pumped_from": batch.pumped_from and batch.pumped_from.isoformat(),
            f"batches-{n}-pumped_to": batch.pumped_to and batch.pumped_to.isoformat(),
            f"batches-{n}-look": _y(batch.look),
        }
    return fields


def _request_fields(request: Listing) -> dict[str, Any]:
    return {
        "need": request.need,
        "by_on": request.by_on and request.by_on.isoformat(),
        "daily_ml": None if request.daily_ml is None else str(request.daily_ml),
        "must": sorted(request.diet),
        **{f"weeks-{code}": str(weeks) for code, weeks in request.diet.items()},
        "avoid": sorted(request.avoid),
        "milk_age_months": request.milk_age_months and str(request.milk_age_months),
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
