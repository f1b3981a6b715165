"""The real app as a run needs it: with doors of its own, exercised, and served from a fork."""

import logging
import os
import shutil
import signal
import socket
import uuid
from pathlib import Path
from typing import Any

from flask import Flask, Response
from flask import request as asked_for
from flask_login import login_user
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.cast import GRESHAM, PORTLAND, Cast, Client, offer, request
from webapp import create_app, people, sync, worker
from webapp.config import read_settings
from webapp.database import Base, db, writing
from webapp.people import Person
from webapp.routes.access import keep_cookie
from webapp.sync import ledger, operations

PEOPLE = ("Rosa", "June", "Mina")


class Quiet(WSGIRequestHandler):
    """Nobody reads a thousand lines of log."""

    def log_request(self, *_: Any) -> None:
        """Say nothing."""


class Faults:
    """What the request under way is to suffer; told by its header, "die before 2" or "fail 1"."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.commits = self.acts = 0
        event.listen(Session, "before_commit", self._before)
        event.listen(Session, "after_commit", self._after)
        self._act = operations.act
        ledger.act = self._failing

    def begin(self) -> None:
        """Read what is asked of the request that begins."""
        self.words = asked_for.headers.get("Fault", "").split()
        self.commits = self.acts = 0

    def _before(self, _session: Session) -> None:
        self.commits += 1
        if self.words == ["die", "before", str(self.commits)]:
            os.kill(os.getpid(), signal.SIGKILL)

    def _after(self, _session: Session) -> None:
        if self.words == ["die", "after", str(self.commits)]:
            os.kill(os.getpid(), signal.SIGKILL)

    def _failing(self, *args: Any) -> None:
        self.acts += 1
        if self.words == ["fail", str(self.acts)]:
            raise RuntimeError("made to fail")
        self._act(*args)


def make_app(folder: Path) -> Flask:
    os.environ["MILKWELL_RATE_LIMITS"] = "0"
    os.environ["MILKWELL_DATA"] = str(folder)
    app = create_app(read_settings())
    app.test_client_class = Client
    app.extensions["faults"] = faults = Faults()
    app.before_request(faults.begin)
    _add_doors(app)
    return app


def exercise(app: Flask, file: Path) -> None:
    """Do once what runs do, so that a fork has it compiled; and leave no trace of it."""
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with writing():
            sync.begin_timeline()
        cast = Cast(app)
        milk, need = cast.donor.publish(offer(note="milk")), cast.recipient.publish(request())
        worker.match()
        for phone in (cast.donor, cast.recipient):
            phone.sync()
        talk = str(uuid.uuid5(uuid.UUID(milk), str(cast.recipient.person_id)))
        first = {"conversation": talk, "listing": milk, "mine": need, "text": "a letter"}
        cast.recipient.do("message.send", str(uuid.uuid4()), first)
        cast.donor.do("message.send", str(uuid.uuid4()), {"conversation": talk, "text": "another"})
        cast.donor.do("conversation.open", talk, {"opens": ["name"]})
        cast.recipient.do("listing.edit", need, {"note": "x"}, was={"note": ""})
        cast.donor.do("listing.gave", milk, {"volume_ml": "10"})
        cast.donor.do("person.edit", cast.donor.person_id, {"name": "R"}, was={"name": "Rosa"})
        cast.phone(cast.donor.person_id).sync()
        db.session.remove()
        db.engine.dispose()
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def fill(app: Flask) -> list[str]:
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with writing():
            sync.begin_timeline()
        cast = Cast(app)
        homes = (GRESHAM, PORTLAND, GRESHAM)
        made = [cast.somebody(name, home) for name, home in zip(PEOPLE, homes, strict=True)]
        db.session.remove()
    return [str(phone.person_id) for phone in made]


def serve(app: Flask, listening: socket.socket) -> None:
    """In the child: the timeline, and then requests until it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    logging.disable()
    with app.app_context():
        with writing():
            sync.begin_timeline()
        db.session.remove()
    fd = os.dup(listening.fileno())
    make_server("127.0.0.1", 0, app, request_handler=Quiet, fd=fd).serve_forever()


def _add_doors(app: Flask) -> None:
    """What a run needs beside the site's own addresses."""

    def sign_in(person_id: str) -> Response:
        with writing() as session:
            signed_in = people.start_session(session.get_one(Person, person_id))
        login_user(signed_in)
        keep_cookie()
        return Response(status=204)

    def work() -> Response:
        for each in (worker.expire, worker.ask, worker.match):
            each()
        return Response(status=204)

    def fresh() -> Response:
        db.session.remove()
        db.engine.dispose()
        folder = app.config["SETTINGS"].data
        put(folder / "template.db", folder / "milkwell.db")
        with writing():
            sync.begin_timeline()
        return Response(status=204)

    app.add_url_rule("/faults/fresh", view_func=fresh, methods=["POST"])
    app.add_url_rule("/faults/sign-in/<uuid:person_id>", view_func=sign_in, methods=["POST"])
    app.add_url_rule("/faults/work", view_func=work, methods=["POST"])


def put(source: Path, target: Path) -> None:
    """Let a copy take a database's place."""
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(source, target)
