"""What is near, over HTTP, for whom the phone doesn't hold it all."""

from typing import Any

import pytest

from tests.cast import GRESHAM, SAME_ORIGIN, Cast, Phone, offer, request
from webapp.database import now, writing
from webapp.people import Block, Person


def nearby(cast: Cast, **query: Any) -> Any:
    return asked(cast.recipient, **query).json


def asked(phone: Phone, **query: Any) -> Any:
    return phone.client.get("/api/nearby", query_string=query, headers=SAME_ORIGIN)


def ids(answer: Any) -> list[str]:
    return [card["id"] for card in answer["cards"]]


def test_with_nothing_within_reach_the_nearest_is_a_band_and_nothing_else(cast: Cast) -> None:
    latitude, longitude, around = GRESHAM
    cast.somebody("Nora", (latitude + 1.2, longitude, around)).publish(offer())
    assert nearby(cast, kind="offer") == {"cards": [], "beyond": {"from_km": 97, "to_km": 145}}
    assert nearby(cast, kind="request") == {"cards": []}
    assert nearby(cast) == nearby(cast, kind="offer")


def test_with_something_within_reach_there_is_no_band(cast: Cast) -> None:
    cast.donor.publish(offer())
    answer = nearby(cast, kind="offer")
    assert len(answer["cards"]) == 1
    assert "beyond" not in answer
    assert "beyond" not in nearby(cast, kind="offer", avoid="medicine")


def test_who_has_no_place_yet_is_told_of_no_distance(cast: Cast) -> None:
    cast.donor.publish(offer())
    homeless = cast.somebody("Hanna", GRESHAM, cell="")
    assert asked(homeless, kind="offer").json == {"cards": []}


def test_pages_of_fifty_go_on_to_the_end_in_either_order(cast: Cast) -> None:
    made = [cast.donor.publish(offer()) for _ in range(53)]
    cast.recipient.publish(offer())
    for order in ("newest", "nearest"):
        first = nearby(cast, kind="offer", order=order)
        assert ids(first) == made[:2:-1]
        assert first["more"] is True
        last = nearby(cast, kind="offer", order=order, after=first["next"])
        assert ids(last) == made[2::-1]
        assert {*last} == {"cards"}


def test_every_filter_of_the_page_is_answered(cast: Cast) -> None:
    plain = cast.donor.publish(offer())
    said = cast.donor.publish(
        offer(medicine="none", alcohol="none", age_band="1_3m", volume_ml="500")
    )
    asks = cast.donor.publish(request(must=["dairy_free"], weeks__dairy_free="3"))
    both = {said, plain}
    for query, found in (
        ({}, both),
        ({"diet": "dairy_free"}, both),
        ({"diet": ["dairy_free", "soy_free"]}, set()),
        ({"diet": "soy_free", "unsaid": "y"}, both),
        ({"avoid": ["medicine", "alcohol"]}, {said}),
        ({"avoid": "medicine", "unsaid": "y"}, both),
        ({"state": ["frozen", "fresh"]}, both),
        ({"state": "fresh"}, set()),
        ({"volume_ml": "501"}, {plain}),
        ({"age_band": ["1_3m", "3_6m"]}, {said}),
        ({"age_band": "3_6m", "unsaid": "y"}, {plain}),
        ({"kind": "request"}, {asks}),
        ({"kind": "request", "diet": "dairy_free", "avoid": "medicine"}, {asks}),
        ({"kind": "request", "diet": "soy_free"}, set()),
    ):
        assert {*ids(nearby(cast, **query))} == found, query


def test_a_card_is_what_the_phone_would_hold_and_no_more(cast: Cast) -> None:
    cast.donor.publish(offer(medicine="some", medicine_detail="sertraline", note="call me"))
    (card,) = nearby(cast, kind="offer")["cards"]
    cast.recipient.sync()
    assert [card] == cast.recipient.held("near", "listing")
    assert card["medicine"] == "ask"
    assert nearby(cast, kind="offer", avoid="medicine") == {"cards": []}


def test_what_phones_hold_by_themselves_is_left_out(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [cast.donor.publish(offer()) for _ in range(4)]
    monkeypatch.setattr("webapp.sync.searching.MOST_NEAR", 3)
    for order in ("newest", "nearest"):
        assert ids(nearby(cast, order=order, older="y")) == made[:1]
    monkeypatch.setattr("webapp.sync.searching.MOST_NEAR", 5)
    assert ids(nearby(cast, order="newest", older="y")) == made[::-1]


def test_an_outsider_the_blocked_and_the_suspended_find_nothing(cast: Cast) -> None:
    cast.donor.publish(offer())
    assert asked(cast.outsider).json == {"cards": []}
    assert cast.stranger.get("/api/nearby").status_code == 401
    donor_id, her_id = cast.donor.person_id, cast.recipient.person_id
    with writing() as session:
        session.add(Block(person_id=donor_id, blocked_id=her_id))
    assert nearby(cast) == {"cards": []}
    with writing() as session:
        session.get_one(Person, her_id).suspended_at = now()
    assert asked(cast.recipient).status_code == 403


def test_a_suspended_persons_listing_is_found_by_nobody(cast: Cast) -> None:
    cast.donor.publish(offer())
    with writing() as session:
        session.get_one(Person, cast.donor.person_id).suspended_at = now()
    assert nearby(cast)["cards"] == []


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "gift"},
        {"order": "best"},
        {"diet": "sugar_free"},
        {"avoid": ["medicine"] * 41},
        {"volume_ml": "lots"},
        {"volume_ml": "-1"},
        {"volume_ml": "9" * 30},
        {"after": "x"},
        {"after": "%00"},
    ],
)
def test_what_is_no_question_is_refused(cast: Cast, query: dict[str, Any]) -> None:
    response = asked(cast.recipient, **query)
    assert response.status_code == 400
    assert response.json["error"] == "malformed"


def test_a_page_of_one_order_goes_on_in_no_other(cast: Cast) -> None:
    for _ in range(51):
        cast.donor.publish(offer())
    following = nearby(cast, order="newest")["next"]
    assert asked(cast.recipient, order="nearest", after=following).status_code == 400
