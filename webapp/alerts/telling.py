"""Telling a person that something concerns her."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from webapp.alerts.models import DUE, TEST, Alert, Delivery, Device, Mail
from webapp.alerts.welcome import is_digest, wants, welcome_at
from webapp.database import db, now, uuid7
from webapp.people import Person

ALERT, DIGEST = "alert", "digest"
"""Kinds of letters by e-mail, beside the codes."""
BETWEEN_MAILS = timedelta(hours=1)
"""Of one conversation: who writes ten letters sends one e-mail."""


def tell(
    person: Person, kind: str, *, urgent: bool = False, again: bool = False, **about: uuid.UUID
) -> bool:
    """Alert a person about one thing: match_id, conversation_id or listing_id.

    Once, or with `again` each time, in place of what was told before. At a welcome hour, unless
    it is urgent: her own emergency. False where she was told before, or wants no such alerts.
    """
    if not wants(person, kind):
        return False
    known = select(Alert).filter_by(person_id=person.id, kind=kind, **about)
    alert = db.session.scalar(known)
    if alert and not again:
        return False
    before = _deliveries(alert) if alert else {}
    if alert is None:
        alert = Alert(id=uuid7(), person=person, person_id=person.id, kind=kind, **about)
        db.session.add(alert)
    alert.made_at, alert.urgent, alert.seen_at = now(), urgent, None
    due_at = welcome_at(person, kind, alert.made_at, made_at=alert.made_at, urgent=urgent)
    devices = _reachable(person.id)
    for device in devices:
        delivery = before.get(device.id) or Delivery(alert=alert, device=device)
        delivery.state, delivery.due_at, delivery.tries, delivery.reason = DUE, due_at, 0, ""
        db.session.add(delivery)
    if is_digest(person, kind):
        _mail_digest(person, due_at)
    elif not devices:
        mail_instead(alert)
    return True


def told_since(kind: str, at: datetime, **about: uuid.UUID) -> bool:
    """Whether anybody was told this of one thing since an instant."""
    query = select(Alert.id).filter_by(kind=kind, **about).where(Alert.made_at >= at)
    return db.session.scalar(query.limit(1)) is not None


def mail_instead(alert: Alert) -> None:
    """No phone of hers can be told: e-mail her, where she lets us and her address is known."""
    person = alert.person
    needless = alert.kind == TEST or alert.seen_at or is_digest(person, alert.kind)
    if needless or not _may_mail(person):
        return
    mail = db.session.scalar(select(Mail).where(Mail.alert_id == alert.id))
    if mail is None:
        mail = Mail(kind=ALERT, person=person, person_id=person.id, alert=alert)
        db.session.add(mail)
    earliest = max(now(), mail.sent_at + BETWEEN_MAILS) if mail.sent_at else now()
    mail.state, mail.tries, mail.reason = DUE, 0, ""
    mail.due_at = welcome_at(
        person,
        alert.kind,
        earliest,
        made_at=alert.made_at,
        urgent=alert.urgent,
        told=_mailed(person.id),
    )


def judge_anew(person_id: uuid.UUID) -> None:
    """She prefers otherwise now: what waits for a welcome hour is looked at again at once."""
    due = (
        select(Delivery)
        .join(Delivery.alert)
        .where(Alert.person_id == person_id, Delivery.state == DUE, Delivery.tries == 0)
    )
    for delivery in db.session.scalars(due).unique():
        delivery.due_at = now()


def _reachable(person_id: uuid.UUID) -> Sequence[Device]:
    query = select(Device).where(Device.person_id == person_id, Device.endpoint.is_not(None))
    return db.session.scalars(query).all()


def _deliveries(alert: Alert) -> dict[uuid.UUID, Delivery]:
    query = select(Delivery).where(Delivery.alert_id == alert.id)
    return {delivery.device_id: delivery for delivery in db.session.scalars(query).unique()}


def _may_mail(person: Person) -> bool:
    return person.mail_me and person.confirmed_at is not None


def _mail_digest(person: Person, due_at: datetime) -> None:
    """One digest for all that is told until then."""
    if not _may_mail(person):
        return
    waiting = select(Mail.id).filter_by(person_id=person.id, kind=DIGEST, state=DUE)
    if db.session.scalar(waiting) is None:
        mail = Mail(kind=DIGEST, person=person, person_id=person.id, due_at=due_at)
        db.session.add(mail)


def _mailed(person_id: uuid.UUID) -> list[datetime]:
    since = now() - timedelta(days=1)
    query = select(Mail.sent_at).filter_by(person_id=person_id, kind=ALERT)
    return [at for at in db.session.scalars(query.where(Mail.sent_at > since)) if at]
