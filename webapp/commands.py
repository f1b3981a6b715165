"""What a host can say at a shell: `init`, `begin`, `work`, `demo`, `reports`, `people`, `keys`."""

import uuid

import click
import orjson
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from webapp import alerts, geo, moderation, rights, screening, sync
from webapp.config import Settings
from webapp.database import reading, writing
from webapp.demo import ACCOUNTS, PASSWORD, fill
from webapp.moderation import Report
from webapp.people import Person
from webapp.secrets import make_keys
from webapp.worker import run


def add_commands(app: Flask) -> None:
    """Give the app its commands."""

    @app.cli.command("init")
    def init() -> None:
        """Make the secrets of this installation, where there are none."""
        make_keys(_settings().data)
        alerts.make_keys(_settings().data)

    @app.cli.command("begin")
    def begin() -> None:
        """Begin a timeline: once at each start of a server, after migrating."""
        with writing():
            sync.begin_timeline()
        rights.wipe()

    @app.cli.command("work")
    def work() -> None:
        """Match, deliver and expire until told to stop."""
        run(_settings())

    @app.cli.command("demo")
    def demo() -> None:
        """Fill one town with people and listings, once."""
        with writing():
            fill()
        for account in ACCOUNTS:
            click.echo(f"{account} with password {PASSWORD}")

    app.cli.add_command(_reports())
    app.cli.add_command(_people())
    app.cli.add_command(_keys())


def _reports() -> click.Group:
    @click.group("reports", cls=AppGroup, invoke_without_command=True)
    @click.pass_context
    @with_appcontext
    def group(context: click.Context) -> None:
        """List the open reports, the newest first; `close ID` closes one."""
        if context.invoked_subcommand is None:
            with reading():
                found = moderation.open_reports()
                click.echo("\n\n".join(map(_described, found)) or "No open reports.")

    @group.command("close")
    @click.argument("report_id", metavar="ID", type=click.UUID)
    def close(report_id: uuid.UUID) -> None:
        """Close a report that is dealt with."""
        with writing():
            closed = moderation.close(report_id)
        if not closed:
            raise click.ClickException(f"There is no report {report_id}.")
        click.echo(f"Closed report {report_id}.")

    return group


def _people() -> click.Group:
    group = AppGroup("people", help="Suspend somebody or let her in again; her file, her erasure.")

    @group.command("suspend")
    @click.argument("who")
    def suspend(who: str) -> None:
        """Suspend WHO: a person's, a listing's or a report's id, or an e-mail address."""
        with writing():
            person = _whom(who)
            held = moderation.suspend(person)
            said = f"Suspended {person.id}: signed out everywhere, listings hidden: {len(held)}."
        click.echo(said)

    @group.command("restore")
    @click.argument("who")
    def restore(who: str) -> None:
        """Let WHO in again, with what was open."""
        with writing():
            person = _whom(who)
            opened = moderation.restore(person)
            said = f"Restored {person.id}: may sign in, listings open again: {len(opened)}."
        click.echo(said)

    @group.command("export")
    @click.argument("who")
    def export(who: str) -> None:
        """Print everything of WHO's, for somebody who can't sign in to ask for it herself."""
        with reading():
            everything = rights.export(_whom(who))
        click.echo(orjson.dumps(everything, option=orjson.OPT_INDENT_2).decode())

    @group.command("erase")
    @click.argument("who")
    @click.option("--yes", is_flag=True, help="Erase without asking.")
    def erase(who: str, yes: bool) -> None:
        """Erase WHO for good: her account and all that is hers, on every phone."""
        with reading():
            person_id = _whom(who).id
        if not yes:
            click.confirm(f"Erase {person_id} for good?", abort=True)
        with writing() as session:
            rights.erase(session.get_one(Person, person_id))
        rights.wipe()
        click.echo(f"Erased {person_id}.")

    return group


def _keys() -> click.Group:
    group = AppGroup("keys", help="The keys of this installation.")

    @group.command("rotate-screening")
    def rotate_screening() -> None:
        """Make a new key for what people answered of their health, and seal it all anew.

        Stopped in between, it goes on from there. The key before stays until the next time.
        """
        folder = _settings().data
        with writing():
            dropped = screening.rotating.begin(folder)
        after = None
        while True:
            with writing():
                after = screening.rotating.go_on(after)
            if after is None:
                break
        with reading():
            lost = screening.rotating.unreadable(folder)
        click.echo(f"Sealed anew. Keys that nothing uses, dropped: {len(dropped)}.")
        if lost:
            raise click.ClickException(f"{lost} rows were sealed with a key that is not here.")

    return group


def _whom(who: str) -> Person:
    person = moderation.whom(who)
    if person is None:
        raise click.ClickException(f"Nobody is found by {_plain(who)}.")
    return person


def _described(report: Report) -> str:
    made, by = moderation.reports_about(report.reported_id)
    suspended = ", suspended" if report.reported.suspended_at else ""
    lines = [
        f"{report.id}  {report.made_at:%Y-%m-%d %H:%M} UTC  {report.reason}",
        f"  about     {_about(report)}",
        f"  person    {report.reported_id}, reports: {made}, from people: {by}{suspended}",
    ]
    return "\n".join([*lines, f"  note      {_plain(report.note)}"] if report.note else lines)


def _about(report: Report) -> str:
    listing = report.listing
    if listing is None:
        return f"conversation {report.conversation_id}"
    near = geo.described(listing.cell).get("near", listing.cell)
    return f"{listing.kind} {listing.id}, {listing.status}, near {near}"


def _plain(text: str) -> str:
    # A terminal obeys control characters, and these were written by anybody.
    return "".join(c if c.isprintable() else " " for c in text)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
