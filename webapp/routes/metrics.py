"""What a host's monitoring reads: counts in Prometheus's text format, behind a token."""

import hmac
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, abort, current_app, request
from sqlalchemy import func, select

from webapp import alerts
from webapp.config import Settings
from webapp.database import db, now, reading
from webapp.listings import Listing
from webapp.matching import Watch
from webapp.people import Person
from webapp.routes.limits import METRICS, limiter

blueprint = Blueprint("metrics", __name__)

Figures = Mapping[Any, float]
"""{values of the labels, a tuple: how many}."""


@blueprint.get("/metrics")
@limiter.limit(METRICS)
def metrics() -> Response:
    """All figures of one snapshot; 404 unless MILKWELL_METRICS is set, 401 without its token."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.metrics:
        abort(404)
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), settings.metrics.encode()):
        return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
    # 75 ms to import, and most sites never ask.
    from prometheus_client import CollectorRegistry
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

    with reading():
        stood = list(_everything(alerts.read_keys(settings.data)))
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Read(stood))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


class _Read:
    """Figures that are read already, as the library's registry collects them."""

    def __init__(self, stood: list[tuple[str, str, tuple[str, ...], Figures]]) -> None:
        self._stood = stood

    def collect(self) -> Iterator[Any]:
        """One family a name, one sample a label."""
        from prometheus_client.core import GaugeMetricFamily

        for name, about, labels, figures in self._stood:
            family = GaugeMetricFamily(f"milkwell_{name}", about, labels=labels)
            for values, number in sorted(figures.items()):
                family.add_metric(values, number)
            yield family


def _everything(keys: alerts.Keys) -> Iterator[tuple[str, str, tuple[str, ...], Figures]]:
    stands = alerts.standing(now())
    for noun, queue in (("deliveries", stands.deliveries), ("mails", stands.mails)):
        waiting: Figures = {("now",): queue.due, ("later",): queue.later}
        yield (
            f"{noun}_waiting",
            f"{noun.capitalize()} that wait, by when they are due.",
            ("due",),
            waiting,
        )
        since = queue.oldest_due_at
        age: Figures = {(): (stands.at - since).total_seconds() if since else 0.0}
        yield f"{noun}_oldest_due_seconds", "For how long the oldest of them is due.", (), age
    labels = ("service", "state", "reason")
    yield "deliveries", "Alerts to phones by their outcome.", labels, stands.outcomes
    yield "mails", "E-mails by their outcome.", ("kind", "state", "reason"), stands.mailed
    yield "devices", "Phones by push service.", ("service", "alerts"), stands.phones
    by_key: Figures = {(name,): many for name, many in stands.by_key(keys).items()}
    yield "devices_by_key", "Phones by the key they subscribed with.", ("key",), by_key
    seen: Figures = {(): stands.worker_seen_at.timestamp()} if stands.worker_seen_at else {}
    yield "worker_seen_timestamp_seconds", "When a worker was last at work.", (), seen
    yield "matches_due", "What waits to be matched.", ("noun",), _matches_due()
    yield "people", "People by whether they may sign in.", ("state",), _people()
    yield "listings", "Listings by kind and status.", ("kind", "status"), _listings()


def _matches_due() -> Figures:
    return {
        (noun,): db.session.scalar(
            select(func.count()).select_from(kind).where(kind.match_due_at <= now())
        )
        or 0
        for noun, kind in (("listing", Listing), ("watch", Watch))
    }


def _people() -> Figures:
    suspended = func.count(Person.suspended_at)
    every, held = db.session.execute(select(func.count(), suspended).select_from(Person)).one()
    return {("open",): every - held, ("suspended",): held}


def _listings() -> Figures:
    query = select(Listing.kind, Listing.status, func.count()).group_by(
        Listing.kind, Listing.status
    )
    return {(kind, status): many for kind, status, many in db.session.execute(query)}
