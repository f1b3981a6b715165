"""The queue of letters by e-mail: what is due is written, handed over, and recorded."""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

from flask import current_app
from sqlalchemy import select

from webapp.alerts.mail import Mailer, Outcome, drop_files
from webapp.alerts.mails import Shown, letter_of_alert, letter_of_code, letter_of_digest
from webapp.alerts.models import DUE, GIVEN_UP, MATCH, SENT, Alert, Mail
from webapp.alerts.payload import Notification
from webapp.alerts.queue import is_due
from webapp.alerts.telling import ALERT, DIGEST
from webapp.alerts.welcome import is_digest, wants, welcome_at
from webapp.config import Settings
from webapp.database import db, now, reading, writing
from webapp.people import Code, Person, codes

log = logging.getLogger(__name__)

CODE = "code"
BATCH = 10
LEASE = timedelta(minutes=5)
"""Longer than ten letters take; what it ran out on is left to whoever claims it next."""
MOST_TRIES = 8
DIGITS_WAIT = timedelta(minutes=30)
"""Who asked for digits half an hour ago has gone, or asked anew."""
DIGEST_OF = timedelta(days=8)

Render = Callable[[Alert], Notification | None]
Claimed = tuple[uuid.UUID, EmailMessage]


class NotYet(Exception):
    """A letter that is to wait until a welcome hour."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class Over(Exception):
    """A letter that isn't to be sent any more, and why."""


def send_digits(person: Person, purpose: str, address: str) -> bool:
    """Let the worker send six digits to an address; False where there were many today."""
    if codes.too_many(person.id):
        return False
    _queue(codes.ask(purpose, address, person), person)
    return True


def post(mailer: Mailer, render: Render) -> int:
    """Send one batch of letters that are due; returns how many were taken up."""
    _settle_owners()
    claimed, until = _claim(render), now() + LEASE
    for mail_id, letter in claimed:
        if now() >= until:
            break
        outcome = mailer.send(letter, str(mail_id))
        with writing():
            _record(mail_id, outcome)
    mailer.close()
    return len(claimed)


def drop_letters(person_id: uuid.UUID) -> None:
    """Take the letters that were written to her out of the folder of files, where there is one."""
    settings: Settings = current_app.config["SETTINGS"]
    hers = db.session.scalars(select(Mail.id).filter_by(person_id=person_id))
    drop_files(settings.data, [*map(str, hers)])


def _settle_owners() -> None:
    """Whose are the addresses that somebody forgot a password for: nobody looked until now."""
    with reading():
        if not codes.any_to_settle():
            return
    with writing():
        for code, person in codes.settle():
            _queue(code, person)


def _queue(code: Code, person: Person) -> None:
    db.session.add(Mail(kind=CODE, person=person, person_id=person.id, code_id=code.id))


def _claim(render: Render) -> list[Claimed]:
    query = select(Mail).where(is_due(Mail, now())).order_by(Mail.due_at).limit(BATCH)
    with reading() as session:
        if session.scalar(query.with_only_columns(Mail.id)) is None:
            return []
    with writing() as session:
        found = session.scalars(query.with_for_update(skip_locked=True, of=Mail)).unique().all()
        return [(mail.id, letter) for mail in found if (letter := _written(mail, render))]


def _written(mail: Mail, render: Render) -> EmailMessage | None:
    """The letter as things stand now, claimed; None where it waits or is given up."""
    mail.tries += 1
    mail.due_at = now() + LEASE
    try:
        if mail.person.suspended_at:
            raise Over("suspended")
        return {ALERT: _alert, DIGEST: _digest, CODE: _code}[mail.kind](mail, render)
    except NotYet as later:
        mail.due_at, mail.tries = later.until, mail.tries - 1
    except Over as over:
        mail.state, mail.reason = GIVEN_UP, str(over)
    except ValueError:
        mail.state, mail.reason = GIVEN_UP, "unusable address"
    return None


def _alert(mail: Mail, render: Render) -> EmailMessage:
    alert, person = mail.alert, mail.person
    if alert is None or not wants(person, alert.kind):
        raise Over("unwanted")
    _may_mail(person)
    if alert.seen_at:
        raise Over("seen")
    at = welcome_at(person, alert.kind, now(), made_at=alert.made_at, urgent=alert.urgent)
    if at > now():
        raise NotYet(at)
    shown = render(alert)
    if shown is None:
        raise Over("over")
    return letter_of_alert(mail, (alert, shown))


def _digest(mail: Mail, render: Render) -> EmailMessage:
    person = mail.person
    _may_mail(person)
    if not wants(person, MATCH) or not is_digest(person, MATCH):
        raise Over("unwanted")
    last = select(Mail.sent_at).filter_by(person_id=person.id, kind=DIGEST, state=SENT)
    sent_at = db.session.scalar(last.order_by(Mail.sent_at.desc()).limit(1))
    since = max(now() - DIGEST_OF, sent_at or now() - DIGEST_OF)
    told = (
        select(Alert)
        .filter_by(person_id=person.id, kind=MATCH)
        .where(Alert.made_at > since, Alert.seen_at.is_(None))
        .order_by(Alert.made_at)
    )
    shown: list[Shown] = []
    for alert in db.session.scalars(told).unique():
        if found := render(alert):
            shown.append((alert, found))
    if not shown:
        raise Over("over")
    return letter_of_digest(mail, shown)


def _code(mail: Mail, _render: Render) -> EmailMessage:
    code = db.session.get(Code, mail.code_id)
    if code is None or code.made_at < now() - DIGITS_WAIT:
        raise Over("over")
    digits = codes.write_digits(code)
    if digits is None:
        raise Over("over")
    return letter_of_code(mail, code, digits)


def _may_mail(person: Person) -> None:
    if not person.mail_me:
        raise Over("unwanted")
    if person.confirmed_at is None:
        raise Over("unconfirmed")


def _record(mail_id: uuid.UUID, outcome: Outcome) -> None:
    mail = db.session.get(Mail, mail_id)
    # Told again while this was under way: then it is due again, and no try has been made.
    if mail is None or mail.state != DUE or not mail.tries:
        return
    mail.reason = outcome.reason
    if outcome.sent:
        mail.state, mail.sent_at = SENT, now()
    elif outcome.again and mail.tries < MOST_TRIES:
        mail.due_at = now() + _backing_off(mail.tries)
    else:
        mail.state = GIVEN_UP
    said = {"event": "mail", "mail": str(mail.id), "kind": mail.kind, "outcome": mail.state}
    log.info("letter %s: %s", mail.state, mail.reason, extra=said)


def _backing_off(tries: int) -> timedelta:
    return timedelta(seconds=min(3600, 2**tries * 5))
