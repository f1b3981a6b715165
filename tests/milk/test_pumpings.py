"""Her freezer: what is set aside for an offer, what leaves it, and that no drop is lost."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.cast import Cast, Phone, offer
from webapp import milk
from webapp.database import now, reading, uuid7, writing
from webapp.milk import Pumping
from webapp.milk.giving import leaving
from webapp.milk.pumpings import frozen_within
from webapp.people import Person

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
VOLUMES = st.lists(st.integers(1, 3000), max_size=30)


@given(volumes=VOLUMES, wanted=st.integers(0, 200_000))
def test_what_leaves_and_what_stays_is_what_was_there(volumes: list[int], wanted: int) -> None:
    gone = leaving(volumes, wanted)
    assert len(gone) == len(volumes)
    assert all(0 <= part <= volume for part, volume in zip(gone, volumes, strict=True))
    assert sum(gone) == min(wanted, sum(volumes))


@given(volumes=VOLUMES, wanted=st.integers(0, 200_000))
def test_whole_bags_leave_before_a_part_and_older_ones_before_younger(
    volumes: list[int], wanted: int
) -> None:
    gone = leaving(volumes, wanted)
    whole = [part == volume for part, volume in zip(gone, volumes, strict=True)]
    assert whole == sorted(whole, reverse=True)
    assert sum(0 < part < volume for part, volume in zip(gone, volumes, strict=True)) <= 1


@pytest.mark.parametrize(
    ("hours", "within"),
    [(0, "24h"), (24, "24h"), (25, "4d"), (96, "4d"), (97, "longer"), (None, "unknown")],
)
def test_how_soon_it_froze_follows_from_when_it_came_to_the_freezer(
    hours: int | None, within: str
) -> None:
    moved = None if hours is None else NOON + timedelta(hours=hours)
    assert frozen_within("frozen", NOON, moved) == within
    assert frozen_within("refrigerated", NOON, moved) == "unknown"


def freezer(phone: Phone, *volumes: int) -> list[uuid.UUID]:
    """So many frozen pumpings of hers, oldest first, a day apart."""
    made = []
    with writing() as session:
        for age, volume in enumerate(volumes):
            pumping = Pumping(
                id=uuid7(),
                person_id=phone.person_id,
                pumped_at=now() - timedelta(days=40 - age),
                volume_ml=volume,
                state="frozen",
                gone="",
            )
            session.add(pumping)
            made.append(pumping.id)
    return made


def batch_of(phone: Phone) -> uuid.UUID:
    """The one batch of an offer that she shares now."""
    fields = offer()
    phone.publish(fields)
    return uuid.UUID(fields["batches-0-id"])


def aside(phone: Phone, batch: uuid.UUID, *ids: uuid.UUID) -> list[str]:
    with writing() as session:
        return milk.set_aside(session.get_one(Person, phone.person_id), batch, ids)


def there(phone: Phone) -> list[tuple[int, str, bool]]:
    """(ml, what became of it, whether it stands in an offer) of all she ever logged, by age."""
    query = select(Pumping).where(Pumping.person_id == phone.person_id)
    with reading() as session:
        rows = session.scalars(query.order_by(Pumping.pumped_at, Pumping.gone.desc()))
        return [(each.volume_ml, each.gone, each.batch_id is not None) for each in rows]


def test_what_is_offered_stands_in_the_offer_and_is_free_again_when_that_is_over(
    cast: Cast,
) -> None:
    first, second, _third = freezer(cast.donor, 100, 100, 100)
    batch = batch_of(cast.donor)
    assert aside(cast.donor, batch, first, second) == []
    with reading():
        assert milk.set_aside_in([batch]) == {batch: [first, second]}
    assert [offered for _ml, _gone, offered in there(cast.donor)] == [True, True, False]
    assert aside(cast.donor, batch, second) == []
    assert [offered for _ml, _gone, offered in there(cast.donor)] == [False, True, False]
    with writing():
        milk.take_back([batch])
    assert [offered for _ml, _gone, offered in there(cast.donor)] == [False] * 3


def test_only_what_is_hers_and_there_and_free_is_set_aside(cast: Cast) -> None:
    first, second = freezer(cast.donor, 100, 100)
    (others,) = freezer(cast.recipient, 100)
    batch, another = batch_of(cast.donor), batch_of(cast.donor)
    for missing in (others, uuid7()):
        assert aside(cast.donor, batch, first, missing) == [
            "Some of this milk is not in your freezer."
        ]
    with writing() as session:
        assert milk.use(session.get_one(Pumping, second)) == {}
    assert aside(cast.donor, batch, second) == ["Some of this milk is gone from your freezer."]
    assert aside(cast.donor, another, first) == []
    assert aside(cast.donor, batch, first) == [
        "Some of this milk stands in another offer of yours."
    ]
    assert there(cast.donor) == [(100, "", True), (100, "used", False)]
    assert there(cast.recipient) == [(100, "", False)]


def test_what_was_given_leaves_oldest_first_and_a_part_bag_keeps_its_rest(cast: Cast) -> None:
    ids = freezer(cast.donor, 100, 120, 140)
    batch = batch_of(cast.donor)
    aside(cast.donor, batch, *ids)
    with writing():
        assert milk.leave(batch, 150) == 150
    assert there(cast.donor) == [
        (100, "given", True),
        (50, "given", True),
        (70, "", True),
        (140, "", True),
    ]
    with writing():
        assert milk.leave(batch, 500) == 210
        assert milk.leave(batch, 10) == 0
    assert {gone for _ml, gone, _offered in there(cast.donor)} == {"given"}
    assert sum(ml for ml, _gone, _offered in there(cast.donor)) == 360


def test_an_offer_may_still_name_what_was_given_of_it(cast: Cast) -> None:
    first, second = freezer(cast.donor, 100, 100)
    batch = batch_of(cast.donor)
    aside(cast.donor, batch, first, second)
    with writing():
        milk.leave(batch, 100)
    assert aside(cast.donor, batch, first, second) == []
    assert there(cast.donor) == [(100, "given", True), (100, "", True)]


def test_bags_are_counted_as_they_leave(cast: Cast) -> None:
    (only,) = freezer(cast.donor, 300)
    batch = batch_of(cast.donor)
    with writing() as session:
        session.get_one(Pumping, only).portions = 3
    aside(cast.donor, batch, only)
    with writing():
        milk.leave(batch, 200)
    with reading() as session:
        bags = session.scalars(select(Pumping).order_by(Pumping.volume_ml)).all()
        assert [(each.volume_ml, each.portions) for each in bags] == [(100, 1), (200, 2)]


def test_milk_of_an_offer_that_is_gone_for_good_is_free(cast: Cast) -> None:
    (only,) = freezer(cast.donor, 300)
    batch = batch_of(cast.donor)
    aside(cast.donor, batch, only)
    with writing() as session:
        session.delete(session.get_one(milk.Batch, batch))
    with reading() as session:
        assert session.get_one(Pumping, only).batch_id is None
