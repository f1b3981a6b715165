"""What whoever hosts says at a shell to look after a place."""

import json
from typing import Any

from flask import Flask

from tests.cast import Cast, offer
from tests.messages.pen import begin
from webapp import moderation
from webapp.database import db, reading, uuid7, writing
from webapp.fields import read_form
from webapp.moderation import ReportForm
from webapp.people import Person


def say(app: Flask, *words: str) -> tuple[int, str]:
    """What a command answers: its exit code and its text."""
    result = app.test_cli_runner().invoke(args=[*words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def report(cast: Cast, note: str = "", **about: str) -> str:
    report_id, person_id = uuid7(), cast.recipient.person_id
    form: Any = read_form(ReportForm, {"reason": "asks_money", "note": note, **about})
    with writing() as session:
        assert form.validate()
        assert moderation.report(session.get_one(Person, person_id), report_id, form) == {}
    return str(report_id)


def test_where_nothing_is_reported_it_says_so(app: Flask) -> None:
    assert say(app, "reports") == (0, "No open reports.\n")


def test_a_report_is_listed_with_what_a_host_needs_and_closed(app: Flask, cast: Cast) -> None:
    listing_id = cast.donor.publish(offer(note="by the old library"))
    older = report(cast, listing=listing_id, note="wants 20 dollars")
    newer = report(cast, conversation=begin(cast.recipient, cast.donor, "Is it still there"))
    code, listed = say(app, "reports")
    assert code == 0
    assert listed.index(newer) < listed.index(older)
    for said in (
        "asks_money",
        "wants 20 dollars",
        f"offer {listing_id}, open, near Gresham",
        str(cast.donor.person_id),
        "reports: 2, from people: 1",
    ):
        assert said in listed
    assert say(app, "reports", "close", older) == (0, f"Closed report {older}.\n")
    assert older not in say(app, "reports")[1]
    assert newer in say(app, "reports")[1]


def test_a_report_shows_no_letter_no_name_no_address_and_not_who_made_it(
    app: Flask, cast: Cast
) -> None:
    report(cast, conversation=begin(cast.recipient, cast.donor, "Meet me by the gazebo"))
    listed = say(app, "reports")[1]
    with reading():
        donor = db.session.get_one(Person, cast.donor.person_id)
        hidden = ("gazebo", "Rosa", "June", donor.email, str(cast.recipient.person_id))
    assert not [text for text in hidden if text in listed]


def test_a_note_can_not_give_a_terminal_orders(app: Flask, cast: Cast) -> None:
    report(cast, listing=cast.donor.publish(offer()), note="a\x1b[2Jb\u202ec\nd")
    listed = say(app, "reports")[1]
    assert not set("\x1b\u202e") & set(listed)
    assert [line for line in listed.splitlines() if line.startswith("  note ")]


def test_who_is_suspended_and_restored_is_said(app: Flask, cast: Cast) -> None:
    listing_id = cast.donor.publish(offer())
    report_id = report(cast, listing=listing_id)
    donor_id = cast.donor.person_id
    assert say(app, "people", "suspend", report_id) == (
        0,
        f"Suspended {donor_id}: signed out everywhere, listings hidden: 1.\n",
    )
    assert "suspended" in say(app, "reports")[1]
    cast.recipient.sync()
    assert cast.recipient.held("near", "listing") == []
    with reading():
        email = db.session.get_one(Person, donor_id).email
    assert say(app, "people", "restore", email) == (
        0,
        f"Restored {donor_id}: may sign in, listings open again: 1.\n",
    )
    cast.recipient.sync()
    assert len(cast.recipient.held("near", "listing")) == 1


def test_a_host_can_give_somebody_her_file(app: Flask, cast: Cast) -> None:
    listing_id = cast.donor.publish(offer(note="by the old library"))
    code, printed = say(app, "people", "export", listing_id)
    assert code == 0
    assert json.loads(printed)["listings"][0]["fields"]["note"] == "by the old library"


def test_a_host_erases_somebody_only_on_saying_so(app: Flask, cast: Cast) -> None:
    donor_id = str(cast.donor.person_id)
    assert say(app, "people", "erase", donor_id)[0] == 1
    assert cast.donor.send().status_code == 200
    assert say(app, "people", "erase", donor_id, "--yes") == (0, f"Erased {donor_id}.\n")
    assert cast.donor.send().status_code == 410


def test_whom_nobody_knows_is_said_plainly(app: Flask, cast: Cast) -> None:
    for words in (("people", verb) for verb in ("suspend", "restore", "export", "erase")):
        code, said = say(app, *words, "nobody@example.org")
        assert code == 1
        assert said == "Error: Nobody is found by nobody@example.org.\n"
    unknown = str(uuid7())
    assert say(app, "reports", "close", unknown) == (1, f"Error: There is no report {unknown}.\n")
    assert say(app, "reports", "close", "seven")[0] == 2
