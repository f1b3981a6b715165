"""`flask reports`: what people reported, and that it is dealt with."""

import uuid

import click
from flask.cli import AppGroup, with_appcontext

from webapp import geo, moderation
from webapp.commands.plain import plain
from webapp.database import reading, writing
from webapp.moderation import Report


def commands() -> click.Group:
    """The commands about reports."""

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


def _described(report: Report) -> str:
    made, by = moderation.reports_about(report.reported_id)
    suspended = ", suspended" if report.reported.suspended_at else ""
    lines = [
        f"{report.id}  {report.made_at:%Y-%m-%d %H:%M} UTC  {report.reason}",
        f"  about     {_about(report)}",
        f"  person    {report.reported_id}, reports: {made}, from people: {by}{suspended}",
    ]
    return "\n".join([*lines, f"  note      {plain(report.note)}"] if report.note else lines)


def _about(report: Report) -> str:
    listing = report.listing
    if listing is None:
        return f"conversation {report.conversation_id}"
    near = geo.described(listing.cell).get("near", listing.cell)
    return f"{listing.kind} {listing.id}, {listing.status}, near {near}"
