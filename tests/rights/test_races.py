"""An account ends while its other phones, and the worker, are at work with it."""

import threading
from collections.abc import Callable
from contextlib import suppress

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from tests.cast import PASSWORD, SAME_ORIGIN, Cast, offer, operation
from tests.rights.scene import Scene, found
from webapp import rights
from webapp.database import Base, reading, uuid7
from webapp.worker import expire, match

ROUNDS = 6


def test_what_is_sent_while_she_is_erased_comes_before_or_finds_nobody(
    app: Flask, cast: Cast
) -> None:
    scene = Scene(cast)
    secrets, start = scene.secrets(), threading.Barrier(4)
    answers: list[int] = []
    trouble: list[BaseException] = []

    def erase() -> None:
        body = {"password": PASSWORD}
        answers.append(
            scene.her.client.post("/api/erase", json=body, headers=SAME_ORIGIN).status_code
        )

    def publish() -> None:
        for _ in range(ROUNDS):
            status = scene.second.send(
                operation("listing.publish", uuid7(), offer(note="behind the aubergine gate"))
            ).status_code
            assert status in (200, 410, 500)

    def answer() -> None:
        for _ in range(ROUNDS):
            fields = {"conversation": scene.conversation, "text": "Are you coming"}
            letter = operation("message.send", uuid7(), fields)
            # As a phone does: what failed is sent again.
            tries = (scene.other.sync(letter)[0]["outcome"] for _ in range(3))
            assert next((each for each in tries if each != "failed"), None)

    def work() -> None:
        with app.app_context():
            for _ in range(ROUNDS):
                # As the worker's own loop does: trouble is looked at again later.
                with suppress(SQLAlchemyError):
                    match()
                    expire()

    def at_once(act: Callable[[], None]) -> None:
        start.wait(10)
        try:
            act()
        except BaseException as problem:
            trouble.append(problem)

    threads = [threading.Thread(target=at_once, args=(a,)) for a in (erase, publish, answer, work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (answers, trouble) == ([200], [])
    assert rights.wipe()
    assert found(app, secrets) == []
    with reading() as session:
        change = Base.metadata.tables["change"]
        hers = select(func.count()).where(change.c.scope == f"me:{scene.her.person_id}")
        assert session.scalar(hers) == 0
    assert scene.second.send().status_code == 410
