"""Passwords, and who is let in."""

from datetime import timedelta

from flask import Flask

from webapp import people
from webapp.database import db, now, writing


def test_a_password_is_kept_as_an_argon2_hash_alone(app: Flask) -> None:
    with writing():
        person = people.sign_up("Rosa", "rosa@example.org", "a long sentence", "en")
        assert person
        assert person.password_hash.startswith("$argon2id$")
        assert "a long sentence" not in person.password_hash


def test_a_language_that_nobody_could_choose_is_english(app: Flask) -> None:
    with writing():
        spoken = {
            asked: person.language
            for asked in ("es", "en", "ar_001", "")
            if (person := people.sign_up("Rosa", f"{asked}@example.org", "a sentence", asked))
        }
    assert spoken == {"es": "es", "en": "en", "ar_001": "en", "": "en"}


def test_only_the_right_password_lets_in(app: Flask) -> None:
    with writing():
        people.sign_up("Rosa", "rosa@example.org", "a long sentence", "en")
    assert people.authenticate(" Rosa@Example.ORG ", "a long sentence")
    assert people.authenticate("rosa@example.org", "another sentence") is None
    assert people.authenticate("nobody@example.org", "a long sentence") is None


def test_a_session_is_an_unguessable_row(app: Flask) -> None:
    with writing():
        person = people.sign_up("Rosa", "rosa@example.org", "a long sentence", "en")
        assert person
        ids = {people.start_session(person).id for _ in range(20)}
    assert len(ids) == 20
    assert min(map(len, ids)) == 43
    assert people.session_by_id("guessed") is None


def test_moves_are_counted_within_their_time(app: Flask) -> None:
    with writing():
        person = people.sign_up("Rosa", "rosa@example.org", "a long sentence", "en")
        assert person
        counted = [people.count_move(person.id, "home", 3, timedelta(days=30)) for _ in range(4)]
        assert counted == [True, True, True, False]
        for move in db.session.query(people.Move):
            move.moved_at = now() - timedelta(days=31)
        assert people.count_move(person.id, "home", 3, timedelta(days=30))


def test_blocking_works_both_ways_and_once(app: Flask) -> None:
    with writing():
        one = people.sign_up("One", "one@example.org", "a long sentence", "en")
        two = people.sign_up("Two", "two@example.org", "a long sentence", "en")
        assert one
        assert two
        people.block(one, two)
        people.block(two, one)
        people.block(one, one)
        assert people.blocked_with(one.id) == {two.id}
        assert people.blocked_with(two.id) == {one.id}
