"""The bench for alerts: a push service double, a real Firefox, a page and its service worker."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import jwt
import pytest
from webpush import WebPush, WebPushSubscription
from webpush.vapid import VAPID

from tests.browser.firefox import Firefox, find_firefox
from tests.browser.push_service import PushService, decode_key

PAGE = """<!doctype html><title>Page</title><button>Allow alerts</button><pre>closed</pre>
<script>
const shown = document.querySelector("pre");
navigator.serviceWorker.register("/sw.js");
document.querySelector("button").onclick = async () => {
  shown.textContent = await Notification.requestPermission();
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: "KEY" };
  shown.textContent = JSON.stringify(await pushManager.subscribe(options));
};
</script>"""

WORKER = """
const offer = () => new Response("<!doctype html><title>Offer</title><h1>Kept on this phone</h1>",
  { headers: { "Content-Type": "text/html" } });
addEventListener("install", event => event.waitUntil(
  caches.open("shells").then(cache => cache.put("/offers/7", offer()))));
addEventListener("fetch", event => {
  if (event.request.url.endsWith("/offers/7")) event.respondWith(caches.match("/offers/7"));
});
addEventListener("push", event => {
  const { title, body, data } = event.data.json();
  event.waitUntil(registration.showNotification(title, { body, data, tag: data.offer }));
});
addEventListener("notificationclick", event => {
  event.notification.close();
  event.waitUntil(clients.openWindow(event.notification.data.url));
});
"""


class Keys(NamedTuple):
    """A VAPID key pair as PEM, and the public point as base64url."""

    private: bytes
    public: bytes
    application_server_key: str


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str


@pytest.fixture(scope="module")
def keys() -> Keys:
    return Keys(*VAPID.generate_keys())


@pytest.fixture
def push() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def site(keys: Keys) -> Iterator[ThreadingHTTPServer]:
    page = PAGE.replace("KEY", keys.application_server_key)
    files = {"/": ("text/html", page), "/sw.js": ("text/javascript", WORKER)}

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, text = files.get(self.path, ("text/plain", ""))
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def vapid(keys: Keys, audience: str, lasts_s: int = 600) -> str:
    claims = {"aud": audience, "exp": int(time.time()) + lasts_s, "sub": "mailto:a@example.org"}
    token = jwt.encode(claims, keys.private, algorithm="ES256")
    return f"vapid t={token}, k={keys.application_server_key}"


def post(endpoint: str, body: bytes, headers: dict[str, str]) -> Answer:
    request = urllib.request.Request(endpoint, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request) as answer:
            return Answer(answer.status, dict(answer.headers), "")
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, dict(error.headers), error.read().decode())


def send(push: PushService, keys: Keys, subscription: dict[str, object], offer: str) -> Answer:
    sender = WebPush(keys.private, keys.public, subscriber="a@example.org", ttl=60)
    data = {"offer": offer, "url": f"/offers/{offer}"}
    content = {"title": "Milk near you", "body": f"Offer {offer}", "data": data}
    message = sender.get(content, WebPushSubscription.model_validate(subscription))
    # webpush signs an audience without its port; the endpoint's whole origin is what counts.
    authorization = {"authorization": vapid(keys, push.origin)}
    return post(
        str(subscription["endpoint"]), message.encrypted, {**message.headers, **authorization}
    )


def subscribe(firefox: Firefox, site: ThreadingHTTPServer) -> dict[str, object]:
    firefox.navigate(f"http://127.0.0.1:{site.server_port}/")
    firefox.click("button")
    firefox.allow_notifications_prompt()
    firefox.wait_for_text("endpoint")
    subscription: dict[str, object] = json.loads(
        firefox.execute_script("return document.querySelector('pre').textContent")
    )
    subscription.pop("expirationTime")
    return subscription


def test_a_push_reaches_firefox_and_its_click_opens_a_page_without_the_server(
    push: PushService, site: ThreadingHTTPServer, keys: Keys, tmp_path: Path
) -> None:
    with Firefox(tmp_path, push.url) as firefox:
        subscription = subscribe(firefox, site)
        assert send(push, keys, subscription, "7").status == 201
        shown = firefox.wait_for_notification()
        assert (shown["title"], shown["body"], shown["tag"]) == ("Milk near you", "Offer 7", "7")
        assert shown["data"] == {"offer": "7", "url": "/offers/7"}
        push.wait_for(lambda: push.acknowledged, 10, "the browser's acknowledgement")
        assert push.acknowledged[0][1] == 100
        site.shutdown()
        site.server_close()
        firefox.click_notification()
        firefox.switch_to_url("/offers/7")
        firefox.wait_for_text("Kept on this phone")
        assert firefox.notifications() == []


def test_a_push_waits_for_a_browser_that_was_killed(
    push: PushService, site: ThreadingHTTPServer, keys: Keys, tmp_path: Path
) -> None:
    with Firefox(tmp_path, push.url) as firefox:
        subscription = subscribe(firefox, site)
        assert send(push, keys, subscription, "1").status == 201
        firefox.wait_for_notification()
        firefox.wait_until_push_is_saved()
        firefox.kill()
        push.wait_for(lambda: not push.browsers, 10, "the browser's absence")
        assert send(push, keys, subscription, "7").status == 201
        firefox.start()
        assert firefox.wait_for_notification()["body"] == "Offer 7"
        firefox.click_notification()
        firefox.switch_to_url("/offers/7")


def encrypted(size: int = 200) -> bytes:
    return bytes(16) + b"\x00\x00\x10\x00\x41\x04" + bytes(size - 22)


def accepted_headers(push: PushService, keys: Keys) -> dict[str, str]:
    authorization = vapid(keys, push.origin)
    return {"TTL": "60", "Content-Encoding": "aes128gcm", "Authorization": authorization}


def test_a_correct_push_is_created_and_recorded(push: PushService, keys: Keys) -> None:
    endpoint = push.subscribe(decode_key(keys.application_server_key))
    extra = {"Urgency": "high", "Topic": "offer-7"}
    answer = post(endpoint, encrypted(4096), accepted_headers(push, keys) | extra)
    assert (answer.status, answer.headers["Location"].startswith(push.origin)) == (201, True)
    recorded = push.wait_for_push()
    assert (recorded.headers["urgency"], recorded.headers["topic"]) == ("high", "offer-7")
    assert len(recorded.body) == 4096


@pytest.mark.parametrize(
    ("wrong", "size", "status"),
    [
        ({"TTL": ""}, 200, 400),
        ({"TTL": "soon"}, 200, 400),
        ({"Urgency": "now"}, 200, 400),
        ({"Topic": "with space"}, 200, 400),
        ({"Topic": "t" * 33}, 200, 400),
        ({"Content-Encoding": "aesgcm"}, 200, 400),
        ({}, 60, 400),
        ({}, 4097, 413),
        ({"Authorization": ""}, 200, 401),
    ],
)
def test_a_malformed_push_is_refused(
    push: PushService, keys: Keys, wrong: dict[str, str], size: int, status: int
) -> None:
    headers = {k: v for k, v in (accepted_headers(push, keys) | wrong).items() if v}
    assert post(push.subscribe(), encrypted(size), headers).status == status


def test_a_bad_signature_is_refused(push: PushService, keys: Keys) -> None:
    other = Keys(*VAPID.generate_keys())
    forged = keys._replace(private=other.private)
    headers = accepted_headers(push, forged)
    assert post(push.subscribe(), encrypted(), headers).status == 401


def test_another_senders_key_is_refused(push: PushService, keys: Keys) -> None:
    endpoint = push.subscribe(decode_key(keys.application_server_key))
    headers = accepted_headers(push, Keys(*VAPID.generate_keys()))
    assert post(endpoint, encrypted(), headers).status == 403


def test_a_token_for_another_place_or_time_is_refused(push: PushService, keys: Keys) -> None:
    places = [vapid(keys, "http://127.0.0.1"), vapid(keys, "https://updates.example.org")]
    times = [vapid(keys, push.origin, -10), vapid(keys, push.origin, 24 * 60 * 60 + 60)]
    for authorization in places + times:
        headers = accepted_headers(push, keys) | {"Authorization": authorization}
        assert post(push.subscribe(), encrypted(), headers).status == 401


def test_an_audience_without_its_port_passes_where_that_is_allowed(keys: Keys) -> None:
    with PushService(strict_audience_port=False) as push:
        headers = accepted_headers(push, keys) | {"Authorization": vapid(keys, "http://127.0.0.1")}
        assert post(push.subscribe(), encrypted(), headers).status == 201


def test_an_unknown_endpoint_is_404_and_a_gone_one_410(push: PushService, keys: Keys) -> None:
    headers, endpoint = accepted_headers(push, keys), push.subscribe()
    push.mark_gone(endpoint)
    assert post(endpoint, encrypted(), headers).status == 410
    assert post(f"{push.origin}/wpush/v2/nobody", encrypted(), headers).status == 404


def test_planned_answers_come_in_turn_and_then_end(push: PushService, keys: Keys) -> None:
    headers, endpoint = accepted_headers(push, keys), push.subscribe()
    push.answer_next(429, 503, retry_after=2)
    answers = [post(endpoint, encrypted(), headers) for _ in range(3)]
    assert [answer.status for answer in answers] == [429, 503, 201]
    assert answers[0].headers["Retry-After"] == "2"


def test_a_newer_push_on_one_topic_replaces_the_one_that_waits(
    push: PushService, keys: Keys
) -> None:
    endpoint = push.subscribe()
    for topic in ("a", "a", "b"):
        post(endpoint, encrypted(), accepted_headers(push, keys) | {"Topic": topic})
    assert [message.topic for message in push.subscriptions[endpoint].waiting] == ["a", "b"]


def test_a_machine_without_firefox_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FIREFOX", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RuntimeError, match="apt install firefox-esr"):
        find_firefox()
