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
    wants. An empty value is the same as none.
    """
    today_units, wanted, seen = _units(today), _units(fields), _units(was)
    merged, conflicts = dict(today_units), dict[str, dict[str, Value]]()
    for name, value in wanted.items():
        now, before = today_units.get(name, {}), seen.get(name, {})
        if now not in (value, before):
            conflicts |= {flat: _both(flat, now, value) for flat in {**now, **value}}
        merged[name] = value
    return Merged(_flat(merged), conflicts)


def _units(fields: Fields) -> dict[str, Fields]:
    """Names that merge together, by unit: a batch's by its id, each other name by itself."""
    units: dict[str, Fields] = {}
    for name, value in fields.items():
        found = _BATCH.fullmatch(name)
        key = f"batch {fields.get(f'batches-{found[1]}-id', found[1])}" if found else name
        flat = f"batches-0-{found[2]}" if found else name
        unit = units.setdefault(key, {})
        if value not in ("", []):
            unit[flat] = sorted(value) if isinstance(value, list) else value
    return units


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
