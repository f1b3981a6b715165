"""A database of the first slice comes up to today with everything that was in it.

`stores/first_slice.sql` was written by that slice itself: a donor with four offers, a family with
two requests, their matches, and a conversation in which something was opened.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pysqlite3
import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select, text

from tests.cast import Cast, offer, request
from webapp import create_app, listings
from webapp.config import read_settings
from webapp.database import Base, db, reading
from webapp.listings import Listing
from webapp.matching import Match
from webapp.messages import Conversation
from webapp.people import Person
from webapp.sync.models import Change, FeedCounter
from webapp.worker import match

FIRST_SLICE = Path(__file__).parent / "stores" / "first_slice.sql"
LAST_OF_THE_FIRST_SLICE = "20261122_totals"


@pytest.fixture
def first_slice(tmp_path: Path, place_index: Path) -> Iterator[Flask]:
    """The app on a database as the first slice left it, not yet brought up to date."""
    file = tmp_path / "milkwell.db"
    with pysqlite3.connect(str(file)) as connection:
        connection.executescript(FIRST_SLICE.read_text())
    connection.close()
    settings = read_settings({"MILKWELL_DATA": str(tmp_path), "DATABASE_URL": f"sqlite:///{file}"})
    app = create_app(replace(settings, places=place_index))
    with app.app_context():
        yield app
        db.engine.dispose()


def counts() -> dict[str, int]:
    """Rows by table, of the tables that are there."""
    there = inspect(db.engine).get_table_names()
    with reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(text(f'"{name}"'))) or 0
            for name in there
            if name != "alembic_version"
        }


def before_it(sql: str) -> list[dict[str, Any]]:
    """Rows as the first slice kept them."""
    with db.engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(sql)).mappings()]


def test_every_row_of_the_first_slice_is_still_there(first_slice: Flask) -> None:
    before = counts()
    db.session.remove()
    upgrade()
    after = counts()
    assert {name: after[name] for name in before} == before
    assert before["listing"] == 6
    assert before["message"] == 2


def test_offers_say_what_they_said_and_nothing_that_nobody_said(first_slice: Flask) -> None:
    old = {row["id"]: row for row in before_it("SELECT * FROM listing WHERE kind = 'offer'")}
    upgrade()
    with reading() as session:
        offers = session.scalars(select(Listing).where(Listing.kind == "offer")).unique().all()
        assert {found.id.hex for found in offers} == set(old)
        for found in offers:
            row = old[found.id.hex]
            assert (found.volume_ml, found.note) == (row["volume_ml"], row["note"])
            assert found.exposures == json.loads(row["exposures"])
            assert found.details == json.loads(row["details"])
            (batch,) = found.batches
            assert batch.volume_ml is None
            assert batch.treatment == batch.container == batch.storage == ""
            fields = listings.fields_of(found)
            assert fields["batches-0-state"] == batch.state
            assert fields.get("lipase") is None


def test_a_request_asks_with_lengths_that_can_still_be_asked(first_slice: Flask) -> None:
    upgrade()
    with reading() as session:
        asks = session.scalars(select(Listing).where(Listing.kind == "request")).unique().all()
        (particular,) = [found for found in asks if found.diet]
        fields = listings.fields_of(particular)
    # Five weeks were asked; eight is the next that can be.
    assert particular.diet == {"dairy_free": 3, "vegan": 8}
    assert fields["must"] == ["dairy_free", "vegan"]
    assert fields["avoid"] == ["medicine", "nicotine"]
    assert (fields["daily_ml"], fields["milk_age_months"]) == ("450", "6")
    assert "nice" not in fields


def test_matches_and_what_was_opened_stand(first_slice: Flask) -> None:
    upgrade()
    with reading() as session:
        matches = session.scalars(select(Match)).unique().all()
        assert matches
        assert all(found.request_id and found.watch_id is None for found in matches)
        (conversation,) = session.scalars(select(Conversation)).unique()
        assert sorted(conversation.owner_opens) == ["details", "name"]
        assert conversation.changed_at is None


def test_each_person_is_asked_for_anew_since_her_row_says_more(first_slice: Flask) -> None:
    upgrade()
    with reading() as session:
        newest = session.scalar(select(func.max(Change.seq)))
        assert newest == session.scalar(select(FeedCounter.seq))
        for person_id in session.scalars(select(Person.id)):
            told = session.get_one(Change, (f"me:{person_id}", "person", person_id))
            assert newest - 2 < told.seq <= newest


def test_what_is_open_is_matched_anew_so_that_amounts_are_known(first_slice: Flask) -> None:
    upgrade()
    with reading() as session:
        waiting = session.scalars(select(Listing).where(Listing.match_due_at.is_not(None)))
        assert {found.status for found in waiting.unique()} == {"open"}


def test_going_back_and_up_again_keeps_what_the_first_slice_knows(cast: Cast) -> None:
    cast.donor.publish(offer(volume_ml="600", batches__0__volume_ml="500"))
    cast.recipient.publish(request(must=["dairy_free"], weeks__dairy_free="3", nice=["raw"]))
    match()
    before = counts()
    db.session.remove()
    downgrade(revision=LAST_OF_THE_FIRST_SLICE)
    upgrade()
    after = counts()
    assert {name: after[name] for name in before} == before
    assert set(after) == {*Base.metadata.tables}
