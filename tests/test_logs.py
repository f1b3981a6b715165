"""Logs are lines of JSON with ids, in which nothing personal ever stands."""

import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from tests.alerts.test_push import subscribed
from tests.browser.push_service import PushService
from tests.cast import SAME_ORIGIN, Cast, offer, operation, request
from tests.messages.pen import begin
from webapp import sync, worker
from webapp.alerts import Device, Sender, make_keys, read_keys
from webapp.database import reading, uuid7
from webapp.logs import Lines
from webapp.people import Person

ROOT = __file__.rpartition("/tests/")[0]
HERS = "Philomena of the vermilion door"
"""What a person wrote, wherever she can write; no line may hold any word of it."""
WORDS = ("philomena", "vermilion")
KNOWN = {"at", "level", "logger", "message", "where", "error", "trace"}


class Written(io.StringIO):
    """What was logged."""

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def written() -> Iterator[Written]:
    """All that the whole process logs, as `init_logs` has it written."""
    stream = Written()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    root, ours = logging.getLogger(), logging.getLogger("webapp")
    level = ours.level
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    ours.setLevel(level)


def everything_personal(*more: str) -> set[str]:
    """What the database holds of people and phones that must stay out of logs."""
    with reading() as session:
        people = session.query(Person).all()
        phones = session.query(Device).filter(Device.endpoint.is_not(None)).all()
        hers = [(p.name, p.email, p.cell, p.place, p.place_name) for p in people]
        theirs = [(d.endpoint, d.p256dh, d.auth) for d in phones]
    return {word for row in [*hers, *theirs, more] for word in row if word}


def broken(**_parts: object) -> None:
    raise ValueError(f"can't do {HERS}") from KeyError(HERS)


def test_no_request_that_fails_brings_what_is_personal_into_logs(
    app: Flask, cast: Cast, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.donor.sync()
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    for rule in rules:
        monkeypatch.setitem(app.view_functions, rule.endpoint, broken)
        address = re.sub(r"<uuid:\w+>", str(uuid7()), rule.rule)
        address = re.sub(r"<(?:\w+:)?\w+>", "Philomena", address)
        method = sorted(rule.methods - {"HEAD", "OPTIONS"})[0]
        headers = {**SAME_ORIGIN, "User-Agent": HERS, "Referer": f"http://localhost/?{HERS}"}
        cast.donor.client.open(
            address, method=method, query_string={"q": HERS}, json={"text": HERS}, headers=headers
        )
    assert not [word for word in WORDS if word in written.getvalue().lower()]
    lines = [line for line in written.lines() if line.get("event") == "request"]
    assert {line["rule"] for line in lines} == {rule.rule for rule in rules}
    assert {line["status"] for line in lines} == {500}
    assert lines[0]["error"] == ["builtins.ValueError", "builtins.KeyError"]
    assert lines[0]["trace"][-1].startswith("tests/test_logs.py:")


def test_an_operation_that_fails_is_logged_by_its_id(
    cast: Cast, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_given: object) -> None:
        raise IntegrityError(f"INSERT {HERS}", {"name": HERS}, ValueError(f"Key ({HERS}) exists"))

    monkeypatch.setattr(sync.ledger, "row_of", taken)
    monkeypatch.setattr(sync.ledger, "IntegrityError", ZeroDivisionError)
    sent = operation("listing.publish", uuid7(), offer(note=HERS))
    assert cast.donor.send(sent).json["results"][0]["outcome"] == "failed"
    (line,) = [line for line in written.lines() if line.get("event") == "operation"]
    assert line["operation"] == sent["id"]
    assert line["error"] == ["sqlalchemy.exc.IntegrityError", "builtins.ValueError"]
    assert not [word for word in WORDS if word in written.getvalue().lower()]


def test_a_day_of_letters_and_alerts_leaves_nothing_personal_in_logs(
    cast: Cast, written: Written, tmp_path: Any
) -> None:
    make_keys(tmp_path)
    with PushService() as push:
        gone = subscribed(push, cast.donor)
        subscribed(push, cast.recipient)
        push.mark_gone(gone)
        cast.donor.publish(offer(note=HERS))
        cast.recipient.publish(request(note=HERS, need="emergency"))
        begin(cast.recipient, cast.donor, HERS, HERS)
        personal = everything_personal(*WORDS)
        host = push.origin.removeprefix("http://")
        with Sender(read_keys(tmp_path), "host@example.org", host) as sender:
            while worker.work_once(sender):
                pass
        assert push.received
    assert not [word for word in personal if word.lower() in written.getvalue().lower()]
    assert len(personal) > 12
    told = [line for line in written.lines() if line.get("event") == "delivery"]
    assert {line["outcome"] for line in told} == {"sent", "given_up"}


def test_of_a_librarys_line_only_its_place_in_the_code_is_kept(written: Written) -> None:
    try:
        broken()
    except ValueError:
        logging.getLogger("asyncio").exception("Task <%s> failed", HERS)
    logging.getLogger("webapp").error("Exception on /unsubscribe/%s", HERS)
    first, second = written.lines()
    assert first["logger"] == "asyncio"
    assert first["where"].startswith("tests/test_logs.py:")
    assert first.keys() <= KNOWN
    assert "message" not in second
    assert HERS not in written.getvalue()


def test_only_what_is_no_text_is_taken_from_beside_a_message(written: Written) -> None:
    log, device = logging.getLogger("webapp.somewhere"), uuid7()
    log.info(
        "sent",
        extra={
            "event": "delivery",
            "device": device,
            "outcome": "answered 503",
            "service": "fcm.googleapis.com",
            "seconds": 0.25,
            "reason": "to rosa@example.org",
            "endpoint": "https://fcm.googleapis.com/secret",
            "tries": None,
        },
    )
    (line,) = written.lines()
    assert {name: line[name] for name in line.keys() - {"at"}} == {
        "level": "info",
        "logger": "webapp.somewhere",
        "message": "sent",
        "event": "delivery",
        "device": str(device),
        "outcome": "answered 503",
        "service": "fcm.googleapis.com",
        "seconds": 0.25,
        "reason": "?",
        "tries": None,
    }


# Alone, without the app, which takes seconds to load.
CRASH = f"""
import logging, threading, warnings
from importlib.util import module_from_spec, spec_from_file_location
spec = spec_from_file_location("webapp.logs", "webapp/logs.py")
logs = module_from_spec(spec)
spec.loader.exec_module(logs)
logs.init_logs()
logs.log_crashes()
logging.getLogger("webapp.worker").info("working")
logging.getLogger("alembic").info("not ours, and no warning")
warnings.warn({HERS!r})
thread = threading.Thread(target=lambda: int({HERS!r}))
thread.start()
thread.join()
{{}}[{HERS!r}]
"""


def test_a_crash_of_a_program_or_a_thread_is_a_line_too() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", CRASH], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    lines = [json.loads(line) for line in ended.stderr.splitlines()]
    assert ended.returncode == 1
    assert [(line["level"], line.get("error")) for line in lines] == [
        ("info", None),
        ("warning", None),
        ("critical", ["builtins.ValueError"]),
        ("critical", ["builtins.KeyError"]),
    ]
    assert not [word for word in WORDS if word in ended.stderr.lower()]
