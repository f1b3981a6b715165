"""How often one address may ask for what costs."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address)

SIGN_IN = "10 per minute; 100 per hour"
SIGN_UP = "10 per minute; 40 per hour"
SEARCH = "120 per minute"
SYNC = "240 per minute"
"""Each five seconds while a conversation is lively, from a clinic behind one address."""
DEVICE = "30 per minute"
