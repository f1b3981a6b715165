"""How long from a committed match to the push request that tells of it."""

import base64
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.browser.push_service import PushService
from tests.browser.site import Site
from tests.cast import GRESHAM, Cast, Client, offer, request
from tests.places import built_places
from webapp import create_app
from webapp.alerts import Device, subscribe
from webapp.config import read_settings
from webapp.database import reading, writing
from webapp.matching import Match

OFFERS = 40
BETWEEN_S = 0.3
BUDGET_S = 2.0


def measure(site: Site, push: PushService) -> list[float]:
    """Seconds from each match's commit to the push service, over real processes."""
    app = create_app(read_settings(site.environment))
    app.test_client_class = Client
    with app.app_context():
        cast = Cast(app)
        _subscribe(cast, push)
        cast.recipient.publish(request(need="emergency"))
        for number in range(OFFERS):
            cast.somebody(f"Donor {number}", GRESHAM).publish(offer())
            time.sleep(BETWEEN_S)
        push.wait_for_push(OFFERS, timeout_s=60)
        with reading() as session:
            made = sorted(match.made_at.timestamp() for match in session.query(Match))
    arrived = sorted(received.received_at for received in push.received)
    return [there - here for here, there in zip(made, arrived, strict=True)]


def _subscribe(cast: Cast, push: PushService) -> None:
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    p256dh, auth = (
        base64.urlsafe_b64encode(raw).rstrip(b"=").decode() for raw in (point, os.urandom(16))
    )
    cast.recipient.sync()
    with writing() as session:
        (device,) = session.query(Device)
        subscribe(device, push.subscribe(), p256dh, auth)


def main() -> None:
    """Run the site, publish offers, and print the figure."""
    places = built_places()
    with (
        tempfile.TemporaryDirectory() as folder,
        PushService() as push,
        Site(Path(folder), places, push.origin) as site,
    ):
        waits = sorted(measure(site, push))
    p95 = waits[round(len(waits) * 0.95) - 1]
    print(f"{len(waits)} alerts, median {waits[len(waits) // 2]:.2f} s", file=sys.stderr)
    named = {"bench": "alerts", "peer": f"the budget of {BUDGET_S} s"}
    print(json.dumps({**named, "figure": "p95", "value": round(p95, 3), "unit": "s"}))
    print(
        json.dumps(
            {**named, "figure": "ratio_p95", "value": round(p95 / BUDGET_S, 3), "unit": "ratio"}
        )
    )


if __name__ == "__main__":
    main()
