"""The ground: transactions, ids, instants, and tables that say what erasing somebody does."""

import multiprocessing
import uuid
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import IntegrityError

from tests.cast import Cast, offer, request
from webapp.database import Base, Instant, db, reading, uuid7, writing
from webapp.listings import Listing
from webapp.people import Person
from webapp.worker import match


def test_ids_are_uuids_of_version_7_in_order_of_time() -> None:
    ids = [uuid7() for _ in range(5)]
    assert {made.version for made in ids} == {7}
    assert {made.variant for made in ids} == {uuid.RFC_4122}
    stamps = [made.int >> 80 for made in ids]
    assert stamps == sorted(stamps)


def test_an_instant_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Instant().process_bind_param(datetime(2026, 1, 1), None)  # noqa: DTZ001


def test_instants_come_back_in_utc(cast: Cast) -> None:
    cast.donor.publish(offer())
    with reading() as session:
        assert session.scalar(select(Listing.published_at)).tzinfo == UTC


def test_a_databases_error_does_not_say_what_people_wrote(cast: Cast) -> None:
    twice = {"id": cast.donor.person_id, "email": "a@example.org", "name": "by the old library"}
    with pytest.raises(IntegrityError) as broken, writing() as session:
        session.execute(Person.__table__.insert(), {**twice, "password_hash": "secret"})
    assert "by the old library" not in str(broken.value)
    assert "secret" not in str(broken.value)


def test_writing_never_nests_and_rolls_back_what_breaks(cast: Cast) -> None:
    donor_id = cast.donor.person_id

    def nest() -> None:
        with writing() as session:
            session.get_one(Person, donor_id).name = "Changed"
            with writing():
                pass

    with pytest.raises(RuntimeError, match="never nests"):
        nest()
    with reading() as session:
        assert session.get_one(Person, donor_id).name == "Rosa"


def test_a_reader_sees_one_snapshot_while_others_write(cast: Cast) -> None:
    cast.donor.publish(offer())
    with reading() as session:
        before = session.scalar(select(func.count()).select_from(Listing))
        cast.donor.publish(offer())
        assert session.scalar(select(func.count()).select_from(Listing)) == before


def test_every_foreign_key_to_a_person_says_what_erasing_her_does() -> None:
    silent = [
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.ondelete not in ("CASCADE", "SET NULL")
    ]
    assert silent == []


def test_erasing_a_person_leaves_nothing_of_hers(cast: Cast) -> None:
    cast.donor.publish(offer(note="a note"))
    cast.recipient.publish(request())
    match()
    donor_id = cast.donor.person_id
    with writing() as session:
        session.delete(session.get_one(Person, donor_id))
    with reading() as session:
        for table in Base.metadata.sorted_tables:
            columns = [
                c
                for c in table.columns
                if any(k.column.table.name == "person" for k in c.foreign_keys)
            ]
            for column in columns:
                found = session.scalar(
                    select(func.count()).select_from(table).where(column == donor_id)
                )
                assert found == 0, column


def test_the_tables_are_what_the_migrations_make(app: Flask) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_a_migration_keeps_every_row_of_a_filled_database(cast: Cast) -> None:
    cast.donor.publish(offer())
    cast.recipient.publish(request())
    match()

    def counts() -> dict[str, int]:
        with reading() as session:
            return {
                table.name: session.scalar(select(func.count()).select_from(table)) or 0
                for table in Base.metadata.sorted_tables
            }

    before = counts()
    assert before["match"] == 1
    db.session.remove()
    upgrade()
    assert counts() == before


def test_going_back_to_nothing_and_up_again_works(cast: Cast) -> None:
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert "listing" in inspect(db.engine).get_table_names()


def _publish_many(url: str, data: str, places: str, person_id: str, how_many: int) -> None:
    from dataclasses import replace
    from pathlib import Path

    from webapp import create_app
    from webapp.config import read_settings
    from webapp.sync import apply

    settings = replace(
        read_settings({"MILKWELL_DATA": data, "DATABASE_URL": url}), places=Path(places)
    )
    app = create_app(settings)
    from tests.cast import offer, operation

    for _ in range(how_many):
        with app.app_context():
            made = operation("listing.publish", uuid7(), offer())
            result = apply(uuid.UUID(person_id), made, datetime.now(UTC))
            assert result["outcome"] == "done", result


def test_four_writers_at_once_lose_nothing_and_number_changes_in_order(
    cast: Cast, site: Flask
) -> None:
    settings = site.config["SETTINGS"]
    people = [cast.somebody(f"Writer {n}", (45.5, -122.44, 114_000)) for n in range(4)]
    url = settings.database_url.replace("postgresql+psycopg://", "postgresql://")
    spawn = multiprocessing.get_context("spawn")
    writers = [
        spawn.Process(
            target=_publish_many,
            args=(url, str(settings.data), str(settings.places), str(person.person_id), 10),
        )
        for person in people
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0] * 4
    watcher = cast.somebody("Watcher", (45.5, -122.44, 114_000))
    watcher.sync()
    assert len(watcher.held("near", "listing")) == 40
    from webapp.sync.models import Change

    with reading() as session:
        seqs = session.scalars(select(Change.seq).order_by(Change.seq)).all()
    assert len(seqs) == len(set(seqs))
