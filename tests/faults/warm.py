"""A warm site for phones that are broken on purpose: forked in milliseconds, killed for real.

One line of JSON in, one out: `{"do": "fresh"}` begins a run with an empty copy of the database and
answers the port; `back_up` and `restore` are an operator's; `revive` starts a killed server again.
The server that it forks is the real app on real SQLite; a request's header `Fault` tells it to die
at a commit of that request, or to fail at one of its operations.
"""

import argparse
import gc
import json
import os
import signal
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from tests.faults.broken import BROKEN
from tests.faults.forked import exercise, fill, make_app, put, serve
from webapp.database import db
from webapp.people import accounts


def _uuid(name: str) -> str:
    """SQLite's own dashes for an id that SQLAlchemy keeps as 32 digits."""
    cuts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    return "||'-'||".join(f"substr({name},{start},{length})" for start, length in cuts)


STATE = {
    "outcomes": f"SELECT {_uuid('person_id')} person, {_uuid('operation_id')} id, outcome,"
    " rowid 'order' FROM outcome",
    "listings": f"SELECT {_uuid('id')} id, note, volume_ml, total_ml, status FROM listing",
    "messages": f"SELECT {_uuid('id')} id, {_uuid('conversation_id')} conversation, position"
    " FROM message",
    "reports": f"SELECT {_uuid('id')} id FROM report",
}


class Warm:
    """The app, made once, and the one server that is forked from it at a time."""

    def __init__(self, folder: Path, broken: str) -> None:
        self.folder = folder
        accounts._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        self.file, self.template = folder / "milkwell.db", folder / "template.db"
        self.app = make_app(folder)
        exercise(self.app, self.file)
        self.people = fill(self.app)
        with self.app.app_context():
            db.engine.dispose()
        _copy(self.file, self.template)
        if broken:
            BROKEN[broken]()
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.child = 0

    def fresh(self) -> dict[str, Any]:
        """Begin a run; a server that lives puts the empty copy in place by itself, at its door."""
        if self.child:
            return self._where()
        put(self.template, self.file)
        return self.revive()

    def _where(self) -> dict[str, Any]:
        return {"port": self.socket.getsockname()[1], "people": self.people}

    def revive(self) -> dict[str, Any]:
        """Start the server again, as an operator does; each start begins a timeline."""
        self.kill()
        # What is shared stays so: collecting garbage would write to all of it.
        gc.freeze()
        self.child = os.fork()
        if not self.child:
            serve(self.app, self.socket)
        return self._where()

    def back_up(self) -> dict[str, Any]:
        """A copy as SQLite's own backup makes it, while the server runs."""
        _copy(self.file, self.folder / "backup.db")
        return {}

    def restore(self) -> dict[str, Any]:
        """The newest copy takes the database's place."""
        self.kill()
        put(self.folder / "backup.db", self.file)
        return self.revive()

    def state(self) -> dict[str, Any]:
        """What the database holds, for those who compare."""
        with closing(sqlite3.connect(self.file)) as database:
            database.row_factory = sqlite3.Row
            return {
                name: [dict(row) for row in database.execute(query)]
                for name, query in STATE.items()
            }

    def kill(self) -> dict[str, Any]:
        """End the server at once, wherever it is."""
        if self.child:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
            self.child = 0
        return {}


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with sqlite3.connect(source) as one, sqlite3.connect(target) as other:
        one.backup(other)
    one.close()
    other.close()


def say(words: dict[str, Any]) -> None:
    """Answer with a line."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Do as the lines say, until there are no more."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--broken", default="", choices=["", *BROKEN])
    asked = parser.parse_args()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        warm = Warm(Path(name), asked.broken)
        verbs: dict[str, Callable[[], dict[str, Any]]] = {
            "fresh": warm.fresh,
            "revive": warm.revive,
            "back_up": warm.back_up,
            "restore": warm.restore,
            "kill": warm.kill,
            "state": warm.state,
        }
        say({"database": str(warm.file)})
        try:
            for line in sys.stdin:
                say(verbs[json.loads(line)["do"]]())
        finally:
            warm.kill()


if __name__ == "__main__":
    main()
