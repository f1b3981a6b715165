"""People: who they are, what they prefer, where they are signed in, whom they block."""

from webapp.people.accounts import (
    authenticate,
    count_move,
    end_session,
    knows_password,
    restore,
    roll_session,
    rolls,
    session_by_id,
    sign_up,
    start_session,
    suspend,
)
from webapp.people.blocks import block, block_row, blocked_with, blocks_of, lift_block
from webapp.people.forms import (
    CONSENT_VERSION,
    LANGUAGES,
    ROLES,
    PersonForm,
    SignInForm,
    SignUpForm,
    WelcomeForm,
)
from webapp.people.models import Block, Consent, Move, Person, Session
from webapp.people.preferences import edit, fields_of, welcome, whole

__all__ = [
    "CONSENT_VERSION",
    "LANGUAGES",
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
    "block_row",
    "blocked_with",
    "blocks_of",
    "count_move",
    "edit",
    "end_session",
    "fields_of",
    "knows_password",
    "lift_block",
    "restore",
    "roll_session",
    "rolls",
    "session_by_id",
    "sign_up",
    "start_session",
    "suspend",
    "welcome",
    "whole",
]
