"""What others may see of a listing: the whole list, and nothing beside it."""

import uuid
from typing import Any

import pytest

from tests.cast import Cast, offer, request, today
from webapp.database import uuid7

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
    "supplement",
    "other_drug",
    "vaccine",
    "contrast",
    "treatment",
    "lipase",
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
    "must",
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
    "supplement": "dated",
    "other_drug": "none",
    "vaccine": "talk",
    "contrast": "none",
    "lipase": "no_change",
    "batches__0__volume_ml": "9000",
    "batches__0__portions": "80",
    "batches__0__container": "bag",
    "batches__0__storage": "deep_freezer",
    "batches__0__frozen_within": "24h",
    "batches__0__stage": "mature",
    "batches__0__treatment": "raw",
    "batches__0__pooled": "no",
    "batches__0__thawed": "no",
    "batches__0__power_loss": "yes",
    "batches__0__labelled": "both",
}
EVERYTHING_OF_A_REQUEST = {
    "note": "a note",
    "age_band": "1_3m",
    "by_on": today(3),
    "daily_ml": "300",
    "must": ["dairy_free", "frozen", "holder"],
    "nice": ["halal", "alcohol"],
    "weeks-dairy_free": "3",
    "weeks-halal": "2",
    "avoid": ["medicine", "nicotine"],
    "in_hand_days": "4",
    "milk_age_months": "6",
    "fragile": "nicu",
    "clinician_read": "y",
}


def card_seen(cast: Cast, fields: dict[str, Any]) -> dict[str, Any]:
    cast.donor.publish(fields)
    cast.recipient.sync()
    return cast.recipient.held("near", "listing")[-1]


def test_an_offers_card_holds_nothing_beyond_the_list(cast: Cast) -> None:
    card = card_seen(cast, offer(**EVERYTHING_OF_AN_OFFER))
    assert set(card) == OFFER_CARD
    assert set(card["cell"]) == CELL
    assert card["pumped"] == [today(-90)[:7], today(-3)[:7]]


def test_a_requests_card_holds_nothing_beyond_the_list(cast: Cast) -> None:
    card = card_seen(cast, request(**EVERYTHING_OF_A_REQUEST))
    assert set(card) == REQUEST_CARD
    assert card["diet"] == {"dairy_free": 3}
    assert card["must"] == ["frozen", "holder"]


@pytest.mark.parametrize(
    ("answer", "shown"), [("none", "none"), ("some", "ask"), ("talk", "ask"), (None, None)]
)
def test_some_and_id_rather_talk_read_the_same(cast: Cast, answer: str, shown: str) -> None:
    assert card_seen(cast, offer(medicine=answer)).get("medicine") == shown


SECOND = {
    "batches__1__id": str(uuid.uuid4()),
    "batches__1__state": "refrigerated",
    "batches__1__pumped_from": today(-1),
    "batches__1__pumped_to": today(),
    "batches__1__treatment": "scalded",
}


def test_a_card_says_of_several_batches_what_all_of_them_are(cast: Cast) -> None:
    card = card_seen(cast, offer(batches__0__treatment="raw", **SECOND))
    assert card["state"] == ["frozen", "refrigerated"]
    assert card["treatment"] == ["raw", "scalded"]
    assert card["pumped"] == [today(-90)[:7], SECOND["batches__1__pumped_to"][:7]]
    unknown = offer(batches__0__id=str(uuid.uuid4()), batches__0__look="y", **SECOND)
    unknown["batches-1-id"] = str(uuid.uuid4())
    assert "pumped" not in card_seen(cast, unknown | {"note": "second"})


@pytest.mark.parametrize("answer", ["none", "dated", "some", "talk", None])
@pytest.mark.parametrize(("days", "meets"), [((-200, -100), False), ((-50, -40), True)])
def test_her_calendar_turns_none_into_ask_and_nothing_into_an_answer(
    cast: Cast, answer: str | None, days: tuple[int, int], meets: bool
) -> None:
    entry = {"what": "vaccine", "from_on": today(days[0]), "to_on": today(days[1])}
    cast.donor.do("exposure.log", uuid7(), entry)
    shown = card_seen(cast, offer(vaccine=answer)).get("vaccine")
    if answer in ("none", "dated"):
        assert shown == ("ask" if meets else "none")
    else:
        assert shown == ("ask" if answer else None)


def test_a_day_off_a_diet_moves_its_date_on_the_card(cast: Cast) -> None:
    entry = {"what": "off_diet", "diet": "dairy_free", "from_on": today(-40)}
    cast.donor.do("exposure.log", uuid7(), entry | {"to_on": today(-40)})
    assert card_seen(cast, offer())["diet"] == {"dairy_free": today(-39)}


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
