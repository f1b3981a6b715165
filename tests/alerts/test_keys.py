"""The keys of pushes: a new pair while phones still listen with the one before."""

import uuid
from base64 import urlsafe_b64decode
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.alerts.test_push import push_subscription
from tests.browser.push_service import PushService
from tests.cast import Cast, Phone, offer, request
from webapp import secrets
from webapp.alerts import (
    Device,
    Sender,
    deliver,
    key_id,
    keys,
    make_keys,
    read_keys,
    rotate_keys,
    subscribe,
)
from webapp.database import reading, writing
from webapp.worker import match, render

NAMES = ("vapid-private.pem", "vapid-public.pem", "vapid-before.pem")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_keys(tmp_path)
    return tmp_path


def test_a_rotation_keeps_the_pair_before_and_drops_the_one_before_that(folder: Path) -> None:
    first = read_keys(folder)
    rotate_keys(folder)
    second = read_keys(folder)
    rotate_keys(folder)
    third = read_keys(folder)
    assert len({first.id, second.id, third.id}) == 3
    assert (first.before, second.before) == (None, first)
    assert third.before == replace(second, before=None)
    assert (folder / "vapid-public.pem").read_bytes() == third.public_pem


def test_keys_are_for_their_owner_alone(folder: Path) -> None:
    rotate_keys(folder)
    assert {(folder / name).stat().st_mode & 0o777 for name in NAMES} == {0o600}
    assert {path.name for path in folder.iterdir()} == set(NAMES)


def test_keys_that_have_not_changed_are_not_read_again(folder: Path) -> None:
    assert read_keys(folder) is read_keys(folder)


@pytest.mark.parametrize("done", [0, 1, 2])
def test_a_rotation_that_was_stopped_leaves_a_pair_that_works(
    folder: Path, done: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    former, left = read_keys(folder), iter(range(done))

    def stopped(path: Path, content: bytes) -> None:
        next(left)
        secrets.replace_secret(path, content)

    monkeypatch.setattr(keys, "replace_secret", stopped)
    with pytest.raises(StopIteration):
        rotate_keys(folder)
    kept = read_keys(folder)
    assert (kept.id == former.id) == (done < 2)
    assert (kept.before or kept).id == former.id
    with Sender(kept, "host@example.org") as sender:
        assert sender.keys is kept


def test_what_is_no_key_has_no_name(folder: Path) -> None:
    key = read_keys(folder).application_server_key
    assert key_id(key) == key_id(key + "=") == read_keys(folder).id
    assert {key_id(text) for text in ("", "x", "\u00fc", key[:-4], "A" + key[1:])} == {""}


@pytest.fixture
def hosted(app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The app with a data folder of its own, whose keys a test may rotate."""
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], data=folder))
    return app


def rotate(app: Flask, *more: str) -> Result:
    return app.test_cli_runner().invoke(args=["keys", "rotate", *more])


def listening(push: PushService, phone: Phone, key: str, *, named: bool) -> str:
    """Subscribe this phone with that key; the server is told which only where it is `named`."""
    point = urlsafe_b64decode(key + "=")
    _endpoint, p256dh, auth = push_subscription(push)
    endpoint = push.subscribe(key=point)
    phone.sync()
    with writing() as session:
        device = session.get_one(Device, uuid.UUID(phone.device))
        subscribe(device, endpoint, p256dh, auth, key=key_id(key) if named else "")
    return endpoint


def test_after_a_rotation_phones_are_alerted_with_the_key_they_subscribed_with(
    hosted: Flask, cast: Cast, folder: Path, push: PushService
) -> None:
    former = read_keys(folder)
    endpoints = [listening(push, cast.recipient, former.application_server_key, named=False)]
    assert "Phones still with the key before: 1." in rotate(hosted).output
    newest = read_keys(folder)
    other = cast.phone(cast.recipient.person_id)
    endpoints.append(listening(push, other, newest.application_server_key, named=True))
    cast.donor.publish(offer())
    cast.recipient.publish(request(need="emergency"))
    match()
    with Sender(newest, "host@example.org", push.origin.removeprefix("http://")) as sender:
        while deliver(sender, render):
            pass
    assert {(sent.endpoint, sent.status) for sent in push.received} == {
        (endpoint, 201) for endpoint in endpoints
    }


def test_phones_that_have_not_moved_are_left_behind_only_on_saying_so(
    hosted: Flask, cast: Cast, folder: Path, push: PushService
) -> None:
    listening(push, cast.recipient, read_keys(folder).application_server_key, named=True)
    assert rotate(hosted).exit_code == 0
    second = read_keys(folder)
    refused = rotate(hosted)
    assert refused.exit_code == 1
    assert "have not moved since the last rotation: 1." in refused.output
    assert read_keys(folder) == second
    assert rotate(hosted, "--yes").exit_code == 0
    assert read_keys(folder).before == replace(second, before=None)
    with reading() as session:
        (device,) = session.query(Device).filter(Device.endpoint.is_not(None))
        assert second.before
        assert device.key_id == second.before.id


def test_pages_and_the_service_worker_follow_a_rotation_without_a_restart(
    hosted: Flask, cast: Cast, folder: Path
) -> None:
    def served() -> tuple[str, str, str]:
        worker = cast.stranger.get("/sw.js").get_data(as_text=True).partition("\n")[0]
        kept = next(part for part in worker.split('"') if part.startswith("/shells?"))
        page = cast.stranger.get("/me").get_data(as_text=True)
        return worker, cast.stranger.get(kept).get_data(as_text=True), page

    before = served()
    former = read_keys(folder).application_server_key
    assert all(former in text for text in before)
    assert rotate(hosted).exit_code == 0
    newest = read_keys(folder).application_server_key
    for text in served():
        assert newest in text
        assert former not in text
    assert before[0].partition('"language"')[0] != served()[0].partition('"language"')[0]
