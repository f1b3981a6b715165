"""How long milk keeps where it is. Every number is an authority's, and none is our advice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from webapp.milk import handling
from webapp.milk.codes import KEEPS
from webapp.milk.handling import Fact

ROOM, FRIDGE, FREEZER, _COOLER = handling.KEEPING
THAWED_ROOM, THAWED_FRIDGE, REFROZEN, *_USING = handling.USING

BEST_FROZEN = KEEPS["frozen"] / 2
"""Of the 12 months that are acceptable in a freezer the first 6 are best (CDC)."""
THAWED_KEEPS = {"refrigerated": timedelta(hours=24), "fresh": timedelta(hours=2)}
"""Once thawed: 24 hours in the refrigerator, 1 to 2 hours at room temperature (CDC)."""
SAYS = {"fresh": ROOM, "refrigerated": FRIDGE, "frozen": FREEZER}
SAYS_THAWED = {"fresh": THAWED_ROOM, "refrigerated": THAWED_FRIDGE, "frozen": REFROZEN}


@dataclass(frozen=True)
class Keeping:
    """Until when milk keeps where it is, and who says so.

    `until` is None where that can't be told: nobody knows when it thawed, or it was frozen again,
    which milk never should be. `best_until` is of milk in a freezer alone.
    """

    until: datetime | None
    best_until: datetime | None
    fact: Fact


def keeps(state: str, pumped_at: datetime, thawed: bool, moved_at: datetime | None) -> Keeping:
    """How long milk keeps in this state, from when it was pumped; thawed milk from when it thawed.

    `moved_at` is when it came to be kept so, or None where nobody knows.
    """
    if thawed:
        until = moved_at and state in THAWED_KEEPS and moved_at + THAWED_KEEPS[state]
        return Keeping(until or None, None, SAYS_THAWED[state])
    best = pumped_at + BEST_FROZEN if state == "frozen" else None
    return Keeping(pumped_at + KEEPS[state], best, SAYS[state])


def numbers() -> dict[str, int]:
    """The same in seconds, for a phone: by state, "best" of frozen, and "thawed-<state>"."""
    thawed = {f"thawed-{state}": span for state, span in THAWED_KEEPS.items()}
    spans = {**KEEPS, "best": BEST_FROZEN, **thawed}
    return {name: int(span.total_seconds()) for name, span in spans.items()}
