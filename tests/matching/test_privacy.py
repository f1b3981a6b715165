"""What asking can't find out, over the wire: what is kept back reads like silence."""

import uuid
from typing import Any

import pytest

from tests.cast import PORTLAND, Cast, Phone, Row, offer, request, today
from tests.messages.pen import Pen
from webapp.database import uuid7
from webapp.milk import EXPOSURES
from webapp.worker import match

CODES = [code for code, _label in EXPOSURES]
TWO_BAGS: dict[str, Any] = {
    "volume_ml": "1000",
    "batches__0__volume_ml": "400",
    "batches__0__pumped_from": today(-200),
    "batches__0__pumped_to": today(-100),
    "batches__1__id": str(uuid.uuid4()),
    "batches__1__state": "frozen",
    "batches__1__pumped_from": today(-90),
    "batches__1__pumped_to": today(-3),
    "batches__1__volume_ml": "600",
}


def seen(phone: Phone) -> list[Row]:
    """Her matches, without the ids that tell one from another."""
    phone.sync()
    rows = phone.held("me", "match")
    return [
        {**row, "id": "", "mine": "", "other": "", "made_at": "", "card": {**row["card"], "id": ""}}
        for row in rows
    ]


def two_bags() -> dict[str, Any]:
    return offer(**TWO_BAGS | {"batches__0__id": str(uuid.uuid4())})


def test_twenty_requests_that_each_avoid_one_thing_get_twenty_identical_answers(
    cast: Cast,
) -> None:
    cast.donor.publish(two_bags() | dict(zip(CODES[:3], ("some", "talk", "dated"), strict=True)))
    log = {"what": CODES[2], "from_on": today(-150), "to_on": today(-140), "name": "a secret"}
    assert cast.donor.do("exposure.log", uuid7(), log)["outcome"] == "done"
    answers = []
    for number in range(20):
        family = cast.somebody(f"Family {number}", PORTLAND)
        family.publish(request(avoid=[CODES[number % len(CODES)]]))
        match()
        (row,) = seen(family)
        answers.append(
            {
                "fit": row["fit"],
                "unknown_ml": row["unknown_ml"],
                "rank": row["rank"],
                "verdicts": [line["verdict"] for line in row["lines"]],
            }
        )
    assert [answer for answer in answers if answer != answers[0]] == []
    assert answers[0]["fit"] == "unknown"


@pytest.mark.parametrize("said", ["some", "talk", "dated", ""])
def test_the_amount_that_fits_tells_no_bag_from_another_until_it_is_opened(
    cast: Cast, said: str
) -> None:
    offered = cast.donor.publish(two_bags() | ({"medicine": said} if said else {}))
    log = {"what": "medicine", "from_on": today(-150), "to_on": today(-140)}
    cast.donor.do("exposure.log", uuid7(), log)
    asked = cast.recipient.publish(request(avoid=["medicine"], volume_ml="2000"))
    match()
    (row,) = seen(cast.recipient)
    assert (row["fit"], row["unknown_ml"], row.get("fit_ml")) == ("unknown", 1000, None)
    pen = Pen(cast.recipient, offered, asked)
    assert pen.write("Is it still there?")["outcome"] == "done"
    donors = Pen(cast.donor, asked, offered, cast.recipient)
    assert donors.do("open", {"opens": ["details"]})["outcome"] == "done"
    match()
    known = {
        "some": [],
        "talk": [("unknown", None, 600)],
        "dated": [("part", 600, None)],
        "": [("unknown", None, 600)],
    }[said]
    found = seen(cast.recipient)
    assert [(r["fit"], r.get("fit_ml"), r.get("unknown_ml")) for r in found] == known
    donors.do("open", {"opens": []})
    match()
    (row,) = seen(cast.recipient)
    assert (row["fit"], row["unknown_ml"]) == ("unknown", 1000)


def test_what_was_opened_to_one_family_counts_for_no_other(cast: Cast) -> None:
    offered = cast.donor.publish(two_bags() | {"medicine": "dated"})
    log = {"what": "medicine", "from_on": today(-150), "to_on": today(-140)}
    cast.donor.do("exposure.log", uuid7(), log)
    asked = cast.recipient.publish(request(avoid=["medicine"]))
    other = cast.somebody("Fay", PORTLAND)
    other.publish(request(avoid=["medicine"]))
    Pen(cast.recipient, offered, asked).write("Is it still there?")
    Pen(cast.donor, asked, offered, cast.recipient).do("open", {"opens": ["details"]})
    match()
    assert [row["fit"] for row in seen(cast.recipient)] == ["part"]
    assert [row["fit"] for row in seen(other)] == ["unknown"]


def test_a_donor_learns_neither_what_is_avoided_nor_what_is_wished(cast: Cast) -> None:
    cast.donor.publish(offer(medicine="none", alcohol="none"))
    cast.recipient.publish(
        request(
            avoid=["medicine"],
            nice=["alcohol", "organic"],
            weeks__organic="0",
            in_hand_days="3",
        )
    )
    match()
    (row,) = seen(cast.donor)
    assert {line["what"] for line in row["lines"]} == {"reach", "amount"}
    assert not {"avoid", "nice", "in_hand_days"} & set(row["card"])
