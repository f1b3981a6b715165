"""`flask keys`: new keys for this installation, while everybody goes on."""

import click
from flask import current_app
from flask.cli import AppGroup

from webapp import alerts, screening
from webapp.alerts import Keys
from webapp.config import Settings
from webapp.database import reading, writing


def commands() -> click.Group:
    """The commands about keys."""
    group = AppGroup("keys", help="The keys of this installation.")

    @group.command("rotate")
    @click.option("--yes", is_flag=True, help="Rotate even if phones lose their alerts by it.")
    def rotate(yes: bool) -> None:
        """Make a new key for pushes. Phones move to it when they are opened next.

        Until then they are alerted with the key before, which stays until the next rotation.
        """
        folder = _settings().data
        replaced = alerts.read_keys(folder)
        _ask_for_those_left_behind(replaced.before, yes)
        with writing():
            alerts.name_key(replaced.id)
        alerts.rotate_keys(folder)
        with reading():
            waiting = alerts.phones_with(replaced.id)
        click.echo(
            f"New key {alerts.read_keys(folder).id}. Phones still with the key before: {waiting}."
        )

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


def _ask_for_those_left_behind(before: Keys | None, yes: bool) -> None:
    if before is None or yes:
        return
    with reading():
        left = alerts.phones_with(before.id)
    if left:
        click.confirm(
            f"Phones that have not moved since the last rotation: {left}. They get no alerts until "
            "they are opened. Rotate all the same?",
            abort=True,
        )


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
