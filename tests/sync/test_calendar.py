"""Her calendar over the wire: it marks milk, and nobody learns of it but that something changed."""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from tests.cast import SAME_ORIGIN, Cast, Fields, Phone, offer, operation, request, today
from tests.messages.pen import begin
from webapp.alerts import CHANGED, Alert, Delivery, Device
from webapp.database import reading, uuid7, writing
from webapp.milk import Exposure
from webapp.people import Person
from webapp.worker import match, render

DRUG, DOSE = "Quibblepril", "7 mg at night"


def entry(**changed: Any) -> Fields:
    """A medicine from the day before yesterday to yesterday."""
    fields: Fields = {
        "what": "medicine",
        "from_on": today(-20),
        "to_on": today(-10),
        "name": DRUG,
        "dose": DOSE,
    }
    return {name: value for name, value in (fields | changed).items() if value is not None}


def logged(phone: Phone, **changed: Any) -> str:
    exposure_id = str(uuid7())
    result = phone.do("exposure.log", exposure_id, entry(**changed))
    assert result["outcome"] == "done", result
    return exposure_id


def calendar(phone: Phone) -> list[Fields]:
    phone.sync()
    return [row["fields"] for row in phone.held("me", "exposure")]


def changed_of(phone: Phone) -> str:
    phone.sync()
    (row,) = phone.held("me", "conversation")
    return str(row.get("changed", ""))


def alerts_of(phone: Phone) -> list[tuple[str, Any]]:
    query = select(Alert).where(Alert.person_id == phone.person_id, Alert.kind == CHANGED)
    with reading() as session:
        return [(a.kind, a.conversation_id) for a in session.scalars(query).unique()]


def shown_to(phone: Phone, listing_id: str) -> Fields:
    phone.sync()
    return next(row for row in phone.held("near", "listing") if row["id"] == listing_id)


def pushable(phone: Phone) -> None:
    """As if this phone had allowed alerts."""
    with writing() as session:
        device = session.get_one(Device, uuid.UUID(phone.device))
        device.endpoint = f"https://push.example/{phone.device}"


def test_an_entry_is_kept_once_and_answered_as_it_was_written(cast: Cast) -> None:
    made = operation("exposure.log", uuid7(), entry())
    first, second = cast.donor.sync(made), cast.donor.sync(made)
    assert first == second
    assert first[0]["rows"]["exposure"] == [{"id": made["row"], "fields": entry()}]
    assert calendar(cast.donor) == [entry()]


def test_what_goes_on_has_no_last_day(cast: Cast) -> None:
    logged(cast.donor, to_on=None)
    assert "to_on" not in calendar(cast.donor)[0]


@pytest.mark.parametrize(
    ("changed", "name", "words"),
    [
        ({"what": None}, "what", "This one needs an answer."),
        ({"what": "chocolate"}, "what", "That is not one of the answers."),
        ({"what": "off_diet"}, "diet", "Say which diet."),
        ({"from_on": None}, "from_on", "This one needs an answer."),
        ({"from_on": "3 November"}, "from_on", "Write the date as year, month and day."),
        ({"from_on": "2026-02-30"}, "from_on", "There is no such day."),
        ({"from_on": "1926-11-03"}, "from_on", "That is too long ago."),
        ({"from_on": today(3), "to_on": None}, "from_on", "That day is still to come."),
        ({"to_on": today(-21)}, "to_on", "That is before the first day."),
        ({"to_on": today(400)}, "to_on", "Choose a day within the next year."),
        ({"name": "a" * 121}, "name", "That is 121 characters; 120 is the most."),
        ({"price": "20"}, "price", "Milkwell does not ask this."),
    ],
)
def test_a_bad_answer_is_refused_in_words_at_its_own_name(
    cast: Cast, changed: Fields, name: str, words: str
) -> None:
    result = cast.donor.do("exposure.log", uuid7(), entry(**changed))
    assert (result["outcome"], result["errors"]) == ("rejected", {name: [words]})
    assert calendar(cast.donor) == []


def test_two_phones_edit_one_entry_and_what_both_said_otherwise_is_asked(cast: Cast) -> None:
    exposure_id = logged(cast.donor)
    second = cast.phone(cast.donor.person_id)
    assert calendar(second) == [entry()]
    cast.donor.do("exposure.edit", exposure_id, {"to_on": today(-8)}, was={"to_on": today(-10)})
    second.do("exposure.edit", exposure_id, {"dose": "5 mg"}, was={"dose": DOSE})
    assert calendar(second) == calendar(cast.donor) == [entry(to_on=today(-8), dose="5 mg")]
    both = second.do("exposure.edit", exposure_id, {"to_on": ""}, was={"to_on": today(-10)})
    assert both["outcome"] == "conflict"
    assert both["conflicts"] == {"to_on": {"yours": "", "theirs": today(-8)}}


def test_an_edit_that_ends_before_it_begins_is_refused_and_nothing_changes(cast: Cast) -> None:
    exposure_id = logged(cast.donor)
    result = cast.donor.do(
        "exposure.edit", exposure_id, {"from_on": today(-5)}, was={"from_on": today(-20)}
    )
    assert result["errors"] == {"to_on": ["That is before the first day."]}
    assert calendar(cast.donor) == [entry()]


def test_it_marks_milk_of_those_days_in_every_offer_and_no_other(cast: Cast) -> None:
    during = cast.donor.publish(offer(medicine="none"))
    only_noted = cast.donor.publish(offer(medicine="dated"))
    later = cast.donor.publish(
        offer(medicine="none", batches__0__pumped_from=today(-8), batches__0__pumped_to=today(-3))
    )
    exposure_id = logged(cast.donor)
    family = cast.recipient
    asked = [shown_to(family, each)["medicine"] for each in (during, only_noted, later)]
    assert asked == ["ask", "ask", "none"]
    cast.donor.do("exposure.remove", exposure_id)
    asked = [shown_to(family, each)["medicine"] for each in (during, only_noted, later)]
    assert asked == ["none", "none", "none"]


def test_what_is_published_after_it_was_noted_is_marked_too(cast: Cast) -> None:
    logged(cast.donor)
    assert shown_to(cast.recipient, cast.donor.publish(offer(medicine="none")))["medicine"] == "ask"


def test_milk_whose_days_she_would_have_to_look_up_may_be_of_those_days(cast: Cast) -> None:
    unsure = cast.donor.publish(
        offer(
            medicine="none",
            batches__0__pumped_from=None,
            batches__0__pumped_to=None,
            batches__0__look="y",
        )
    )
    logged(cast.donor)
    assert shown_to(cast.recipient, unsure)["medicine"] == "ask"


def test_days_off_a_diet_begin_it_anew_for_whoever_asks_for_a_length(cast: Cast) -> None:
    listing_id = cast.donor.publish(offer())
    cast.recipient.publish(request(must=["dairy_free"], weeks__dairy_free="3"))
    match()
    cast.recipient.sync()
    assert len(cast.recipient.held("me", "match")) == 1
    logged(cast.donor, what="off_diet", diet="dairy_free", from_on=today(-40), to_on=today(-38))
    match()
    assert shown_to(cast.recipient, listing_id)["diet"] == {"dairy_free": today(-37)}
    assert cast.recipient.held("me", "match") == []


def test_families_in_conversation_about_it_are_told_that_something_changed(cast: Cast) -> None:
    donor, family = cast.donor, cast.recipient
    begin(family, donor, "Is it there", "Yes")
    pushable(family)
    assert changed_of(family) == ""
    logged(donor)
    assert changed_of(family)
    assert changed_of(donor) == ""
    ((kind, conversation_id),) = alerts_of(family)
    assert kind == CHANGED
    with reading() as session:
        (delivery,) = session.scalars(
            select(Delivery).join(Alert).where(Alert.kind == CHANGED)
        ).unique()
        assert (delivery.state, delivery.alert.conversation_id) == ("due", conversation_id)
        shown = render(delivery.alert)
    assert shown is not None
    assert shown.address == f"/messages/{conversation_id}"
    row = shown.rows["conversation"]
    assert row is not None
    assert row["changed"] == changed_of(family)


def test_they_learn_neither_what_it_was_nor_when(cast: Cast) -> None:
    donor, family = cast.donor, cast.recipient
    begin(family, donor, "Is it there", "Yes")
    donor.do("exposure.log", uuid7(), entry(from_on=today(-17), to_on=today(-13)))
    family.sync()
    held = json.dumps([[*rows.values()] for rows in family.rows.values()])
    for secret in (DRUG, DOSE, today(-17), today(-13), '"exposure"'):
        assert secret not in held


def test_what_concerns_other_days_tells_nobody(cast: Cast) -> None:
    donor, family = cast.donor, cast.recipient
    begin(family, donor, "Is it there", "Yes")
    logged(donor, from_on=today(-1), to_on=None)
    logged(donor, from_on=today(-300), to_on=today(-200))
    assert (changed_of(family), alerts_of(family)) == ("", [])


def test_a_second_of_the_same_on_milk_that_is_marked_already_tells_nobody_anew(cast: Cast) -> None:
    donor, family = cast.donor, cast.recipient
    begin(family, donor, "Is it there", "Yes")
    logged(donor)
    told_at = changed_of(family)
    logged(donor, from_on=today(-15), to_on=today(-12))
    assert changed_of(family) == told_at
    logged(donor, what="alcohol")
    assert changed_of(family) > told_at
    assert len(alerts_of(family)) == 1


def test_taking_an_entry_away_leaves_the_warning(cast: Cast) -> None:
    donor, family = cast.donor, cast.recipient
    begin(family, donor, "Is it there", "Yes")
    exposure_id = logged(donor)
    told_at = changed_of(family)
    donor.do("exposure.remove", exposure_id)
    assert changed_of(family) == told_at
    assert calendar(donor) == []


def test_who_left_or_writes_about_something_else_is_not_told(cast: Cast) -> None:
    donor, family = cast.donor, cast.recipient
    conversation_id = begin(family, donor, "Is it there", "Yes")
    bystander = cast.somebody("Mia", (45.4982, -122.4315, 114_000))
    bystander.publish(request())
    family.do("conversation.leave", conversation_id)
    logged(donor)
    for phone in (family, bystander, cast.outsider):
        phone.sync()
        assert alerts_of(phone) == []


VERBS: list[tuple[str, Fields]] = [("exposure.edit", {"dose": "9 mg"}), ("exposure.remove", {})]


@pytest.mark.parametrize(("kind", "fields"), VERBS)
def test_an_outsider_can_do_nothing_with_it_and_learns_nothing(
    cast: Cast, kind: str, fields: Fields
) -> None:
    exposure_id = logged(cast.donor)
    hers, nobodys = (cast.outsider.do(kind, each, fields) for each in (exposure_id, uuid7()))
    assert hers["outcome"] == "rejected"
    assert hers["errors"] == nobodys["errors"]
    taken = cast.outsider.do("exposure.log", exposure_id, entry())
    assert taken["outcome"] == "rejected"
    assert calendar(cast.donor) == [entry()]
    for phone in (cast.outsider, cast.recipient):
        phone.sync()
        assert exposure_id not in json.dumps([[*rows] for rows in phone.rows.values()])
        assert phone.held("me", "exposure") == phone.held("near", "exposure") == []


def test_signed_out_nothing_is_done_or_told(cast: Cast) -> None:
    body = {
        "protocol": 1,
        "device": str(uuid7()),
        "sent_at": datetime.now(UTC).isoformat(),
        "operations": [operation("exposure.log", uuid7(), entry())],
        "cursors": {"me": ""},
    }
    response = cast.stranger.post("/api/sync", json=body, headers=SAME_ORIGIN)
    assert response.status_code == 401
    with reading() as session:
        assert session.scalar(select(Exposure)) is None


def test_who_has_not_finished_signing_up_notes_nothing(cast: Cast) -> None:
    person_id = cast.donor.person_id
    with writing() as session:
        person = session.get_one(Person, person_id)
        person.consents.clear()
    result = cast.donor.do("exposure.log", uuid7(), entry())
    assert result["errors"] == {"": ["Finish signing up first: two questions are still open."]}


def test_erased_with_her_it_is_gone_and_the_family_reads_of_no_change(cast: Cast) -> None:
    from webapp import rights

    donor, family = cast.donor, cast.recipient
    begin(family, donor, "Is it there", "Yes")
    logged(donor)
    assert changed_of(family)
    with writing() as session:
        rights.erase(session.get_one(Person, donor.person_id))
    with reading() as session:
        assert session.scalar(select(Exposure)) is None
    assert changed_of(family) == ""
