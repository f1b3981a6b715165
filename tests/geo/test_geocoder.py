import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from webapp.geo import EmbeddedGeocoder, geocoder

PHOTON = {
    "features": [
        {
            "geometry": {"coordinates": [-122.43, 45.5]},
            "properties": {"name": "Gresham", "country": "United States"},
        }
    ]
}


class Photon(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps(PHOTON).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def photon():
    with HTTPServer(("127.0.0.1", 0), Photon) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_embedded_geocoder_answers_as_geopy_does(places):
    embedded = geocoder("embedded", places)
    found = embedded.geocode("wien")
    assert found.address == "Vienna, AT"
    assert found.raw["id"] == "geonames:2761369"
    assert (found.latitude, found.longitude) == pytest.approx((48.2, 16.4), abs=0.1)
    assert embedded.geocode("qqqqqqqq") is None
    assert len(embedded.geocode("springfield", exactly_one=False, limit=5)) == 5
    assert embedded.geocode("birming", country="US").address == "Birmingham, Alabama, US"


def test_the_embedded_geocoder_names_a_position(places):
    embedded = EmbeddedGeocoder(places)
    assert embedded.reverse((45.5, -122.43)).raw["name"] == "Gresham"
    assert embedded.reverse("45.5, -122.43").address == "Gresham, Oregon, US"
    assert embedded.reverse((0, -140)) is None
    with pytest.raises(ValueError, match="unknown format"):
        embedded.reverse("nowhere")


def test_a_setting_names_an_outside_geocoder(places, photon):
    outside = geocoder(f"photon:{photon}", places)
    found = outside.geocode("Gresham")
    assert (found.latitude, found.longitude) == (45.5, -122.43)
    assert type(geocoder("nominatim:https://geocoder.example.org", places)).__name__ == "Nominatim"


@pytest.mark.parametrize(
    "setting",
    ["", "nominatim", "nominatim:", "nominatim:geocoder.example.org", "nominatim:ftp://x",
     "nosuch:https://geocoder.example.org", "googlev3:https://geocoder.example.org"],
)  # fmt: skip
def test_a_setting_that_names_no_geocoder_is_refused(places, setting):
    with pytest.raises(ValueError, match="geocoder"):
        geocoder(setting, places)
