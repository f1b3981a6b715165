"""What a phone did goes in once; bad input is answered in the wire's shape."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.cast import SAME_ORIGIN, Cast, offer, operation, request, today
from webapp import sync
from webapp.database import db, reading, uuid7
from webapp.listings import Listing


def listings_there() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Listing)) or 0


def test_an_offer_is_published_and_answered_whole(cast: Cast) -> None:
    listing_id = str(uuid7())
    result = cast.donor.do("listing.publish", listing_id, offer())
    (row,) = result["rows"]["listing"]
    assert result["outcome"] == "done"
    assert row["id"] == listing_id
    assert row["mine"] is True
    assert row["fields"]["volume_ml"] == "11830"
    assert cast.donor.held("me", "listing") == [row]


def test_the_same_request_sent_twice_makes_one_listing(cast: Cast) -> None:
    made = operation("listing.publish", uuid7(), offer())
    first, second = cast.donor.sync(made), cast.donor.sync(made)
    assert first == second
    assert listings_there() == 1


def test_the_same_operation_twice_in_one_request_makes_one_listing(cast: Cast) -> None:
    made = operation("listing.publish", uuid7(), offer())
    first, second = cast.donor.sync(made, made)
    assert first == second
    assert listings_there() == 1


def test_a_rejected_operation_stays_rejected_when_it_is_sent_again(cast: Cast) -> None:
    made = operation("listing.publish", uuid7(), offer(volume_ml="-5"))
    first, second = cast.donor.sync(made)[0], cast.donor.sync(made)[0]
    assert first["outcome"] == second["outcome"] == "rejected"
    assert (
        first["errors"] == second["errors"] == {"volume_ml": ["Write a number from 1 to 200000."]}
    )


BAD_FIELDS: list[tuple[dict[str, Any], str]] = [
    ({"volume_ml": "-1"}, "volume_ml"),
    ({"volume_ml": "0"}, "volume_ml"),
    ({"volume_ml": "1_000"}, "volume_ml"),
    ({"volume_ml": "12.5"}, "volume_ml"),
    ({"volume_ml": "1.000,5"}, "volume_ml"),
    ({"batches__0__volume_ml": "11832"}, "volume_ml"),
    ({"batches__0__portions": "0"}, "batches-0-portions"),
    ({"batches__0__pumped_from": "1926-11-21"}, "batches-0-pumped_from"),
    ({"batches__0__pumpings": ["one"]}, "batches-0-pumpings"),
    ({"volume_ml": "9" * 30}, "volume_ml"),
    ({"volume_ml": None}, "volume_ml"),
    ({"batches__0__pumped_to": today(3)}, "batches-0-pumped_to"),
    ({"batches__0__pumped_from": "2026-02-30"}, "batches-0-pumped_from"),
    ({"batches__0__pumped_from": today(-500)}, "batches-0-pumped_from"),
    ({"batches__0__pumped_from": None, "batches__0__pumped_to": None}, "batches-0-pumped_from"),
    ({"batches__0__state": "cooked"}, "batches-0-state"),
    ({"batches__0__id": "seven"}, "batches-0-id"),
    ({"diet": ["carnivore"]}, "diet"),
    ({"place": "geonames:0"}, "place"),
    ({"place": "91.00,10.00"}, "place"),
    ({"place": "cell:8828308281fffff"}, "place"),
    ({"note": "x" * 1_000_000}, "note"),
    ({"medicine": "lots"}, "medicine"),
    ({"handover": ["my_home"]}, "handover"),
    ({"reach_km": "151"}, "reach_km"),
    ({"open_days": "31"}, "open_days"),
    ({"price": "20"}, "price"),
    ({"kind": "sale"}, "kind"),
    ({"volume_ml": 400}, "volume_ml"),
    ({"volume_ml": {"oz": 400}}, "volume_ml"),
    ({"diet": [1, 2]}, "diet"),
    ({"diet": ["dairy_free"] * 401}, "diet"),
    ({"note": None, "volume_ml": True}, "volume_ml"),
    ({f"batches__{n}__state": "frozen" for n in range(25)}, "batches"),
    ({f"batches__{n}__state": "frozen" for n in range(1000)}, "batches"),
    ({"batches__7__state": "frozen", "batches__0__state": None}, "batches"),
]


@pytest.mark.parametrize(("changed", "name"), BAD_FIELDS)
def test_a_bad_answer_is_named_and_nothing_else_in_the_request_is_lost(
    cast: Cast, changed: dict[str, Any], name: str
) -> None:
    before = operation("listing.publish", uuid7(), offer())
    bad = operation("listing.publish", uuid7(), offer(**changed))
    after = operation("listing.publish", uuid7(), request())
    outcomes = cast.donor.sync(before, bad, after)
    assert [result["outcome"] for result in outcomes] == ["done", "rejected", "done"]
    assert name in outcomes[1]["errors"]
    assert all(
        isinstance(said, str) for errors in outcomes[1]["errors"].values() for said in errors
    )
    assert listings_there() == 2


@pytest.mark.parametrize(
    ("text", "kept_as"),
    [
        ("\x00", ""),
        ("\u202e\u200b", "\u202e\u200b"),
        ("😀" * 500, "😀" * 500),
        ("\n" * 900, "\n\n"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; --", "'; --"),
    ],
)
def test_awkward_text_is_kept_as_text(cast: Cast, text: str, kept_as: str) -> None:
    row = cast.donor.publish(offer(note=f"a{text}b"))
    kept = cast.donor.held("me", "listing")[0]["fields"]["note"]
    assert kept == f"a{kept_as}b"
    assert cast.donor.do("listing.pause", row)["outcome"] == "done"


def test_today_in_auckland_is_not_in_the_future(cast: Cast) -> None:
    in_auckland = (datetime.now(UTC) + timedelta(hours=13)).date().isoformat()
    cast.donor.publish(offer(batches__0__pumped_to=in_auckland))


BAD_OPERATIONS: list[tuple[Any, str]] = [
    ("not an object", ""),
    ({}, "id"),
    ({"id": "seven"}, "id"),
    ({"id": 7}, "id"),
    ({"row": "nowhere"}, "row"),
    ({"kind": "listing.sell"}, "kind"),
    ({"kind": ["listing.publish"]}, "kind"),
    ({"after": "everything"}, "after"),
    ({"after": ["no id"]}, "after"),
    ({"made_at": "yesterday"}, "made_at"),
    ({"made_at": "2026-11-21T10:00:00"}, "made_at"),
    ({"made_at": "0001-01-01T00:00:00+23:00"}, "made_at"),
    ({"fields": ["volume_ml"]}, "fields"),
    ({"fields": {f"n{n}": "" for n in range(700)}}, "fields"),
    ({"fields": {"n" * 61: ""}}, "fields"),
    ({"was": 3}, "was"),
]


@pytest.mark.parametrize(("changed", "name"), BAD_OPERATIONS)
def test_a_malformed_operation_is_answered_and_its_neighbours_are_done(
    cast: Cast, changed: Any, name: str
) -> None:
    good = operation("listing.publish", uuid7(), offer())
    bad = (
        {**operation("listing.publish", uuid7(), offer()), **changed}
        if isinstance(changed, dict) and changed
        else changed
    )
    refused, done = cast.donor.sync(bad, good)
    assert refused["outcome"] == "rejected"
    assert name in refused["errors"]
    assert done["outcome"] == "done"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not json", 400),
        (b'{"protocol": NaN}', 400),
        (b"[]", 400),
        (b"{}", 426),
        (b'{"protocol": 1}', 400),
        (b'{"protocol": 1, "device": "x", "sent_at": "2026-11-21T10:00:00Z"}', 400),
        (b'{"protocol": 2}', 426),
        (b"x" * (2 * 1024 * 1024 + 1), 413),
    ],
)
def test_a_request_that_can_not_be_read_is_answered_in_the_wires_shape(
    cast: Cast, body: bytes, status: int
) -> None:
    response = cast.donor.client.post(
        "/api/sync", data=body, content_type="application/json", headers=SAME_ORIGIN
    )
    assert response.status_code == status
    assert response.json["error"]
    assert response.json["message"]


def test_more_operations_than_a_request_takes_are_refused_whole(cast: Cast) -> None:
    many = [operation("listing.publish", uuid7(), offer()) for _ in range(101)]
    assert cast.donor.send(*many).status_code == 400
    assert listings_there() == 0


def test_another_persons_listing_answers_like_one_that_is_not_there(cast: Cast) -> None:
    hers = cast.donor.publish(offer())
    for kind in ("withdraw", "pause", "resume", "renew", "enough"):
        on_hers = cast.outsider.do(f"listing.{kind}", hers)
        on_none = cast.outsider.do(f"listing.{kind}", uuid7())
        assert on_hers["errors"] == on_none["errors"]
    edited = cast.outsider.do("listing.edit", hers, {"volume_ml": "5"}, was={"volume_ml": "11830"})
    assert edited["outcome"] == "rejected"
    with reading():
        assert db.session.get_one(Listing, uuid.UUID(hers)).status == "open"


def test_another_person_can_not_be_welcomed_or_edited(cast: Cast) -> None:
    result = cast.outsider.do("person.edit", cast.donor.person_id, {"name": "Mallory"})
    assert result["errors"] == {"row": ["That is somebody else."]}


def test_an_id_that_another_person_used_is_each_ones_own_affair(cast: Cast) -> None:
    made = operation("listing.publish", uuid7(), offer())
    assert cast.donor.sync(made)[0]["outcome"] == "done"
    taken = cast.recipient.sync(made)[0]
    assert taken["errors"] == {"row": ["This id is taken. Make a new one."]}
    assert "rows" not in taken
    again = cast.recipient.sync({**made, "id": made["id"], "row": str(uuid7())})[0]
    assert again["outcome"] == "rejected"
    assert listings_there() == 1


def test_another_persons_phone_is_refused_and_nothing_is_applied(cast: Cast) -> None:
    cast.donor.sync()
    cast.recipient.device = cast.donor.device
    response = cast.recipient.send(operation("listing.publish", uuid7(), request()))
    assert response.status_code == 409
    assert response.json["error"] == "other_device"
    assert listings_there() == 0


def test_what_builds_on_something_unfinished_waits_and_is_done_when_that_is(cast: Cast) -> None:
    row = uuid7()
    first = operation("listing.publish", row, offer())
    then = operation("listing.pause", row, after=[first["id"]])
    assert [r["outcome"] for r in cast.donor.sync(then, first)] == ["waiting", "done"]
    assert cast.donor.sync(then)[0]["outcome"] == "done"


def test_what_builds_on_a_rejected_operation_keeps_waiting(cast: Cast) -> None:
    row = uuid7()
    first = operation("listing.publish", row, offer(volume_ml="0"))
    then = operation("listing.pause", row, after=[first["id"]])
    assert [r["outcome"] for r in cast.donor.sync(first, then)] == ["rejected", "waiting"]


def test_an_unexpected_error_fails_alone_and_is_tried_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_args: Any) -> Any:
        raise RuntimeError("out of order")

    whole = sync.OPERATIONS["listing.pause"]
    monkeypatch.setitem(sync.OPERATIONS, "listing.pause", sync.Kind("listing", whole.forms, breaks))
    row = cast.donor.publish(offer())
    pause = operation("listing.pause", row)
    other = operation("listing.publish", uuid7(), request())
    assert [r["outcome"] for r in cast.donor.sync(pause, other)] == ["failed", "done"]
    monkeypatch.setitem(sync.OPERATIONS, "listing.pause", whole)
    assert cast.donor.sync(pause)[0]["outcome"] == "done"


def test_an_offer_sent_two_days_after_it_was_written_is_asked_about(cast: Cast) -> None:
    long_ago = (datetime.now(UTC) - timedelta(hours=49)).isoformat()
    row = uuid7()
    assert cast.donor.do("listing.publish", row, offer(), made_at=long_ago)["outcome"] == "confirm"
    assert cast.donor.do("listing.publish", row, offer())["outcome"] == "done"


def test_a_wrong_clock_does_no_harm(cast: Cast) -> None:
    last_year = (datetime.now(UTC) - timedelta(days=400)).isoformat()
    response = cast.donor.send(
        operation("listing.publish", uuid7(), offer(), made_at=last_year), sent_at=last_year
    )
    assert response.json["results"][0]["outcome"] == "done"


def test_edits_of_different_fields_merge_and_of_the_same_field_conflict(cast: Cast) -> None:
    row = cast.donor.publish(offer(note="at the market"))
    phone = cast.phone(cast.donor.person_id)
    was = {"volume_ml": "11830"}
    assert cast.donor.do("listing.edit", row, {"volume_ml": "9000"}, was=was)["outcome"] == "done"
    noted = phone.do("listing.edit", row, {"note": "at the library"}, was={"note": "at the market"})
    assert noted["outcome"] == "done"
    clash = phone.do("listing.edit", row, {"volume_ml": "8000"}, was=was)
    assert clash["outcome"] == "conflict"
    assert clash["conflicts"] == {"volume_ml": {"yours": "8000", "theirs": "9000"}}
    fields = noted["rows"]["listing"][0]["fields"]
    assert (fields["volume_ml"], fields["note"]) == ("9000", "at the library")


def test_an_edit_is_validated_as_the_whole_form(cast: Cast) -> None:
    row = cast.donor.publish(request(must=["dairy_free"], **{"weeks-dairy_free": "3"}))
    result = cast.donor.do("listing.edit", row, {"must": ["dairy_free", "soy_free"]}, was={})
    assert result["outcome"] in ("rejected", "conflict")
    result = cast.donor.do(
        "listing.edit", row, {"must": ["dairy_free", "soy_free"]}, was={"must": ["dairy_free"]}
    )
    assert result["errors"] == {"must": ["Say for how many weeks before pumping."]}


def test_nobody_publishes_before_she_was_asked_for_consent(cast: Cast) -> None:
    person = cast.somebody("Nora", (45.5, -122.4, 200_000), consents=[], welcomed_at=None)
    assert person.do("listing.publish", uuid7(), offer())["outcome"] == "rejected"
