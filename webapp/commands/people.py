"""`flask people`: suspending somebody or letting her in again; her file, her erasure."""

import click
import orjson
from flask.cli import AppGroup

from webapp import moderation, rights
from webapp.commands.plain import plain
from webapp.database import reading, writing
from webapp.people import Person


def commands() -> click.Group:
    """The commands about one person."""
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


def _whom(who: str) -> Person:
    person = moderation.whom(who)
    if person is None:
        raise click.ClickException(f"Nobody is found by {plain(who)}.")
    return person
