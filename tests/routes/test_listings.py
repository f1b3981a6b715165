"""What is near, over HTTP, where the phone itself holds nothing."""

from typing import Any

from tests.cast import GRESHAM, SAME_ORIGIN, Cast, offer


def nearby(cast: Cast, **query: str) -> Any:
    return cast.recipient.client.get("/api/nearby", query_string=query, headers=SAME_ORIGIN).json


def test_with_nothing_within_reach_the_nearest_is_a_band_and_nothing_else(cast: Cast) -> None:
    latitude, longitude, around = GRESHAM
    cast.somebody("Nora", (latitude + 1.2, longitude, around)).publish(offer())
    assert nearby(cast, kind="offer") == {"cards": [], "beyond": {"from_km": 97, "to_km": 145}}
    assert nearby(cast, kind="request") == {"cards": []}
    assert nearby(cast) == {"cards": []}


def test_with_something_within_reach_there_is_no_band(cast: Cast) -> None:
    cast.donor.publish(offer())
    answer = nearby(cast, kind="offer")
    assert len(answer["cards"]) == 1
    assert "beyond" not in answer


def test_who_has_no_place_yet_is_told_of_no_distance(cast: Cast) -> None:
    cast.donor.publish(offer())
    homeless = cast.somebody("Hanna", GRESHAM, cell="")
    answer = homeless.client.get(
        "/api/nearby", query_string={"kind": "offer"}, headers=SAME_ORIGIN
    ).json
    assert answer == {"cards": []}
