"""Other ways to build and to send the same push messages."""

from typing import Any

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02
from pywebpush import WebPusher, webpush
from webpush import WebPush, WebPushSubscription

from webapp.alerts import Keys
from webapp.alerts.answers import Push
from webapp.alerts.push import TOKEN_LASTS

SUBSCRIBER = "host@example.org"


class Unsent(requests.Session):
    """Takes what is to be sent, and sends nothing."""

    def post(self, *_args: Any, **_more: Any) -> requests.Response:
        """As if it had been taken."""
        response = requests.Response()
        response.status_code = 201
        response._content = b""
        return response


class Pywebpush:
    """pywebpush's `webpush()`, its key read once for all, all but the sending."""

    def __init__(self, keys: Keys) -> None:
        self._vapid = Vapid02.from_pem(keys.private_pem)
        self._session = Unsent()

    def build(self, push: Push) -> None:
        """Encrypt and sign one message."""
        webpush(
            subscription(push),
            push.body,
            vapid_private_key=self._vapid,
            vapid_claims={"sub": f"mailto:{SUBSCRIBER}"},
            ttl=int(push.lasts.total_seconds()),
            requests_session=self._session,
        )

    def encrypt(self, push: Push) -> None:
        """Encrypt one message: neither signed nor with any header."""
        WebPusher(subscription(push)).encode(push.body)


class Readme:
    """The first way of the README of `webpush`, once a message."""

    def __init__(self, keys: Keys) -> None:
        self._web_push = WebPush(
            keys.private_pem, keys.public_pem, subscriber=SUBSCRIBER, expiration=TOKEN_LASTS
        )

    def send(self, push: Push) -> None:
        """Build one message and post it."""
        to = WebPushSubscription.model_validate(subscription(push))
        message = self._web_push.get(push.body, to)
        response = requests.post(
            str(to.endpoint), data=message.encrypted, headers={**message.headers}, timeout=60
        )
        response.raise_for_status()


class Floor:
    """What no message can do without (RFC 8291): a key pair of its own, and one ECDH."""

    def __init__(self) -> None:
        self._theirs = ec.generate_private_key(ec.SECP256R1()).public_key()

    def build(self, _push: Push) -> None:
        """Only that."""
        ec.generate_private_key(ec.SECP256R1()).exchange(ec.ECDH(), self._theirs)


def subscription(push: Push) -> dict[str, Any]:
    """It as a browser gives it."""
    return {"endpoint": push.endpoint, "keys": {"auth": push.auth, "p256dh": push.p256dh}}
