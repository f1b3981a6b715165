"""Six digits, as somebody would try them who has no right to."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from tests.cast import Cast
from webapp.database import db, now, writing
from webapp.people import Code, Person, authenticate, codes

EMAIL = "rosa@example.org"
PASSWORD = "another sentence to sign in with"


@pytest.fixture
def her(cast: Cast) -> Any:
    return cast.somebody("Rosa", (45.5, -122.4, 100_000), email=EMAIL).person_id


def sent(purpose: str, her: Any, address: str = EMAIL) -> str:
    """Digits as her letter brings them."""
    with writing() as session:
        person = session.get_one(Person, her)
        digits = codes.write_digits(codes.ask(purpose, address, person))
        assert digits
        return digits


def confirm(her: Any, typed: str) -> bool:
    with writing() as session:
        return not codes.confirm(session.get_one(Person, her), typed)


def reset(address: str, typed: str) -> bool:
    with writing():
        return codes.reset(address, typed, PASSWORD) is not None


def other(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06}"


def test_the_digits_confirm_her_address_and_count_once(her: Any) -> None:
    digits = sent(codes.CONFIRM, her)
    assert re.fullmatch(r"\d{6}", digits)
    assert confirm(her, digits)
    assert db.session.get_one(Person, her).confirmed_at
    assert not confirm(her, digits)


@pytest.mark.parametrize("typing", ["{0} {1}", " {0}-{1}\n", "{0}{1}."])
def test_they_may_be_typed_with_gaps(her: Any, typing: str) -> None:
    digits = sent(codes.CONFIRM, her)
    assert confirm(her, typing.format(digits[:3], digits[3:]))


def test_they_may_be_typed_in_the_digits_of_another_script(her: Any) -> None:
    arabic = sent(codes.CONFIRM, her).translate({ord("0") + n: 0x660 + n for n in range(10)})
    assert confirm(her, arabic)


@pytest.mark.parametrize("typed", ["", "nobody", "0", "²²²²²²", "x" * 40, "0000000"])
def test_what_isnt_six_digits_never_fits(her: Any, typed: str) -> None:
    sent(codes.CONFIRM, her)
    assert not confirm(her, typed)


def test_five_wrong_ones_end_it_for_the_right_one_too(her: Any) -> None:
    digits = sent(codes.CONFIRM, her)
    assert not any(confirm(her, other(digits)) for _ in range(5))
    assert not confirm(her, digits)


def test_the_fifth_may_be_right(her: Any) -> None:
    digits = sent(codes.RESET, her)
    assert not any(reset(EMAIL, other(digits)) for _ in range(4))
    assert reset(EMAIL, digits)


def test_they_hold_ten_minutes_from_when_their_letter_was_written(
    her: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, digits = now(), sent(codes.CONFIRM, her)

    def at(seconds: int) -> Callable[[], datetime]:
        return lambda: started + timedelta(seconds=seconds)

    monkeypatch.setattr(codes, "now", at(601))
    assert not confirm(her, digits)
    monkeypatch.setattr(codes, "now", at(595))
    assert confirm(her, digits)


def test_only_the_newest_count_and_asking_alone_ends_the_old(her: Any) -> None:
    first = sent(codes.RESET, her)
    second = sent(codes.RESET, her)
    assert first == second or not reset(EMAIL, first)
    with writing():
        codes.ask(codes.RESET, EMAIL)
    assert not reset(EMAIL, second)


def test_writing_the_letter_again_gives_no_more_tries(her: Any) -> None:
    digits = sent(codes.CONFIRM, her)
    assert not any(confirm(her, other(digits)) for _ in range(5))
    with writing():
        again = codes.write_digits(db.session.scalars(select(Code)).one())
    assert again
    assert not confirm(her, again)


def test_anothers_digits_fit_nobody_else(cast: Cast, her: Any) -> None:
    digits = sent(codes.CONFIRM, her)
    assert not confirm(cast.outsider.person_id, digits)
    assert not reset(EMAIL, digits)
    assert confirm(her, digits)


def test_digits_to_reset_confirm_no_other_address(her: Any) -> None:
    digits = sent(codes.RESET, her)
    assert not confirm(her, digits)


def test_a_new_address_counts_once_it_is_confirmed_and_not_before(her: Any) -> None:
    digits = sent(codes.CONFIRM, her, "june@example.org")
    assert db.session.get_one(Person, her).email == EMAIL
    old = sent(codes.RESET, her)
    assert confirm(her, digits)
    person = db.session.get_one(Person, her)
    assert (person.email, person.confirmed_at is not None) == ("june@example.org", True)
    # What was sent to the address before opens nothing any more.
    assert not reset(EMAIL, old)
    assert not reset("june@example.org", old)


def test_nobody_takes_an_address_that_has_an_account(cast: Cast, her: Any) -> None:
    taken = cast.somebody("June", (45.5, -122.4, 100_000), email="june@example.org").person_id
    digits = sent(codes.CONFIRM, her, "june@example.org")
    with writing() as session:
        errors = codes.confirm(session.get_one(Person, her), digits)
    assert errors == {"code": ["This address has an account already."]}
    assert db.session.get_one(Person, taken).email == "june@example.org"


def test_a_new_password_holds(her: Any) -> None:
    assert reset("Rosa@Example.org", sent(codes.RESET, her))
    assert authenticate(EMAIL, PASSWORD)


def test_an_address_that_nobody_confirmed_opens_no_account(her: Any) -> None:
    with writing():
        codes.ask(codes.RESET, EMAIL)
    with writing():
        assert codes.settle() == []
    with writing() as session:
        session.get_one(Person, her).confirmed_at = now()
        codes.ask(codes.RESET, EMAIL)
    with writing():
        assert [person.id for _code, person in codes.settle()] == [her]


def test_somebody_suspended_resets_nothing(her: Any) -> None:
    digits = sent(codes.RESET, her)
    with writing() as session:
        session.get_one(Person, her).suspended_at = now()
    assert not reset(EMAIL, digits)


def test_of_many_tries_at_once_five_count(app: Flask, her: Any) -> None:
    digits = sent(codes.CONFIRM, her)
    wrong = other(digits)
    assert not any(at_once(app, 12, lambda: confirm(her, wrong)))
    db.session.rollback()
    assert db.session.scalars(select(Code.tries)).one() == codes.MOST_TRIES
    assert not confirm(her, digits)


def test_of_many_right_ones_at_once_one_counts(app: Flask, her: Any) -> None:
    digits = sent(codes.RESET, her)
    assert sum(at_once(app, 6, lambda: reset(EMAIL, digits))) == 1


def test_the_database_alone_tells_nobody_the_digits(app: Flask, her: Any) -> None:
    digits = sent(codes.CONFIRM, her)
    code = db.session.scalars(select(Code)).one()
    assert digits not in repr(vars(code))
    settings = app.config["SETTINGS"]
    (settings.data / "session.key").rename(settings.data / "kept")
    try:
        # Every guess, under any other key, fits as little as this one.
        assert not confirm(her, digits)
    finally:
        (settings.data / "kept").replace(settings.data / "session.key")


@pytest.mark.parametrize("typed", ["000000", "no digits"])
def test_an_unknown_address_costs_the_same_statements(app: Flask, her: Any, typed: str) -> None:
    """What takes equally long does the same: the same statements, asked in the same order."""
    said = {address: statements(lambda a=address: asked(a, typed)) for address in BOTH}
    assert said[EMAIL] == said["nobody@example.org"]
    assert any("UPDATE code" in statement for statement in said[EMAIL])


BOTH = (EMAIL, "nobody@example.org")


def asked(address: str, typed: str) -> None:
    """Ask for digits, let the worker look whose they are, then try six times."""
    with writing():
        codes.ask(codes.RESET, address)
    with writing() as session, unheard(session):
        for code, _person in codes.settle():
            codes.write_digits(code)
    for _ in range(6):
        assert not reset(address, typed)


_outside = [True]


@contextmanager
def unheard(session: Any) -> Iterator[None]:
    """What the worker does, nobody outside can time."""
    _outside[0] = False
    yield
    session.flush()
    _outside[0] = True


def statements(work: Callable[[], None]) -> list[str]:
    heard: list[str] = []

    def hear(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if _outside[0]:
            heard.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        work()
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
    return heard


def at_once(app: Flask, times: int, work: Callable[[], bool]) -> list[bool]:
    """What each of so many threads got, that began together."""
    gate, got = threading.Barrier(times), []

    def run() -> None:
        with app.app_context():
            gate.wait(10)
            got.append(work())
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(got) == times
    return got


def test_codes_of_yesterday_and_those_of_nobody_are_forgotten(
    her: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(codes.CONFIRM, her)
    with writing():
        codes.ask(codes.RESET, "nobody@example.org")
        assert codes.settle() == []
    for later, left in ((timedelta(minutes=11), 1), (timedelta(days=1, minutes=1), 0)):
        then = now() + later
        monkeypatch.setattr(codes, "now", lambda then=then: then)
        assert codes.any_to_settle()
        with writing():
            codes.settle()
            assert db.session.query(Code).count() == left
        assert not codes.any_to_settle()


def test_ten_letters_a_day_are_enough(her: Any) -> None:
    for _ in range(codes.MOST_A_DAY):
        sent(codes.CONFIRM, her)
    assert codes.too_many(her)
    with writing():
        codes.ask(codes.RESET, EMAIL)
        assert codes.settle() == []
