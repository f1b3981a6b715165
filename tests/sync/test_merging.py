"""Edits lay over today's values, whichever way they come."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.sync.merging import merge

NAMES = st.sampled_from(["volume_ml", "note", "diet", "reach_km"])
VALUES = st.one_of(
    st.sampled_from(["", "1", "2", "3"]), st.lists(st.sampled_from("abc"), unique=True)
)
FIELDS = st.dictionaries(NAMES, VALUES)


def filled(fields: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    return {
        name: sorted(value) if isinstance(value, list) else value
        for name, value in fields.items()
        if value
    }


@given(today=FIELDS, fields=FIELDS)
def test_an_edit_of_what_she_saw_never_conflicts_and_leaves_the_rest(
    today: dict[str, str | list[str]], fields: dict[str, str | list[str]]
) -> None:
    merged = merge(today, fields, was={name: today.get(name, "") for name in fields})
    assert merged.conflicts == {}
    assert merged.fields == filled({**today, **fields})


@given(today=FIELDS, fields=FIELDS, was=FIELDS)
def test_it_conflicts_only_where_today_differs_from_both(
    today: dict[str, str | list[str]],
    fields: dict[str, str | list[str]],
    was: dict[str, str | list[str]],
) -> None:
    clashing = {
        name
        for name in fields
        if filled(today).get(name) not in (filled(fields).get(name), filled(was).get(name))
    }
    assert set(merge(today, fields, was).conflicts) == clashing


@given(today=FIELDS, fields=FIELDS)
def test_an_edit_laid_over_itself_changes_nothing(
    today: dict[str, str | list[str]], fields: dict[str, str | list[str]]
) -> None:
    once = merge(today, fields, was=today).fields
    assert merge(once, fields, was=today).fields == once
    assert merge(once, fields, was=today).conflicts == {}


def test_a_batch_merges_as_a_unit_by_its_own_id() -> None:
    def batch(state: str, number: int = 0) -> dict[str, str | list[str]]:
        return {f"batches-{number}-id": "b1", f"batches-{number}-state": state}

    kept = merge(batch("frozen"), batch("fresh"), was=batch("frozen"))
    assert kept.fields == batch("fresh")
    clash = merge(batch("refrigerated"), batch("fresh"), was=batch("frozen"))
    assert clash.conflicts["batches-0-state"] == {"yours": "fresh", "theirs": "refrigerated"}


def batches(*said: tuple[str, str]) -> dict[str, str | list[str]]:
    """Batches of these ids and states, by flat names; one without an id has no words left."""
    return {
        f"batches-{n}-{name}": value
        for n, (batch, state) in enumerate(said)
        for name, value in (("id", batch), ("state", state))
    }


def test_an_edit_of_one_batch_leaves_the_others() -> None:
    today = batches(("b1", "frozen"), ("b2", "frozen"), ("b3", "fresh"))
    second = {"batches-1-id": "b2", "batches-1-state": "fresh"}
    merged = merge(today, second, was={**second, "batches-1-state": "frozen"})
    assert merged.conflicts == {}
    assert merged.fields == batches(("b1", "frozen"), ("b2", "fresh"), ("b3", "fresh"))


def test_a_batch_of_which_nothing_is_left_is_taken_out() -> None:
    today = batches(("b1", "frozen"), ("b2", "frozen"), ("b3", "fresh"))
    nothing: dict[str, str | list[str]] = {"batches-1-id": "", "batches-1-state": ""}
    was: dict[str, str | list[str]] = {"batches-1-id": "b2", "batches-1-state": "frozen"}
    assert merge(today, nothing, was).fields == batches(("b1", "frozen"), ("b3", "fresh"))
    changed = batches(("b1", "frozen"), ("b2", "refrigerated"))
    clash = merge(changed, nothing, was)
    assert clash.conflicts["batches-1-state"] == {"yours": "", "theirs": "refrigerated"}
    assert clash.conflicts["batches-1-id"] == {"yours": "", "theirs": "b2"}


def test_a_conflict_of_a_batch_is_told_under_the_number_that_the_phone_gave_it() -> None:
    today = batches(("b3", "refrigerated"), ("b2", "frozen"))
    wanted = batches(("b2", "frozen"), ("b1", "fresh"), ("b3", "fresh"))
    seen = batches(("b2", "frozen"), ("", ""), ("b3", "frozen"))
    clash = merge(today, wanted, was=seen)
    assert set(clash.conflicts) == {"batches-2-id", "batches-2-state"}
    assert clash.conflicts["batches-2-state"] == {"yours": "fresh", "theirs": "refrigerated"}
    assert clash.fields == batches(("b3", "fresh"), ("b2", "frozen"), ("b1", "fresh"))
