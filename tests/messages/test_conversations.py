"""Two people about one listing: writing, answering, opening, leaving; and nobody else."""

from typing import Any

import pytest

from tests.cast import GRESHAM, Cast, offer, request
from tests.messages.pen import Pen
from webapp.database import uuid7
from webapp.worker import match

GONE = "Not available any more."


@pytest.fixture
def both(cast: Cast) -> tuple[Pen, Pen]:
    """A family that asks a donor about her offer; each has a listing of her own."""
    offered = cast.donor.publish(
        offer(
            medicine="some",
            medicine_detail="Sertraline, 50 mg",
            nicotine="none",
            note="Ring twice",
            bereaved="y",
        )
    )
    needed = cast.recipient.publish(request(fragile="preterm", clinician_read="y"))
    family = Pen(cast.recipient, offered, needed)
    return family, Pen(cast.donor, needed, offered, starter=cast.recipient)


def errors(result: dict[str, Any]) -> str:
    assert result["outcome"] == "rejected", result
    return " ".join(words for said in result["errors"].values() for words in said)


def test_a_letter_reaches_the_other_and_is_answered(both: tuple[Pen, Pen]) -> None:
    family, donor = both
    assert family.write("Could we have some?")["outcome"] == "done"
    assert donor.letters() == ["Could we have some?"]
    assert donor.write("Gladly.")["outcome"] == "done"
    assert family.write("On Tuesday?")["outcome"] == "done"
    assert family.letters() == donor.letters() == ["Could we have some?", "Gladly.", "On Tuesday?"]


def test_each_sees_the_others_card_and_nothing_unopened(both: tuple[Pen, Pen]) -> None:
    family, donor = both
    family.write("Could we have some?")
    to_family, to_donor = family.shown(), donor.shown()
    assert to_family["card"]["kind"] == "offer"
    assert to_donor["card"]["kind"] == "request"
    assert to_family["started"] is True
    assert "started" not in to_donor
    assert "opened" not in to_family
    assert "opened" not in to_donor
    assert "Sertraline" not in str(family.phone.rows)


def test_what_she_opens_to_one_person_she_can_take_back(both: tuple[Pen, Pen]) -> None:
    family, donor = both
    family.write("Could we have some?")
    donor.do("open", {"opens": ["details", "name", "note"]})
    seen = family.shown()
    assert seen["opened"] == {
        "name": "Rosa",
        "note": "Ring twice",
        "details": [{"what": "medicine", "answer": "some", "text": "Sertraline, 50 mg"}],
        "bereaved": True,
    }
    donor.do("open", {"opens": ["name"]})
    assert family.shown()["opened"] == {"name": "Rosa"}
    donor.do("open", {"opens": []})
    assert "opened" not in family.shown()


def test_a_family_opens_what_it_said_of_the_baby(both: tuple[Pen, Pen]) -> None:
    family, donor = both
    family.write("Could we have some?")
    family.do("open", {"opens": ["details"]})
    assert donor.shown()["opened"] == {"fragile": "preterm"}


def test_until_there_is_an_answer_there_is_one_letter(both: tuple[Pen, Pen]) -> None:
    family, donor = both
    family.write("Could we have some?")
    assert "when there is an answer" in errors(family.write("Hello?"))
    assert donor.letters() == ["Could we have some?"]


def test_a_first_letter_is_short_and_holds_no_number(both: tuple[Pen, Pen]) -> None:
    family, donor = both
    assert "500" in errors(family.write("a" * 501))
    assert "telephone" in errors(family.write("Call 503 555 0199"))
    assert family.sees() is None
    family.write("Could we have some?")
    donor.write("Call 503 555 0199")
    assert family.write("b" * 2000)["outcome"] == "done"
    assert "2000" in errors(family.write("b" * 2001))


def test_to_write_first_takes_an_open_listing_of_the_other_kind(
    cast: Cast, both: tuple[Pen, Pen]
) -> None:
    family, donor = both
    assert "of your own first" in errors(family.write("Hello", mine=""))
    assert "of your own first" in errors(family.write("Hello", mine=donor.mine))
    also_offering = cast.recipient.publish(offer())
    assert "an offer answers a request" in errors(family.write("Hello", mine=also_offering)).lower()
    cast.recipient.do("listing.pause", family.mine)
    assert "of your own first" in errors(family.write("Hello"))


def test_nobody_writes_to_herself(cast: Cast, both: tuple[Pen, Pen]) -> None:
    _family, donor = both
    own = Pen(cast.donor, donor.mine, donor.mine)
    assert "your own" in errors(own.write("Hello me"))


def test_a_withdrawn_listing_takes_no_first_letter_but_goes_on_with_those_begun(
    cast: Cast, both: tuple[Pen, Pen]
) -> None:
    family, donor = both
    family.write("Could we have some?")
    donor.write("Yes")
    cast.donor.do("listing.withdraw", family.listing)
    assert family.write("On Tuesday?")["outcome"] == "done"
    late = cast.somebody("Ines", GRESHAM)
    mine = late.publish(request())
    assert errors(Pen(late, family.listing, mine).write("Me too")) == GONE


def test_who_cannot_have_come_upon_a_listing_finds_none(cast: Cast, both: tuple[Pen, Pen]) -> None:
    family, _donor = both
    mine = cast.outsider.publish(request())
    assert errors(Pen(cast.outsider, family.listing, mine).write("Hello")) == GONE
    assert cast.outsider.held("me", "conversation") == []


def test_an_outsider_can_do_nothing_in_it(cast: Cast, both: tuple[Pen, Pen]) -> None:
    family, _donor = both
    family.write("Could we have some?")
    for verb in ("leave", "open", "block"):
        result = cast.outsider.do(f"conversation.{verb}", family.conversation)
        assert result["outcome"] == "rejected"
    result = cast.outsider.do("conversation.read", family.conversation, {"position": "1"})
    assert result["outcome"] == "rejected"
    fields = {"conversation": family.conversation, "text": "Hello"}
    assert errors(cast.outsider.do("message.send", uuid7(), fields)) == GONE


def test_five_conversations_are_begun_a_day(cast: Cast) -> None:
    needed = cast.recipient.publish(request())
    for n in range(6):
        somebody = cast.somebody(f"Donor {n}", GRESHAM)
        pen = Pen(cast.recipient, somebody.publish(offer()), needed)
        result = pen.write("Could we have some?")
        if n < 5:
            assert result["outcome"] == "done"
    assert "five conversations a day" in errors(result)


def test_the_sixth_letter_waits_and_is_told_when_there_is_room(cast: Cast) -> None:
    offered = cast.donor.publish(offer())
    pens = []
    for n in range(6):
        somebody = cast.somebody(f"Family {n}", GRESHAM)
        pens.append(Pen(somebody, offered, somebody.publish(request())))
    for pen in pens[:5]:
        assert pen.write("Could we have some?")["outcome"] == "done"
    assert "five letters to answer" in errors(pens[5].write("And we?"))
    answer = Pen(cast.donor, pens[0].mine, offered, starter=pens[0].phone)
    assert answer.write("Yes")["outcome"] == "done"
    pens[5].phone.sync()
    told = [row for row in pens[5].phone.held("me", "alert") if row["kind"] == "free"]
    assert [row["listing"] for row in told] == [offered]
    assert pens[5].write("And we?")["outcome"] == "done"


def test_who_leaves_has_nothing_of_it_any_more_and_the_other_reads_gone(
    both: tuple[Pen, Pen],
) -> None:
    family, donor = both
    family.write("Could we have some?")
    donor.write("Yes")
    family.sees()
    family.do("leave")
    assert family.sees() is None
    assert family.letters() == []
    seen = donor.shown()
    assert seen["gone"] is True
    assert "card" not in seen
    assert donor.letters() == ["Could we have some?", "Yes"]
    assert errors(donor.write("Hello?")) == GONE
    assert errors(family.write("I'm back")) == GONE


def test_a_letter_is_marked_delivered_when_the_others_phone_has_it(both: tuple[Pen, Pen]) -> None:
    family, donor = both
    family.write("Could we have some?")
    assert "delivered" not in family.shown()
    donor.phone.sync()
    donor.phone.sync()
    assert family.shown()["delivered"] == 1


def test_reading_is_shown_only_by_who_chose_to(cast: Cast, both: tuple[Pen, Pen]) -> None:
    family, donor = both
    family.write("Could we have some?")
    donor.do("read", {"position": "1"})
    assert "seen" not in family.shown()
    cast.donor.do("person.edit", cast.donor.person_id, {"read_marks": "y"}, was={})
    donor.write("Yes")
    assert family.shown()["seen"] == 2


def test_reading_goes_neither_backwards_nor_past_the_end(both: tuple[Pen, Pen]) -> None:
    family, donor = both
    family.write("Could we have some?")
    assert "read" not in donor.shown()
    donor.do("read", {"position": "99"})
    assert donor.shown()["read"] == 1
    donor.do("read", {"position": "0"})
    assert donor.shown()["read"] == 1


def test_a_letter_sent_twice_is_written_once(both: tuple[Pen, Pen]) -> None:
    family, donor = both
    letter = {
        "id": str(uuid7()),
        "kind": "message.send",
        "row": str(uuid7()),
        "after": [],
        "made_at": "2026-11-21T10:00:00Z",
        "fields": {
            "conversation": family.conversation,
            "listing": family.listing,
            "mine": family.mine,
            "text": "Once",
        },
    }
    outcomes = [result["outcome"] for result in family.phone.sync(letter, letter)]
    outcomes += [result["outcome"] for result in family.phone.sync(letter)]
    assert outcomes == ["done"] * 3
    assert donor.letters() == ["Once"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("שלום \u202eabc", "שלום \u202eabc"),
        ("👩‍🍼 merci", "👩‍🍼 merci"),
        ("a" + "\n" * 10_000 + "b", "a\n\nb"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("  a\x00b\x07  ", "ab"),
    ],
)
def test_odd_texts_arrive_as_they_were_meant(both: tuple[Pen, Pen], text: str, kept: str) -> None:
    family, donor = both
    assert family.write(text)["outcome"] == "done"
    assert donor.letters() == [kept]


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\u200d", "\u200e"])
def test_a_letter_in_which_nothing_can_be_seen_is_none(both: tuple[Pen, Pen], text: str) -> None:
    family, _donor = both
    assert "needs an answer" in errors(family.write(text))


def test_a_suspended_person_neither_writes_nor_is_written_to(
    cast: Cast, both: tuple[Pen, Pen]
) -> None:
    from webapp import moderation
    from webapp.database import writing
    from webapp.people import Person

    family, donor = both
    family.write("Could we have some?")
    with writing() as session:
        moderation.suspend(session.get_one(Person, cast.donor.person_id))
    assert donor.phone.send().status_code == 403
    assert family.shown()["gone"] is True
    assert errors(family.write("Hello?")) == GONE


def test_blocked_reads_not_available_any_more(cast: Cast, both: tuple[Pen, Pen]) -> None:
    family, donor = both
    match()
    family.write("Could we have some?")
    donor.write("No")
    assert donor.do("block")["outcome"] == "done"
    theirs, hers = family.shown(), donor.shown()
    assert theirs["gone"] is True
    assert "blocked" not in theirs
    assert hers["blocked"] is True
    assert errors(family.write("Why?")) == GONE
    assert cast.recipient.held("near", "listing") == []
    assert cast.recipient.held("me", "match") == []
    (block,) = cast.donor.held("me", "block")
    assert cast.donor.do("block.lift", block["id"])["outcome"] == "done"
    match()
    assert "gone" not in family.shown()
    assert len(cast.recipient.held("near", "listing")) == 1
    assert len(cast.recipient.held("me", "match")) == 1
    assert family.write("Thank you")["outcome"] == "done"


def test_a_name_that_is_opened_is_the_name_she_has_now(both: tuple[Pen, Pen]) -> None:
    family, donor = both
    family.write("Could we have some?")
    donor.do("open", {"opens": ["name"]})
    assert family.shown()["opened"]["name"] == "Rosa"
    her = donor.phone.person_id
    donor.phone.do("person.edit", her, {"name": "Rosa M."}, was={"name": "Rosa"})
    assert family.shown()["opened"]["name"] == "Rosa M."
