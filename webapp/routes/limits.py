"""How often one address may ask for what costs."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address)

SIGN_IN = "10 per minute; 100 per hour"
SIGN_UP = "10 per minute; 40 per hour"
SEARCH = "120 per minute"
SYNC = "240 per minute"
"""Each 4.5 seconds while a conversation is lively: eighteen such phones behind one address."""
DEVICE = "30 per minute"
METRICS = "60 per minute"
TEST = "6 per minute; 60 per hour"
"""Alerts that a person sends herself, to see whether they come."""
DIGITS = "5 per minute; 20 per hour"
"""Asking for six digits to be sent, from one address of the network."""
DIGITS_TO_ONE = "5 per hour"
"""Asking for them to be sent to one and the same person."""
TYPED = "20 per minute; 60 per hour"
"""Typing them: each holds five tries, and this holds whoever asks for many."""
