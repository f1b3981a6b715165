"""Six digits that come by e-mail: to show that an address is hers, or to set a new password.

They are made as their letter is written, hold ten minutes and five tries, count once, and only the
newest do. What is kept of them is an HMAC under a key that lies outside the database. A slow hash
would gain little: a million guesses at argon2's 50 ms are a night's work for whoever has read the
database, while without the key there is nothing to guess at. It would cost each try as much, too,
and with it anybody could keep the site busy.
"""

import hmac
import secrets
import unicodedata
import uuid
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, func, or_, select

from webapp.config import Settings
from webapp.database import db, now
from webapp.people.accounts import by_email, set_password
from webapp.people.models import Code, Person
from webapp.secrets import derived_key

CONFIRM, RESET = "confirm", "reset"
DIGITS = 6
LASTS = timedelta(minutes=10)
MOST_TRIES = 5
MOST_A_DAY = 10
"""Letters with digits to one person: who guesses has fifty of a million tries a day."""
KEPT = timedelta(days=1)
NOBODYS = "nobody"
"""In place of a hash, where an address has no account: no digits ever have it."""

Errors = dict[str, list[str]]


def ask(purpose: str, address: str, person: Person | None = None) -> Code:
    """Ask for digits to be sent. Without a person nobody looks yet whose address it is."""
    code = Code(purpose=purpose, address=address.lower(), person_id=person and person.id)
    db.session.add(code)
    db.session.flush()
    return code


def too_many(person_id: uuid.UUID) -> bool:
    """Whether this person was sent enough digits for a day."""
    recent = select(func.count()).where(
        Code.person_id == person_id, Code.made_at > now() - timedelta(days=1)
    )
    return (db.session.scalar(recent) or 0) >= MOST_A_DAY


def write_digits(code: Code) -> str | None:
    """Make the digits for the letter that is being written; None where newer ones were asked for.

    Written again, because the letter didn't get out, they are others; tries stay counted.
    """
    newest = _newest(code.purpose, code.person_id, code.address)
    if newest is None or newest.id != code.id or code.used_at:
        return None
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    code.hash, code.until = _hash(code, digits), now() + LASTS
    return digits


def confirm(person: Person, typed: str) -> Errors:
    """The address that these digits were sent to is hers from now on. Returns errors by field."""
    code = _newest(CONFIRM, person.id, "", lock=True)
    if code is None or not _fits(code, typed):
        return {"code": [wrong()]}
    other = by_email(code.address)
    if other and other.id != person.id:
        return {"code": [_("This address has an account already.")]}
    person.email, person.confirmed_at = code.address, now()
    _forget(person)
    return {}


def reset(address: str, typed: str, password: str) -> Person | None:
    """Set a new password for whoever has the digits that were sent; None where they don't fit.

    Takes as long for an address that nobody has: each try is written down alike.
    """
    code = _newest(RESET, None, address.lower(), lock=True)
    if code is None or not _fits(code, typed) or code.person_id is None:
        return None
    person = db.session.get(Person, code.person_id)
    if person is None or person.suspended_at or person.email != code.address:
        return None
    set_password(person, password)
    _forget(person)
    return person


def pending(person: Person) -> Code | None:
    """The newest digits on their way to an address of hers, that she may still type."""
    code = _newest(CONFIRM, person.id, "")
    stands = code and (code.until is None or code.until > now())
    return code if code and stands and not code.used_at and code.tries < MOST_TRIES else None


def must_confirm(person: Person) -> bool:
    """Whether she has yet to show that her address is hers; never where no mail would reach it."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.mails and person.confirmed_at is None


def any_to_settle() -> bool:
    """Whether there are codes whose owner nobody looked for yet, or that are to be forgotten."""
    return db.session.scalar(select(Code.id).where(or_(_unsettled(), _old())).limit(1)) is not None


def settle(at_most: int = 10) -> list[tuple[Code, Person]]:
    """Find out whose codes those are that were asked for by address; returns who is to be told.

    Forgets codes of yesterday, and those of nobody as soon as they can be typed no more.
    """
    db.session.execute(delete(Code).where(_old()))
    asked = select(Code).where(_unsettled()).order_by(Code.id).limit(at_most)
    unsettled = db.session.scalars(asked.with_for_update(skip_locked=True)).all()
    return [(code, person) for code in unsettled if (person := _settle_owner(code))]


def wrong() -> str:
    """What to say where digits don't fit, for whatever reason: the reason is nobody's business."""
    return _(
        "These digits don't fit, or are too old. They hold ten minutes and five tries; "
        "then ask for new ones."
    )


def _settle_owner(code: Code) -> Person | None:
    person = by_email(code.address)
    # An address that nobody confirmed may be mistyped, and another reads its letters.
    known = person is not None and person.confirmed_at is not None
    if not known or person is None or person.suspended_at or too_many(person.id):
        # It stays as one that can be tried and never fits, so that trying tells nobody either.
        code.hash, code.until = NOBODYS, now() + LASTS
        return None
    code.person_id = person.id
    return person


def _unsettled() -> ColumnElement[bool]:
    return Code.person_id.is_(None) & (Code.hash == "")


def _old() -> ColumnElement[bool]:
    return or_(Code.made_at < now() - KEPT, Code.person_id.is_(None) & (Code.until < now()))


def _newest(
    purpose: str, person_id: uuid.UUID | None, address: str, lock: bool = False
) -> Code | None:
    # Ids that are made within one millisecond stand in no order.
    newest = Code.made_at.desc(), Code.id.desc()
    query = select(Code).where(Code.purpose == purpose).order_by(*newest).limit(1)
    # A forgotten password is asked for by address: whose that is, is looked up later.
    if purpose == RESET:
        query = query.where(Code.address == address)
    else:
        query = query.where(Code.person_id == person_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def _fits(code: Code, typed: str) -> bool:
    """Spend a try. The code's row is locked: of two tries at once, one comes second."""
    if code.used_at or code.tries >= MOST_TRIES:
        return False
    code.tries += 1
    right = hmac.compare_digest(code.hash.encode(), _hash(code, _plain(typed)).encode())
    if right and code.until and code.until > now():
        code.used_at = now()
    db.session.flush()
    return code.used_at is not None


def _plain(typed: str) -> str:
    # Some keyboards write digits of their own script, and people leave gaps.
    values = (unicodedata.decimal(character, None) for character in typed)
    return "".join(str(value) for value in values if value is not None)


def _hash(code: Code, digits: str) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    key = derived_key(settings.data, "codes")
    return hmac.digest(key, code.id.bytes + digits.encode(), "sha256").hex()


def _forget(person: Person) -> None:
    """What was sent before says nothing of her address or password as they are now."""
    hers: Any = or_(Code.person_id == person.id, Code.address == person.email)
    db.session.execute(delete(Code).where(hers, Code.used_at.is_(None)))
