"""Listings: offers of milk and requests for it; what is done with them, and who sees what."""

from webapp.listings.candidates import IS_OPEN
from webapp.listings.card import (
    card,
    fields_of,
    shown_diet,
    shown_exposure,
    told_less,
    told_of,
    whole,
)
from webapp.listings.forms import (
    FORMS,
    GaveForm,
    ListingForm,
    OfferForm,
    RequestForm,
)
from webapp.listings.marking import mark_anew
from webapp.listings.models import (
    CLOSED,
    EXPIRED,
    OPEN,
    PAUSED,
    WITHDRAWN,
    Listing,
    is_emergency,
)
from webapp.listings.nearby import (
    MOST_REACH_KM,
    Cursor,
    nearest_beyond,
    newest_near,
    read_cursor,
    search,
)
from webapp.listings.reaching import in_area, outward, read_near
from webapp.listings.reminders import any_to_ask, ask_due, notification
from webapp.listings.traits import Wanted, wanted
from webapp.listings.verbs import (
    any_to_expire,
    edit,
    end_emergencies,
    enough,
    expire_due,
    gave,
    pause,
    publish,
    renew,
    reopen,
    resume,
    withdraw,
)

__all__ = [
    "CLOSED",
    "EXPIRED",
    "FORMS",
    "IS_OPEN",
    "MOST_REACH_KM",
    "OPEN",
    "PAUSED",
    "WITHDRAWN",
    "Cursor",
    "GaveForm",
    "Listing",
    "ListingForm",
    "OfferForm",
    "RequestForm",
    "Wanted",
    "any_to_ask",
    "any_to_expire",
    "ask_due",
    "card",
    "edit",
    "end_emergencies",
    "enough",
    "expire_due",
    "fields_of",
    "gave",
    "in_area",
    "is_emergency",
    "mark_anew",
    "nearest_beyond",
    "newest_near",
    "notification",
    "outward",
    "pause",
    "publish",
    "read_cursor",
    "read_near",
    "renew",
    "reopen",
    "resume",
    "search",
    "shown_diet",
    "shown_exposure",
    "told_less",
    "told_of",
    "wanted",
    "whole",
    "withdraw",
]
