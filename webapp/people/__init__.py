"""People: who they are, what they prefer, where they are signed in, whom they block."""

from webapp.people.accounts import (
    authenticate,
    count_move,
    end_session,
    roll_session,
    rolls,
    session_by_id,
    sign_up,
    start_session,
)
from webapp.people.forms import (
    CONSENT_VERSION,
    ROLES,
    PersonForm,
    SignInForm,
    SignUpForm,
    WelcomeForm,
)
from webapp.people.models import Block, Consent, Move, Person, Session
from webapp.people.preferences import block, blocked_with, edit, fields_of, welcome, whole

__all__ = [
    "CONSENT_VERSION",
    "ROLES",
    "Block",
    "Consent",
    "Move",
    "Person",
    "PersonForm",
    "Session",
    "SignInForm",
    "SignUpForm",
    "WelcomeForm",
    "authenticate",
    "block",
    "blocked_with",
    "count_move",
    "edit",
    "end_session",
    "fields_of",
    "roll_session",
    "rolls",
    "session_by_id",
    "sign_up",
    "start_session",
    "welcome",
    "whole",
]
