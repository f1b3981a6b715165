"""How long from a committed match to the push request, also while other services are broken."""

import argparse
import base64
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bench import _broken_services
from tests.browser.push_service import PushService
from tests.browser.site import Site
from tests.cast import GRESHAM, Cast, Client, offer, request
from tests.places import built_places
from webapp import create_app
from webapp.alerts import Delivery, Device, subscribe
from webapp.alerts.models import SENT
from webapp.config import read_settings
from webapp.database import reading, writing
from webapp.matching import Match

OFFERS = 40
BETWEEN_S = 0.6
TOLD_WITHIN_S = 60
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
        made = _made()
    arrived = sorted(received.received_at for received in push.received)
    # Two that come at once are told as one.
    return [next(there for there in arrived if there >= here) - here for here in made]


def _made() -> list[float]:
    """When each match was made, once all of them have been told."""
    deadline = time.monotonic() + TOLD_WITHIN_S
    while time.monotonic() < deadline:
        with reading() as session:
            if session.query(Delivery).filter_by(state=SENT).count() == OFFERS:
                return [match.made_at.timestamp() for match in session.query(Match)]
        time.sleep(0.1)
    raise TimeoutError("not everything was told")


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


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the site, publish offers, tell many alerts while services fail, and print the figures."""
    parser = argparse.ArgumentParser(prog="bin/bench alerts", description=__doc__)
    parser.add_argument("--alerts", type=int, default=2000, help="while five services are broken")
    asked = parser.parse_args(arguments)
    places = built_places()
    with (
        tempfile.TemporaryDirectory() as folder,
        PushService() as push,
        Site(Path(folder), places, push.origin) as site,
    ):
        waits = sorted(measure(site, push))
    _say("p95", waits)
    report = _broken_services.run(asked.alerts)
    if report.missing:
        raise RuntimeError(f"{report.missing} alerts of healthy services did not come")
    print(f"{report.repeats} came twice", file=sys.stderr)
    _say("p95_beside_broken", report.waits)


def _say(figure: str, waits: list[float]) -> None:
    p95 = waits[round(len(waits) * 0.95) - 1]
    print(f"{len(waits)} alerts, median {waits[len(waits) // 2]:.2f} s", file=sys.stderr)
    named = {"bench": "alerts", "peer": f"the budget of {BUDGET_S} s"}
    print(json.dumps({**named, "figure": figure, "value": round(p95, 3), "unit": "s"}))
    ratio = {"figure": f"ratio_{figure}", "value": round(p95 / BUDGET_S, 3), "unit": "ratio"}
    print(json.dumps({**named, **ratio}))


if __name__ == "__main__":
    main()
