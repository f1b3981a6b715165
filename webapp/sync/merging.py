"""Laying an edit over today's values. A batch merges as a unit, by its own id."""

import re
from dataclasses import dataclass

from webapp.fields import Fields

Value = str | list[str]
_BATCH = re.compile(r"batches-([0-9]+)-(.+)")


@dataclass(frozen=True)
class Merged:
    """The values to validate, and the names on which today's value differs from both."""

    fields: Fields
    conflicts: dict[str, dict[str, Value]]


def merge(today: Fields, fields: Fields, was: Fields) -> Merged:
    """Lay `fields` over `today`, knowing what she saw (`was`).

    A name conflicts only where today's value differs from what she saw and from what she
    wants. An empty value is the same as none, and a batch of which nothing is left is taken out.
    A batch's conflict is told under the number that it has in `fields`.
    """
    ids = {**_ids(was), **_ids(fields)}
    today_units, wanted, seen = _units(today, _ids(today)), _units(fields, ids), _units(was, ids)
    merged, conflicts = dict(today_units), dict[str, dict[str, Value]]()
    for key, value in wanted.items():
        now, before = today_units.get(key, {}), seen.get(key, {})
        if now not in (value, before):
            names = {**before, **now, **value}
            conflicts |= {_named(name, key, ids): _both(name, now, value) for name in names}
        merged[key] = value
    return Merged(_flat(merged), conflicts)


def _ids(fields: Fields) -> dict[str, str]:
    """The id of each batch that has one, by its number."""
    found = ((_BATCH.fullmatch(name), value) for name, value in fields.items() if value)
    return {name[1]: str(value) for name, value in found if name and name[2] == "id"}


def _units(fields: Fields, ids: dict[str, str]) -> dict[str, Fields]:
    """Names that merge together, by unit: a batch's by its id, each other name by itself."""
    units: dict[str, Fields] = {}
    for name, value in fields.items():
        found = _BATCH.fullmatch(name)
        key = f"batch {ids.get(found[1], found[1])}" if found else name
        flat = f"batches-0-{found[2]}" if found else name
        unit = units.setdefault(key, {})
        if value not in ("", []):
            unit[flat] = sorted(value) if isinstance(value, list) else value
    return units


def _named(name: str, key: str, ids: dict[str, str]) -> str:
    """A name of a unit as the phone numbers it."""
    number = next((n for n, batch in ids.items() if key == f"batch {batch}"), "0")
    return name.replace("batches-0-", f"batches-{number}-", 1)


def _flat(units: dict[str, Fields]) -> Fields:
    flat: Fields = {}
    batches = 0
    for key, unit in units.items():
        if key.startswith("batch ") and unit:
            flat |= {n.replace("batches-0-", f"batches-{batches}-", 1): v for n, v in unit.items()}
            batches += 1
        else:
            flat |= unit
    return flat


def _both(name: str, now: Fields, wanted: Fields) -> dict[str, Value]:
    return {"yours": wanted.get(name, ""), "theirs": now.get(name, "")}
