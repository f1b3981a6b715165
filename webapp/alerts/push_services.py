"""Push services: which there are, and how much is on its way to each.

A slow or a broken one delays nobody who is reached through another.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

SERVICES = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
"""The push services' own hosts: an endpoint's host is one of these, or below one on a dot."""
PLAIN_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:443)?", re.IGNORECASE)
BATCH = 100
"""Deliveries that a worker may hold, claimed and not recorded: what a kill can send twice."""
FEW, MOST = 4, 50
"""Pushes on their way to one service: as many at first or to a slow one, and to a quick one."""
QUICK_SECONDS, SLOW_SECONDS = 1.0, 2.0
TROUBLES = 3
"""Failures in a row, after which a service is left alone for a while."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=5)
LONGEST_TOLD_PAUSE = timedelta(hours=1)


@dataclass
class _Service:
    limit: int = FEW
    under_way: int = 0
    troubles: int = 0
    pause: timedelta = FIRST_PAUSE
    paused_until: float = 0.0


class Services:
    """What is on its way to each push service, by its host. Counts; calls nobody."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._services: dict[str, _Service] = {}

    def room(self, service: str) -> int:
        """How many more pushes it may be given now."""
        known = self._services.get(service)
        if known is None:
            return FEW
        if known.paused_until > self._clock():
            return 0
        return max(0, known.limit - known.under_way)

    def shut(self) -> set[str]:
        """Those that may be given none now: they have enough, or are left alone."""
        return {service for service in self._services if not self.room(service)}

    def paused(self) -> set[str]:
        """Those that are left alone, since they fail or asked for it."""
        at = self._clock()
        return {service for service, known in self._services.items() if known.paused_until > at}

    def took(self, service: str) -> None:
        """One more push is on its way there."""
        self._services.setdefault(service, _Service()).under_way += 1

    def answered(self, service: str, seconds: float) -> None:
        """It took or refused a push, so it works: a quick one gets more at once, a slow one few."""
        known = self._done(service)
        known.troubles, known.pause, known.paused_until = 0, FIRST_PAUSE, 0.0
        if seconds > SLOW_SECONDS:
            known.limit = min(known.limit, FEW)
        elif seconds < QUICK_SECONDS:
            known.limit = min(known.limit + 1, MOST)

    def failed(self, service: str, told_pause: timedelta) -> None:
        """It can't take a push now, and asked to wait so long (or not: zero).

        Alone, one such answer may be about one subscription; several in a row are the service.
        After a pause it gets one push, to see.
        """
        known = self._done(service)
        known.troubles += 1
        known.limit = max(1, known.limit // 2)
        if known.troubles < TROUBLES:
            return
        if known.paused_until <= self._clock():
            wait = max(known.pause, min(told_pause, LONGEST_TOLD_PAUSE))
            known.paused_until = self._clock() + wait.total_seconds()
            known.pause = min(known.pause * 2, LONGEST_PAUSE)
            known.limit = 1

    def _done(self, service: str) -> _Service:
        known = self._services.setdefault(service, _Service())
        known.under_way = max(0, known.under_way - 1)
        return known


def service_of(endpoint: str) -> str:
    """The host of an endpoint, by which its push service is known; "" where there is none."""
    try:
        return urlsplit(endpoint).hostname or ""
    except ValueError:
        return ""


def is_push_service(endpoint: str, test_host: str = "") -> bool:
    """Whether an endpoint is a push service's own, over https, on a plain host.

    `test_host` ("127.0.0.1:9000") adds one loopback service, over plain http too.
    """
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if len(endpoint) > 1000 or not (endpoint.isascii() and endpoint.isprintable()):
        return False
    if parts.username is not None or parts.password is not None:
        return False
    if test_host and parts.scheme in ("http", "https") and parts.netloc == test_host:
        return True
    host = parts.hostname or ""
    known = any(host == service or host.endswith(f".{service}") for service in SERVICES)
    plain = PLAIN_HOST.fullmatch(parts.netloc) is not None
    return parts.scheme == "https" and known and plain and port in (None, 443)
