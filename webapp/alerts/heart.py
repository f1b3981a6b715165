"""Whether a worker is at work: it says so now and then, and whoever asks reads when it last did."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from webapp.alerts.models import Heartbeat
from webapp.database import db, now

WORKER = "worker"
BEAT_SECONDS = 15.0
"""Between two beats: three may be missed before a worker counts as away."""
AWAY_AFTER = timedelta(seconds=60)


def beat() -> None:
    """A worker is at work now. Within a write transaction of the caller's."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(Heartbeat).values(name=WORKER, seen_at=now())
    update = {"seen_at": insert.excluded.seen_at}
    db.session.execute(insert.on_conflict_do_update(index_elements=["name"], set_=update))


def worker_seen_at() -> datetime | None:
    """When any worker was last at work; None where none ever was."""
    return db.session.scalar(select(Heartbeat.seen_at).filter_by(name=WORKER))


def worker_at_work(at: datetime) -> bool:
    """Whether a worker was seen in the minute around this instant.

    Around, since a clock that was set back would keep a dead worker alive until it catches up.
    """
    seen_at = worker_seen_at()
    return seen_at is not None and abs(at - seen_at) <= AWAY_AFTER
