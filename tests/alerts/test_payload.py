"""What a push carries: for any browser the rows to be kept, for Safari a notification as well."""

import uuid
from typing import Any

import orjson
import pytest

from webapp.alerts import ASKING, LETTER, MATCH, TEST, Alert, Notification, row
from webapp.alerts.payload import MOST_BYTES, SHORT, SIZES, payload
from webapp.database import now
from webapp.people import Person

DEVICE = uuid.UUID(int=7)
CARD = {"kind": "offer", "volume_ml": 11_830, "cell": {"near": "Gresham"}}
MEMBERS = {"title", "body", "navigate", "lang", "dir", "tag", "silent", "actions", "data"}
"""Of what Push API calls a declarative push message, those that are sent."""


def match(lines: int = 1) -> Notification:
    """A match with so many lines of reasons."""
    reasons = [{"what": f"reason {number}", "verdict": "fits"} for number in range(lines)]
    found = {"id": "m1", "other": "l9", "card": CARD, "lines": reasons}
    return Notification("/listings/l9", "match", {"match": found})


def letter(text: str) -> Notification:
    """A letter in its conversation."""
    rows: dict[str, Any] = {"message": {"id": "n1", "text": text}, "conversation": {"id": "c1"}}
    return Notification("/messages/c1", "c1", rows)


def alert(kind: str = MATCH, **person: Any) -> Alert:
    """An alert to somebody who speaks English, unless it says otherwise."""
    hers = Person(**{"language": "en", "units": "oz", "alerts_detail": False} | person)
    return Alert(id=uuid.UUID(int=1), kind=kind, person=hers, made_at=now())


def pushed(about: Alert, shown: Notification, **how: Any) -> dict[str, Any]:
    """The message that is pushed, read by who gets it."""
    said: dict[str, Any] = orjson.loads(payload(about, DEVICE, shown, **how))
    return said


def test_it_is_a_declarative_message_with_all_that_the_worker_keeps_as_its_data(app: Any) -> None:
    said = pushed(alert(), match())
    assert {key: value for key, value in said.items() if key != "notification"} == {
        "web_push": 8030,
        "mutable": True,
    }
    shown = said["notification"]
    assert shown.keys() <= MEMBERS
    assert (shown["title"], shown["navigate"]) == ("Something near you", "/listings/l9")
    kept = shown["data"]
    assert (kept["device"], kept["match"]["card"]) == (str(DEVICE), CARD)
    assert (kept["alert"]["kind"], kept["alert"]["listing"]) == (MATCH, "l9")


def test_every_action_leads_somewhere(app: Any) -> None:
    actions = pushed(alert(), match())["notification"]["actions"]
    assert [(each["action"], each["navigate"]) for each in actions] == [
        ("open", "/listings/l9"),
        ("mute", "/me"),
    ]
    assert all(each["title"] for each in actions)


def test_where_she_wants_it_quiet_it_says_so(app: Any) -> None:
    assert "silent" not in pushed(alert(), match())["notification"]
    assert pushed(alert(), match(), sound=False)["notification"]["silent"] is True


def test_several_matches_open_all_of_them_and_say_how_many_only_where_she_lets_them(
    app: Any,
) -> None:
    discreet = pushed(alert(), match(), many=3)["notification"]
    assert (discreet["navigate"], discreet.get("body")) == ("/nearby", None)
    told = pushed(alert(alerts_detail=True), match(), many=3)["notification"]
    assert told["body"] == "3 that fit"


@pytest.mark.parametrize("kind", [MATCH, ASKING, LETTER, TEST])
def test_a_short_one_carries_nothing_and_still_opens(app: Any, kind: str) -> None:
    about = alert(kind)
    body = payload(about, DEVICE, letter("x" * 2000), short=True)
    said = orjson.loads(body)["notification"]
    assert len(body) == SHORT
    assert said["navigate"] == "/messages/c1"
    assert said["data"].keys() <= {"device", "alert"}


def test_a_length_tells_nothing_and_is_never_more_than_services_take(app: Any) -> None:
    lengths = {len(payload(alert(LETTER), DEVICE, letter("x" * n))) for n in range(0, 3000, 50)}
    assert lengths == {*SIZES}
    assert max(lengths) == MOST_BYTES


def test_where_it_is_too_large_reasons_go_before_the_card(app: Any) -> None:
    kept = pushed(alert(), match(lines=200))["notification"]["data"]["match"]
    assert (kept["card"], kept["lines"]) == (CARD, [])


def test_a_test_says_so_and_leaves_no_alert_behind(app: Any) -> None:
    said = pushed(alert(TEST), Notification("/devices", "test"))["notification"]
    assert said["title"] == "This is a test"
    assert (said["data"], said.get("actions")) == ({"device": str(DEVICE)}, None)


def test_what_one_phone_showed_her_the_others_hear_of(app: Any) -> None:
    about = alert()
    assert "seen" not in row(about)
    about.seen_at = now()
    assert row(about)["seen"]
