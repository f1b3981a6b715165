"""What others may see of a listing: the whole list, and nothing beside it."""

from typing import Any

import pytest

from tests.cast import Cast, offer, request, today

OFFER_CARD = {
    "id",
    "kind",
    "volume_ml",
    "state",
    "pumped",
    "cell",
    "fresh_on",
    "age_band",
    "diet",
    "medicine",
    "alcohol",
    "caffeine",
    "nicotine",
    "cannabis",
    "illness",
}
REQUEST_CARD = {
    "id",
    "kind",
    "volume_ml",
    "daily_ml",
    "need",
    "by_on",
    "cell",
    "fresh_on",
    "age_band",
    "diet",
}
CELL = {"id", "lat", "lng", "near"}

EVERYTHING_OF_AN_OFFER = {
    "note": "a note",
    "age_band": "3_6m",
    "diet": ["dairy_free", "halal", "kosher"],
    "since-halal": "2020-01-01",
    "medicine": "some",
    "medicine_detail": "sertraline",
    "alcohol": "none",
    "caffeine": "talk",
    "nicotine": "none",
    "cannabis": "none",
    "illness": "some",
    "illness_detail": "mastitis",
}
EVERYTHING_OF_A_REQUEST = {
    "note": "a note",
    "age_band": "1_3m",
    "by_on": today(3),
    "daily_ml": "300",
    "must": ["dairy_free"],
    "weeks-dairy_free": "3",
    "avoid": ["medicine", "nicotine"],
    "milk_age_months": "6",
    "fragile": "nicu",
    "clinician_read": "y",
}


def card_seen(cast: Cast, fields: dict[str, Any]) -> dict[str, Any]:
    cast.donor.publish(fields)
    cast.recipient.sync()
    (card,) = cast.recipient.held("near", "listing")
    return card


def test_an_offers_card_holds_nothing_beyond_the_list(cast: Cast) -> None:
    card = card_seen(cast, offer(**EVERYTHING_OF_AN_OFFER))
    assert set(card) == OFFER_CARD
    assert set(card["cell"]) == CELL
    assert card["pumped"] == [today(-90)[:7], today(-3)[:7]]


def test_a_requests_card_holds_nothing_beyond_the_list(cast: Cast) -> None:
    card = card_seen(cast, request(**EVERYTHING_OF_A_REQUEST))
    assert set(card) == REQUEST_CARD
    assert card["diet"] == {"dairy_free": 3}


@pytest.mark.parametrize(
    ("answer", "shown"), [("none", "none"), ("some", "ask"), ("talk", "ask"), (None, None)]
)
def test_some_and_id_rather_talk_read_the_same(cast: Cast, answer: str, shown: str) -> None:
    assert card_seen(cast, offer(medicine=answer)).get("medicine") == shown


def test_belief_is_shown_only_where_she_chose_so(cast: Cast) -> None:
    hidden = card_seen(cast, offer(**EVERYTHING_OF_AN_OFFER))
    assert set(hidden["diet"]) == {"dairy_free"}
    cast.outsider.publish(offer(**EVERYTHING_OF_AN_OFFER, show_belief="y"))
    neighbour = cast.somebody("Ida", (48.21, 16.37, 1_700_000))
    neighbour.sync()
    (shown,) = neighbour.held("near", "listing")
    assert shown["diet"]["halal"] == "2020-01-01"


def test_a_bereaved_donors_card_says_no_word_of_a_baby(cast: Cast) -> None:
    card = card_seen(cast, offer(bereaved="y", age_band="3_6m"))
    assert "age_band" not in card
    assert "bereaved" not in card
    assert "age_band" not in cast.donor.held("me", "listing")[0]["fields"]


def test_a_card_stands_at_the_centre_of_a_coarse_cell(cast: Cast) -> None:
    cell = card_seen(cast, offer())["cell"]
    assert (cell["lat"], cell["lng"]) != (45.4982, -122.4315)
    assert abs(cell["lat"] - 45.4982) < 0.03
    assert cell["near"] == "Gresham"
