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
