"""What ends with a session: the alerts of the phone that was signed in by it."""

import uuid
from collections.abc import Collection

from webapp.alerts.devices import devices_of, unsubscribe


def silence(person_id: uuid.UUID, sessions: Collection[str] | None = None) -> None:
    """Push no more to phones of hers that subscribed in these sessions; None: to none at all.

    Signed in again, a phone mends what it lost by itself.
    """
    for device in devices_of(person_id):
        if sessions is None or device.session in sessions:
            unsubscribe(device)
