"""Listings: offers of milk and requests for it; what is done with them, and who sees what."""

from webapp.listings.card import card, fields_of, shown_diet, whole
from webapp.listings.forms import (
    FORMS,
    MOST_BATCHES,
    GaveForm,
    ListingForm,
    OfferForm,
    RequestForm,
)
from webapp.listings.models import CLOSED, EXPIRED, OPEN, PAUSED, WITHDRAWN, Batch, Listing
from webapp.listings.nearby import nearest_beyond, newest_near, reachable
from webapp.listings.reminders import any_to_ask, ask_due, notification
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
    "MOST_BATCHES",
    "OPEN",
    "PAUSED",
    "WITHDRAWN",
    "Batch",
    "GaveForm",
    "Listing",
    "ListingForm",
    "OfferForm",
    "RequestForm",
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
    "nearest_beyond",
    "newest_near",
    "notification",
    "pause",
    "publish",
    "reachable",
    "renew",
    "reopen",
    "resume",
    "shown_diet",
    "whole",
    "withdraw",
]
