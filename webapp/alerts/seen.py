"""What she saw on one phone is not told again on another, nor by e-mail."""

import uuid
from collections.abc import Iterable

from sqlalchemy import and_, or_, select, update

from webapp.alerts.models import DUE, GIVEN_UP, SENT, Alert, Delivery, Mail
from webapp.database import db, now


def seen(person_id: uuid.UUID, ids: Iterable[uuid.UUID]) -> None:
    """She saw what these alerts are about: what is still due of them is given up.

    Of others' alerts among them nothing is said and nothing done.
    """
    hers = select(Alert).where(Alert.id.in_([*ids]), Alert.person_id == person_id)
    marked = db.session.scalars(hers.where(Alert.seen_at.is_(None))).unique().all()
    for alert in marked:
        alert.seen_at = now()
    known = [alert.id for alert in marked]
    for queue in (Delivery, Mail):
        due = update(queue).where(queue.alert_id.in_(known), queue.state == DUE)
        given_up = due.values(state=GIVEN_UP, reason="seen")
        db.session.execute(given_up.execution_options(synchronize_session=False))


def pushed_to(device_id: uuid.UUID, ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Those of these alerts that were pushed to a phone, and not told again since.

    She may tap one before its worker has written down that it was sent.
    """
    under_way = and_(Delivery.state == DUE, Delivery.tries > 0)
    query = select(Delivery.alert_id).where(
        Delivery.device_id == device_id,
        Delivery.alert_id.in_([*ids]),
        or_(Delivery.state == SENT, under_way),
    )
    return [*db.session.scalars(query)]
