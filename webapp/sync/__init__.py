"""The wire: what phones did goes in once, what changed comes out in order."""

from webapp.sync.deeds import OPERATIONS
from webapp.sync.feed import begin_timeline, latest_seq, listen
from webapp.sync.idle import is_idle
from webapp.sync.kinds import Kind
from webapp.sync.ledger import apply
from webapp.sync.operations import names_of
from webapp.sync.pulling import (
    MOST_NEAR,
    begins_anew,
    is_anothers,
    known_alerts,
    newly_delivered,
    pull,
)
from webapp.sync.searching import page_near
from webapp.sync.shapes import MOST_OPERATIONS, PROTOCOL, BadRequest, Request, read_request

__all__ = [
    "MOST_NEAR",
    "MOST_OPERATIONS",
    "OPERATIONS",
    "PROTOCOL",
    "BadRequest",
    "Kind",
    "Request",
    "apply",
    "begin_timeline",
    "begins_anew",
    "is_anothers",
    "is_idle",
    "known_alerts",
    "latest_seq",
    "listen",
    "names_of",
    "newly_delivered",
    "page_near",
    "pull",
    "read_request",
]
