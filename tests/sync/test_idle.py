"""A sync that finds nothing is told from one statement, and answered as the whole way would."""

import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session as OrmSession

from tests.cast import PORTLAND, Cast, Phone, offer
from tests.messages.pen import begin
from tests.sync.restless import World
from webapp import geo, rights, sync
from webapp.alerts import Device
from webapp.database import db, now, reading, uuid7, writing
from webapp.people import Person, Session
from webapp.routes import sync as route
from webapp.sync.idle import _statement
from webapp.sync.models import Change, FeedCounter

STEPS, ASKED_EACH = 70, 2


def ask(client: FlaskClient, body: dict[str, Any]) -> Any:
    """The answer, as it goes over the wire."""
    response = client.post("/api/sync", json=body, headers={"Sec-Fetch-Site": "same-origin"})
    return response.status_code, sorted(response.headers.items()), response.data


@contextmanager
def the_whole_way() -> Iterator[None]:
    """No short way inside."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sync, "is_idle", lambda *_: False)
        yield


def newest_change() -> int:
    with reading():
        return sync.latest_seq()


@pytest.mark.parametrize("seed", [1])
def test_whatever_happens_an_idle_sync_is_answered_as_the_whole_way_would(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    stopped = now()
    monkeypatch.setattr(route, "now", lambda: stopped)
    decided: list[bool] = []
    really = sync.is_idle

    def is_idle(*asked: Any) -> bool:
        decided.append(really(*asked))
        return decided[-1]

    monkeypatch.setattr(sync, "is_idle", is_idle)
    world, met = World(cast, random.Random(seed)), Counter[Any]()
    for _step in range(STEPS):
        world.step()
        for _ in range(ASKED_EACH):
            client, body = world.request()
            decided.clear()
            first, newest = ask(client, body), newest_change()
            with the_whole_way():
                second, third = ask(client, body), ask(client, body)
            if True in decided:
                assert first == second == third, body
                assert newest_change() == newest, "the whole way had something to write"
            met[first[0], True in decided] += 1
            # What the whole way finds idle twice is idle: the first time it may still write.
            if second == third and third[0] == 200 and b"scopes" not in third[2]:
                assert ask(client, body) == third
                assert decided[-1] is not bool(body.get("operations")), body
    assert min(met[200, True], met[200, False]) > STEPS / 4
    assert {status for status, _idle in met} >= {200, 400, 409}
    assert not [status for status, idle in met if idle and status != 200]


def suspended(phone: Phone, _other: Phone) -> None:
    # In one statement, so that no change of hers says it too.
    db.session.query(Person).filter_by(id=phone.person_id).update({"suspended_at": now()})


def erased(phone: Phone, _other: Phone) -> None:
    db.session.add(rights.ErasedDevice(id=uuid.UUID(phone.device)))


def signed_out(phone: Phone, _other: Phone) -> None:
    db.session.query(Session).filter_by(person_id=phone.person_id).delete()


def away_for_long(phone: Phone, _other: Phone) -> None:
    _seen_days_ago(phone, 91)


def of_another(phone: Phone, other: Phone) -> None:
    phone.cursors = {**phone.cursors, "me": other.cursors["me"]}


def bound_to_another(phone: Phone, other: Phone) -> None:
    db.session.get_one(Device, uuid.UUID(phone.device)).person_id = other.person_id


def moved(phone: Phone, _other: Phone) -> None:
    hers = db.session.query(Person).filter_by(id=phone.person_id)
    hers.update({"near_epoch": Person.near_epoch + 1})


def told_of_more(phone: Phone, _other: Phone) -> None:
    """A page left its rows behind, and what it knew of is lost."""
    timeline, seq, epoch, known, *rest = phone.cursors["near"].split(".")
    later = str(int(known) + 1)
    phone.cursors = {**phone.cursors, "near": ".".join([timeline, seq, epoch, later, *rest])}


def restored(_phone: Phone, _other: Phone) -> None:
    db.session.get_one(FeedCounter, 1).seq -= 1


def _seen_days_ago(phone: Phone, days: int) -> None:
    (session,) = db.session.query(Session).filter_by(person_id=phone.person_id)
    session.seen_at = now() - timedelta(days=days)


@pytest.mark.parametrize(
    ("happened", "status", "said"),
    [
        (suspended, 403, "suspended"),
        (erased, 410, "erased"),
        (signed_out, 401, "signed_out"),
        (away_for_long, 401, "signed_out"),
        (of_another, 409, "other_device"),
        (bound_to_another, 409, "other_device"),
        (moved, 200, None),
        (told_of_more, 200, None),
        (restored, 200, None),
    ],
)
def test_between_two_idle_syncs_anything_may_come(
    cast: Cast, happened: Callable[[Phone, Phone], None], status: int, said: str | None
) -> None:
    phone, other = cast.recipient, cast.donor
    for each in (other, phone, phone):
        each.sync()
    assert "scopes" not in phone.send().json
    with writing():
        happened(phone, other)
    answer = phone.send()
    assert (answer.status_code, answer.json.get("error")) == (status, said)
    assert ("scopes" in answer.json) == (status == 200)


def test_an_idle_sync_keeps_her_signed_in(cast: Cast) -> None:
    phone = cast.donor
    phone.sync()
    assert "Set-Cookie" not in phone.send().headers
    with writing():
        _seen_days_ago(phone, 2)
    answer = phone.send()
    assert "scopes" not in answer.json
    assert "Set-Cookie" in answer.headers
    assert "Set-Cookie" not in phone.send().headers


def test_a_phone_whose_subscription_is_gone_hears_so_whatever_else_there_is(cast: Cast) -> None:
    phone = cast.donor
    phone.sync()
    assert "lost" not in phone.send().json
    with writing() as session:
        session.get_one(Device, uuid.UUID(phone.device)).failed_at = now()
    assert phone.send().json["lost"] is True


def test_a_letter_that_has_come_is_told_of_by_a_sync_that_finds_nothing_else(cast: Cast) -> None:
    begin(cast.recipient, cast.donor, "Could we have some?")
    for _ in range(3):
        cast.donor.sync()
    cast.recipient.sync()
    (conversation,) = cast.recipient.held("me", "conversation")
    assert conversation["delivered"] == 1


def test_an_idle_sync_is_one_statement_and_loads_nothing(cast: Cast) -> None:
    cast.donor.publish(offer())
    cast.donor.sync()
    cast.donor.sync()
    statements: list[str] = []
    begun: list[object] = []

    def said(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    def began(session: Any, *_rest: Any) -> None:
        begun.append(session)

    event.listen(db.engine, "before_cursor_execute", said)
    event.listen(OrmSession, "after_begin", began)
    try:
        answer = cast.donor.send().json
    finally:
        event.remove(db.engine, "before_cursor_execute", said)
        event.remove(OrmSession, "after_begin", began)
    assert sorted(answer) == ["oldest_client", "server_time"]
    assert len([each for each in statements if each.startswith("SELECT")]) == 1
    assert begun == []


def test_the_one_statement_looks_its_cells_up_in_an_index(cast: Cast) -> None:
    """Were it to walk through the feed, a busy region would cost every phone in the world."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads what is as small as this from end to end")
    compiled = str(_statement("sqlite").compile(dialect=db.engine.dialect))
    with db.engine.connect() as connection:
        nothing = ("",) * compiled.count("?")
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", nothing).all()
    told = [row[-1] for row in plan]
    assert not [each for each in told if each.startswith("SCAN change")], told
    assert [each for each in told if "ix_change_scope_seq (scope=? AND seq>?)" in each], told


def test_a_change_in_a_far_corner_of_her_reach_is_heard_of(cast: Cast) -> None:
    wide = cast.somebody("Ana", PORTLAND, reach_km=150)
    wide.sync()
    assert "scopes" not in wide.send().json
    with writing() as session:
        person = session.get_one(Person, wide.person_id)
        corner = geo.cells_within(person.cell, person.reach_km)[-1]
        counter = session.get_one(FeedCounter, 1)
        counter.seq += 1
        row_id = uuid7()
        session.add(Change(scope=f"near:{corner}", noun="listing", row_id=row_id, seq=counter.seq))
    assert wide.send().json["scopes"]["near"]["del"] == {"listing": [str(row_id)]}
