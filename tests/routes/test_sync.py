"""How a phone learns why nobody is signed in on it."""

from tests.cast import SAME_ORIGIN, Cast
from webapp import moderation, rights
from webapp.database import writing
from webapp.people import Person


def test_a_phone_of_an_erased_person_is_told_so(cast: Cast) -> None:
    phone = cast.donor
    phone.sync()
    with writing() as session:
        rights.erase(session.get_one(Person, phone.person_id))
    response = phone.send()
    assert response.status_code == 410
    assert response.json["error"] == "erased"


def test_a_phone_of_a_suspended_person_is_told_so_until_she_is_let_in_again(cast: Cast) -> None:
    phone = cast.donor
    phone.sync()
    with writing() as session:
        moderation.suspend(session.get_one(Person, phone.person_id))
    response = phone.send()
    assert response.status_code == 403
    assert response.json["error"] == "suspended"
    with writing() as session:
        moderation.restore(session.get_one(Person, phone.person_id))
    assert phone.send().status_code == 401


def test_a_phone_that_nobody_knows_is_asked_to_sign_in(cast: Cast) -> None:
    for body in ({"device": "11111111-2222-4333-8444-555555555555"}, {"device": 5}, {}, []):
        response = cast.stranger.post("/api/sync", json=body, headers=SAME_ORIGIN)
        assert response.status_code == 401
        assert response.json["error"] == "signed_out"
