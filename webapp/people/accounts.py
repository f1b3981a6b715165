"""Accounts and sessions: sign-up, sign-in, and the rows behind the cookie."""

import secrets
import uuid
from collections.abc import Sequence
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, func, select

from webapp.database import db, now
from webapp.people.forms import LANGUAGES
from webapp.people.models import Move, Person, Session

SESSION_LASTS = timedelta(days=90)
ROLLS_AFTER = timedelta(days=1)

_hasher = PasswordHasher()
# Verified against when nobody has that address, so that both answers take equally long.
_nobody = _hasher.hash(secrets.token_hex())


def sign_up(name: str, email: str, password: str, language: str) -> Person | None:
    """A new person, or None where the address already has an account.

    Speaks to her in `language` where it is one that she could choose, else in English.
    """
    if by_email(email):
        _verify(_nobody, password)
        return None
    person = Person(
        name=name,
        email=email.lower(),
        password_hash=_hasher.hash(password),
        language=language if language in dict(LANGUAGES) else "en",
    )
    db.session.add(person)
    db.session.flush()
    return person


def authenticate(email: str, password: str) -> Person | None:
    """The person with this address and password, or None."""
    person = by_email(email)
    right = _verify(person.password_hash if person else _nobody, password)
    return person if person and right else None


def knows_password(person: Person, password: str) -> bool:
    """Whether this is her password: asked again before what can't be undone."""
    return _verify(person.password_hash, password)


def set_password(person: Person, password: str) -> None:
    """Let this be her password from now on."""
    person.password_hash = _hasher.hash(password)


def suspend(person: Person) -> None:
    """From now on she can't sign in, and every browser of hers is signed out."""
    person.suspended_at = person.suspended_at or now()
    db.session.execute(delete(Session).where(Session.person_id == person.id))


def restore(person: Person) -> None:
    """She may sign in again."""
    person.suspended_at = None


def start_session(person: Person, name: str = "") -> Session:
    """A new signed-in browser of hers; `name` is what she knows it by."""
    session = Session(id=secrets.token_urlsafe(32), person_id=person.id, name=name)
    db.session.add(session)
    db.session.flush()
    return session


def session_by_id(session_id: str) -> Session | None:
    """The session of a cookie, while it is younger than its 90 rolling days."""
    session = db.session.get(Session, session_id)
    return session if session and session.seen_at > now() - SESSION_LASTS else None


def sessions_of(person_id: uuid.UUID) -> Sequence[Session]:
    """Where she is signed in, what was used last first."""
    query = select(Session).where(
        Session.person_id == person_id, Session.seen_at > now() - SESSION_LASTS
    )
    return db.session.scalars(query.order_by(Session.seen_at.desc())).all()


def end_sessions(person_id: uuid.UUID, *, but: str = "", only: str = "") -> list[str]:
    """Sign her out everywhere; or everywhere `but` in one session, or in `only` one.

    Both are handles. Returns the handles of what was ended.
    """
    query = select(Session).where(Session.person_id == person_id)
    ended = [
        session
        for session in db.session.scalars(query)
        if session.handle != but and only in ("", session.handle)
    ]
    for session in ended:
        db.session.delete(session)
    db.session.flush()
    return [session.handle for session in ended]


def rolls(session: Session) -> bool:
    """Whether the session was last counted more than a day ago."""
    return session.seen_at <= now() - ROLLS_AFTER


def roll_session(session: Session) -> bool:
    """Count the 90 days from now on, at most once a day. True if it did."""
    if not rolls(session):
        return False
    session.seen_at = now()
    return True


def end_session(session: Session) -> None:
    """Sign this browser out."""
    db.session.delete(session)


def count_move(person_id: uuid.UUID, what: str, at_most: int, within: timedelta) -> bool:
    """Record a move of `what` ("home", or a listing's id); False where there were too many."""
    recent = db.session.scalar(
        select(func.count()).where(
            Move.person_id == person_id, Move.what == what, Move.moved_at > now() - within
        )
    )
    if (recent or 0) >= at_most:
        return False
    db.session.add(Move(person_id=person_id, what=what, moved_at=now()))
    return True


def by_email(email: str) -> Person | None:
    """Whose address this is, whatever its case."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
