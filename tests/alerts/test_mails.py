"""Letters by e-mail, as a real mail server receives them."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.alerts.mail_server import Box, serving
from tests.cast import Cast
from webapp import alerts
from webapp.alerts import Alert, Mail, Notification, post
from webapp.alerts.mail import Server
from webapp.database import db, now, uuid7, writing
from webapp.people import Code, Person, codes

OFFER = {"kind": "offer", "volume_ml": 11830, "cell": {"near": "Gresham"}}
UNSAID = ("milk", "leche", "baby", "Gresham", "400", "Rosa")


class Post:
    """A mail server with its box, and one run of the worker's mail thread at a time."""

    def __init__(self, port: int, box: Box) -> None:
        self.server, self.box = Server(f"smtp://127.0.0.1:{port}"), box

    def run(self, over: bool = False) -> list[EmailMessage]:
        """What came by this run."""
        before = len(self.box.letters)
        post(self.server, lambda alert: None if over else shown(alert))
        db.session.remove()
        return self.box.letters[before:]


def shown(alert: Alert) -> Notification:
    return Notification(f"/listings/{alert.id}", "tag", {"match": {"card": OFFER, "other": "x"}})


@pytest.fixture
def office(app: Flask) -> Iterator[Post]:
    box = Box()
    with serving(box) as port:
        yield Post(port, box)


@pytest.fixture
def her(cast: Cast) -> Any:
    return cast.somebody("Rosa", (45.5, -122.4, 100_000), confirmed_at=now()).person_id


def prefer(her: Any, **preferred: Any) -> None:
    with writing() as session:
        for name, value in preferred.items():
            setattr(session.get_one(Person, her), name, value)


def told(her: Any, kind: str = alerts.MATCH, **more: Any) -> None:
    """Something concerns her, at a welcome hour, and she has no phone to be told on."""
    prefer(her, quiet_from=0, quiet_until=0, **more)
    with writing() as session:
        person = session.get_one(Person, her)
        alert = Alert(id=uuid7(), person=person, person_id=her, kind=kind)
        session.add(alert)
        session.flush()
        alerts.mail_instead(alert)


def digest(her: Any, count: int, **more: Any) -> None:
    prefer(her, matches_when="day", **more)
    with writing() as session:
        person = session.get_one(Person, her)
        for _ in range(count):
            session.add(Alert(id=uuid7(), person=person, person_id=her, kind=alerts.MATCH))
        session.add(Mail(kind="digest", person=person, person_id=her))


def queued() -> list[tuple[str, str]]:
    db.session.rollback()
    return [(mail.state, mail.reason) for mail in db.session.scalars(select(Mail)).unique()]


def make_due() -> None:
    with writing() as session:
        session.query(Mail).update({"due_at": now()})


def both(letter: EmailMessage) -> tuple[str, str]:
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain
    assert html
    return plain.get_content(), html.get_content()


def test_one_alert_is_one_letter_in_both_forms_and_in_her_language(office: Post, her: Any) -> None:
    told(her, language="es")
    (letter,) = office.run()
    plain, html = both(letter)
    with writing() as session:
        assert letter["To"] == session.get_one(Person, her).email
    assert '<html lang="es" dir="ltr">' in html
    opened = re.search(r"http://127.0.0.1:8000/listings/[0-9a-f-]{36}", plain)
    assert opened
    assert f'href="{opened[0]}"' in html
    assert office.run() == []
    assert queued() == [("sent", "")]


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (alerts.MATCH, "Something near you"),
        (alerts.LETTER, "A new message"),
        (alerts.ASKING, "Someone near you is asking today"),
        (alerts.RIGHT, "Is this still right?"),
    ],
)
def test_outside_and_inside_it_says_no_more_than_a_lock_screen(
    office: Post, her: Any, kind: str, subject: str
) -> None:
    told(her, kind)
    (letter,) = office.run()
    assert letter["Subject"] == subject
    assert letter["From"] == "Well <host@example.org>"
    for text in (str(letter["Subject"]), str(letter["From"]), *both(letter)):
        assert not [word for word in UNSAID if word in text]


def test_amount_and_place_stand_in_it_for_who_chose_so_and_never_outside(
    office: Post, her: Any
) -> None:
    told(her, alerts_detail=True)
    (letter,) = office.run()
    assert all("Offered: 400 oz near Gresham" in text for text in both(letter))
    assert letter["Subject"] == "Something near you"


def test_one_click_ends_them_and_nobody_else_is_reached_by_it(
    app: Flask, cast: Cast, office: Post, her: Any
) -> None:
    told(her)
    (letter,) = office.run()
    address = letter["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert all(address in text for text in both(letter))
    client = app.test_client()
    assert "No more letters" in client.get(address).get_data(as_text=True)
    assert db.session.get_one(Person, her).mail_me
    asked = client.post(address, data={"List-Unsubscribe": "One-Click"})
    assert (asked.status_code, "Set-Cookie" in asked.headers) == (200, False)
    db.session.rollback()
    assert not db.session.get_one(Person, her).mail_me
    assert db.session.get_one(Person, cast.donor.person_id).mail_me
    for forged in (address[:-1], address[:-2] + "xx", "/unsubscribe/%00", "/unsubscribe/"):
        assert client.post(forged).status_code == 404
    told(her)
    assert office.run() == []


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"mail_me": False}, "unwanted"),
        ({"tell_match": "off"}, "unwanted"),
        ({"confirmed_at": None}, "unconfirmed"),
        ({"suspended_at": now()}, "suspended"),
    ],
)
def test_what_she_wants_is_asked_anew_before_it_goes(
    office: Post, her: Any, changed: dict[str, Any], reason: str
) -> None:
    told(her)
    prefer(her, **changed)
    assert office.run() == []
    assert queued() == [("given_up", reason)]


def test_what_is_over_or_seen_meanwhile_is_not_sent(office: Post, her: Any) -> None:
    told(her)
    assert office.run(over=True) == []
    told(her)
    with writing() as session:
        session.query(Alert).update({"seen_at": now()})
    assert office.run() == []
    assert sorted(queued()) == [("given_up", "over"), ("given_up", "seen")]


def test_it_waits_for_a_welcome_hour_without_losing_a_try(office: Post, her: Any) -> None:
    told(her)
    prefer(her, muted_until=now() + timedelta(hours=2))
    assert office.run() == []
    with writing() as session:
        mail = session.scalars(select(Mail)).unique().one()
        assert (mail.state, mail.tries) == ("due", 0)
        assert mail.due_at > now() + timedelta(hours=1)
    prefer(her, muted_until=None)
    make_due()
    assert len(office.run()) == 1


def test_a_digest_is_one_letter_of_all_that_she_has_not_seen(office: Post, her: Any) -> None:
    digest(her, 3)
    (letter,) = office.run()
    assert letter["Subject"] == "Something near you"
    assert "3 that may suit you" in both(letter)[0]
    assert "http://127.0.0.1:8000/nearby" in both(letter)[0]
    # The next begins where this one ended.
    digest(her, 1, alerts_detail=True)
    (letter,) = office.run()
    assert "Offered: 400 oz near Gresham" in both(letter)[0]
    with writing() as session:
        session.query(Alert).update({"seen_at": now()})
    digest(her, 0)
    assert office.run() == []


def test_a_server_that_is_away_delays_a_letter_and_loses_none(office: Post, her: Any) -> None:
    office.box.answers = ["451 Later", "451 Later"]
    told(her)
    assert office.run() == office.run() == []
    assert queued() == [("due", "answered 451")]
    make_due()
    assert office.run() == []
    make_due()
    assert len(office.run()) == 1
    assert queued() == [("sent", "")]


def test_a_letter_that_is_refused_for_good_is_given_up_with_the_reason(
    office: Post, her: Any
) -> None:
    office.box.answers = ["550 No such address"]
    told(her)
    assert office.run() == []
    assert queued() == [("given_up", "answered 550")]


def test_what_a_dead_worker_had_claimed_is_sent_by_the_next(office: Post, her: Any) -> None:
    told(her)

    class Dies:
        def send(self, *_: object) -> Any:
            raise SystemExit

        def close(self) -> None:
            pass

    with pytest.raises(SystemExit):
        post(Dies(), shown)
    assert office.run() == []
    make_due()
    assert len(office.run()) == 1


def test_digits_come_by_a_letter_that_says_nothing_outside(office: Post, her: Any) -> None:
    prefer(her, confirmed_at=None)
    with writing() as session:
        person = session.get_one(Person, her)
        assert alerts.send_digits(person, codes.CONFIRM, "new@example.org")
    (letter,) = office.run()
    assert (letter["To"], letter["Subject"]) == ("new@example.org", "Your code")
    assert letter["List-Unsubscribe"] is None
    plain, html = both(letter)
    found = re.search(r"^\d{6}\s*$", plain, re.MULTILINE)
    assert found
    assert found[0].strip() in html
    assert "/confirm" in plain
    with writing() as session:
        assert not codes.confirm(session.get_one(Person, her), found[0])
    assert db.session.get_one(Person, her).email == "new@example.org"


def test_digits_whose_letter_did_not_get_out_are_made_anew(office: Post, her: Any) -> None:
    office.box.answers = ["451 Later"]
    with writing() as session:
        alerts.send_digits(session.get_one(Person, her), codes.CONFIRM, "new@example.org")
    office.run()
    before = db.session.scalars(select(Code.hash)).one()
    make_due()
    (letter,) = office.run()
    assert db.session.scalars(select(Code.hash)).one() != before
    assert letter["Message-ID"].endswith(".2@example.org>")


def test_a_forgotten_password_brings_a_letter_to_who_has_an_account_alone(
    office: Post, her: Any
) -> None:
    email = db.session.get_one(Person, her).email
    with writing():
        codes.ask(codes.RESET, email)
        codes.ask(codes.RESET, "nobody@example.org")
    assert [letter["To"] for letter in office.run()] == [email]
    assert "/reset/code" in both(office.box.letters[0])[0]


def test_nothing_personal_is_logged(
    office: Post, her: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="webapp")
    email = db.session.get_one(Person, her).email
    office.box.answers = [f"550 No {email} here"]
    told(her, alerts_detail=True)
    office.run()
    said = [repr(vars(record)) for record in caplog.records if record.name.startswith("webapp")]
    assert any("given_up" in text for text in said)
    assert not [text for text in said if email in text or "Gresham" in text]
