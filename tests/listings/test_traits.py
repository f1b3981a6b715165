"""What a card says as bits: the same filter as the phone's own, and nothing that is hidden."""

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast, offer, request, today
from webapp import milk
from webapp.database import db, writing
from webapp.listings import Listing
from webapp.listings.traits import AGE, AGE_SAID, FREE_OF, KEPT, STATE, traits, traits_of, wanted

ROOT = Path(__file__).parent.parent.parent
PHONES = """
import { filters, sift } from "./webapp/static/js/views/nearby-filter.js";
let text = "";
for await (const part of process.stdin) text += part;
const answers = JSON.parse(text).map(([cards, choice]) =>
  sift(cards, filters(choice)).map((list) => list.map(({ id }) => id)),
);
console.log(JSON.stringify(answers));
"""

DIETS, FREE, STATES, AGES = sorted(KEPT), sorted(FREE_OF), sorted(STATE), sorted(AGE)
months = st.dates(date(2026, 1, 1), date(2026, 6, 30)).map(lambda day: day.isoformat())


def drop_empty(card: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in card.items() if value not in (None, "", [], {})}


offers = st.fixed_dictionaries(
    {
        "kind": st.just("offer"),
        "volume_ml": st.integers(0, 3000),
        "state": st.sampled_from(STATES) | st.lists(st.sampled_from(STATES), min_size=2),
        "pumped": st.none() | st.lists(months.map(lambda m: m[:7]), min_size=2).map(sorted),
        "diet": st.dictionaries(st.sampled_from(DIETS), st.just("") | months),
        "age_band": st.none() | st.sampled_from(AGES),
        **{code: st.sampled_from([None, "none", "ask"]) for code in FREE},
    }
).map(drop_empty)
requests = st.fixed_dictionaries(
    {
        "kind": st.just("request"),
        "volume_ml": st.integers(0, 3000),
        "diet": st.dictionaries(st.sampled_from(DIETS), st.sampled_from([0, 2, 8])),
        "age_band": st.none() | st.sampled_from(AGES),
    }
).map(drop_empty)
cards = offers | requests
choices = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["offer", "request"]),
        "diet": st.sets(st.sampled_from(DIETS), max_size=3).map(sorted),
        "avoid": st.sets(st.sampled_from(FREE), max_size=3).map(sorted),
        "state": st.sets(st.sampled_from(STATES), max_size=2).map(sorted),
        "least_ml": st.sampled_from([0, 100, 1500]),
        "age_band": st.sets(st.sampled_from(AGES), max_size=3).map(sorted),
    }
)


def keeps(card: dict[str, Any], choice: dict[str, Any], unsaid: bool) -> bool:
    mask = wanted(**choice, unsaid=unsaid)
    return mask.takes(card["kind"], traits_of(card), card.get("volume_ml", 0))


def test_the_bits_filter_as_the_phone_does(tmp_path: Path) -> None:
    asked: list[Any] = []

    @given(st.lists(cards, min_size=1, max_size=8), choices)
    def gather(some: list[dict[str, Any]], choice: dict[str, Any]) -> None:
        same = [card for card in some if card["kind"] == choice["kind"]]
        asked.append(([{"id": str(n)} | card for n, card in enumerate(same)], choice))

    gather()
    sent = [
        (
            [{"volume_ml": 0} | card for card in some],
            {
                **{name: value for name, value in choice.items() if name != "least_ml"},
                "kind": [choice["kind"]],
                "volume_ml": [str(choice["least_ml"] or "")],
            },
        )
        for some, choice in asked
    ]
    answer = subprocess.run(
        ["node", "--input-type=module", "-e", PHONES],
        input=json.dumps(sent),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    phones = json.loads(answer.stdout)
    assert len(phones) == len(asked) > 50
    for (some, choice), (fit, possible) in zip(asked, phones, strict=True):
        for unsaid, theirs in ((False, fit), (True, possible)):
            assert [card["id"] for card in some if keeps(card, choice, unsaid)] == theirs, choice


@given(cards, choices)
def test_what_fits_is_among_what_may_fit(card: dict[str, Any], choice: dict[str, Any]) -> None:
    assert keeps(card, choice, unsaid=True) or not keeps(card, choice, unsaid=False)


@given(cards)
def test_a_bit_fits_a_signed_number_of_eight_bytes(card: dict[str, Any]) -> None:
    assert 0 <= traits_of(card) < 1 << 63


def test_every_code_of_the_lists_has_a_bit_of_its_own() -> None:
    for places, codes in (
        (KEPT, milk.DIETS),
        (FREE_OF, milk.EXPOSURES),
        (STATE, milk.STATES),
        (AGE, milk.AGE_BANDS),
    ):
        assert {*places} == {code for code, _label in codes}
    taken = [*KEPT.values(), *(16 + bit for bit in KEPT.values()), *FREE_OF.values()]
    taken += [*STATE.values(), *AGE.values(), AGE_SAID]
    assert len(taken) == len({*taken})
    assert max(taken) < 63


@pytest.mark.parametrize(("name", "value"), [("diet", ["sugar_free"]), ("state", ["boiled"])])
def test_what_is_no_code_can_not_be_asked_for(name: str, value: list[str]) -> None:
    with pytest.raises(KeyError):
        wanted("offer", **{name: value})


def test_hidden_answers_leave_no_trace(cast: Cast) -> None:
    plain = cast.donor.publish(offer())
    telling = cast.donor.publish(
        offer(
            diet=["dairy_free", "halal"],
            since__halal=today(-300),
            medicine="some",
            alcohol="talk",
            bereaved="y",
            note="call me",
        )
    )
    first, second = (db.session.get_one(Listing, row) for row in map(as_id, (plain, telling)))
    assert traits(first) == traits(second)


def test_a_listing_keeps_the_bits_of_its_card(cast: Cast) -> None:
    ids = [
        cast.donor.publish(offer(medicine="none", age_band="1_3m")),
        cast.recipient.publish(request(must=["dairy_free"], weeks__dairy_free="3")),
    ]
    for listing in (db.session.get_one(Listing, as_id(text)) for text in ids):
        assert listing.traits == traits(listing) != 0
    db.session.rollback()
    made = cast.donor.publish(offer())
    result = cast.donor.do("listing.edit", made, {"alcohol": "none"}, was={"alcohol": ""})
    assert result["outcome"] == "done", result
    edited = db.session.get_one(Listing, as_id(made))
    assert edited.traits == traits(edited)
    assert edited.traits & 1 << FREE_OF["alcohol"]


def test_the_migration_gives_rows_the_bits_of_their_cards(cast: Cast) -> None:
    from importlib import import_module

    cast.donor.publish(offer(medicine="none", illness="talk", age_band="3_6m"))
    cast.donor.publish(
        offer(diet=["vegan", "soy_free"], since__soy_free=today(-1), since__dairy_free=None)
    )
    cast.donor.publish(offer(batches__0__look="y", diet=["halal"], show_belief="y"))
    cast.recipient.publish(request(must=["vegan"], weeks__vegan="0", age_band="1_3m"))
    with writing() as session:
        session.execute(db.update(Listing).values(traits=0))
    migration = import_module("webapp.migrations.versions.20261123_search")
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    with writing() as session:
        with Operations.context(MigrationContext.configure(session.connection())):
            migration._fill()
        session.expire_all()
        listings = session.query(Listing).all()
        assert len(listings) == 4
        for listing in listings:
            assert listing.traits == traits(listing) != 0


def as_id(text: str) -> UUID:
    return UUID(text)
