"""Every kind of operation, a module a noun."""

from webapp.sync.deeds import listings, messages, moderation, people
from webapp.sync.kinds import Kind

OPERATIONS: dict[str, Kind] = people.KINDS | listings.KINDS | messages.KINDS | moderation.KINDS
