"""Handing letters over, to a real mail server: what it answers, and who may listen."""

import stat
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.alerts.mail_server import Box, secured, serving
from webapp.alerts import mail
from webapp.alerts.mail import Files, Outcome, Server, drop_files

ELSEWHERE = "127.0.0.2"
"""Not this machine itself, as far as the mailer knows."""


def letter(to: str = "rosa@example.org") -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = "Is this still right?", "host@example.org", to
    made.set_content("Ábrelo")
    return made


def test_a_letter_arrives_and_the_next_goes_over_the_same_connection() -> None:
    box = Box()
    with serving(box) as port:
        server = Server(f"smtp://127.0.0.1:{port}")
        assert [server.send(letter(), "x") for _ in range(3)] == [Outcome(sent=True)] * 3
        server.close()
        assert server.send(letter(), "x").sent
        server.close()
    assert [got["To"] for got in box.letters] == ["rosa@example.org"] * 4
    assert box.letters[0].get_content().strip() == "Ábrelo"
    assert box.connections == 2


def test_in_the_clear_letters_go_to_this_machine_alone() -> None:
    box = Box()
    with serving(box, ELSEWHERE) as port:
        assert Server(f"smtp://{ELSEWHERE}:{port}").send(letter(), "x") == Outcome(
            again=True, reason="no TLS"
        )
    assert not box.letters


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_elsewhere_a_letter_goes_encrypted_to_whom_we_trust(tmp_path: Path, scheme: str) -> None:
    box, (theirs, trusting) = Box(), secured(tmp_path, ELSEWHERE)
    more = {"tls_context": theirs} if scheme == "smtp" else {"ssl_context": theirs}
    with serving(box, ELSEWHERE, **more) as port:
        address = f"{scheme}://{ELSEWHERE}:{port}"
        stranger = Server(address).send(letter(), "x")
        assert stranger == Outcome(again=True, reason="unreachable")
        server = Server(address, trusting)
        assert server.send(letter(), "x").sent
        server.close()
    assert box.encrypted == [True]


def test_a_name_and_a_password_open_it_and_a_wrong_one_loses_no_letter(tmp_path: Path) -> None:
    box, (theirs, trusting) = Box(), secured(tmp_path, ELSEWHERE)
    asks = {"tls_context": theirs, "auth_required": True, "authenticator": box.log_in}
    with serving(box, ELSEWHERE, **asks) as port:
        host = f"{ELSEWHERE}:{port}"
        right = Server(f"smtp://well%40home:sesame%20%26%20co@{host}", trusting)
        assert right.send(letter(), "x").sent
        right.close()
        wrong = Server(f"smtp://well%40home:wrong@{host}", trusting).send(letter(), "x")
        assert wrong == Outcome(again=True, reason="answered 535")
    assert set(box.users) == {"well@home"}


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("451 Try later", Outcome(again=True, reason="answered 451")),
        ("452 rosa@example.org is full", Outcome(again=True, reason="answered 452")),
        ("550 No such rosa@example.org", Outcome(reason="answered 550")),
        ("554 Looks unwanted", Outcome(reason="answered 554")),
    ],
)
def test_what_it_refuses_is_tried_again_or_not_as_it_says(answer: str, outcome: Outcome) -> None:
    box = Box(answers=[answer], refused={"june@example.org": answer})
    with serving(box) as port:
        server = Server(f"smtp://127.0.0.1:{port}")
        assert server.send(letter(), "x") == outcome
        assert server.send(letter("june@example.org"), "x") == outcome
        # And the next letter is none the worse for it.
        assert server.send(letter(), "x").sent
        server.close()


def test_nobody_there_is_tried_again() -> None:
    with serving(Box()) as port:
        server = Server(f"smtp://127.0.0.1:{port}")
        assert server.send(letter(), "x").sent
    assert server.send(letter(), "x") == Outcome(again=True, reason="unreachable")
    assert server.send(letter(), "x") == Outcome(again=True, reason="unreachable")


def test_an_address_in_other_letters_goes_where_the_server_can_write_it() -> None:
    for able, outcome in ((True, Outcome(sent=True)), (False, "an address that it can't write")):
        with serving(Box(), enable_SMTPUTF8=able) as port:
            server = Server(f"smtp://127.0.0.1:{port}")
            got = server.send(letter("rosé@example.org"), "x")
            assert (got if able else got.reason) == outcome
            server.close()


def test_without_a_server_letters_are_files_for_their_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "MOST_FILES", 3)
    files = Files(tmp_path)
    for number in range(5):
        assert files.send(letter(), f"{number:05}").sent
    kept = sorted(path.name for path in (tmp_path / "mail").iterdir())
    assert len(kept) == 3
    assert kept[0] == "00002.eml"
    assert stat.S_IMODE((tmp_path / "mail").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "mail" / kept[0]).stat().st_mode) == 0o600
    drop_files(tmp_path, ["00002", "never there"])
    assert not (tmp_path / "mail" / "00002.eml").exists()
