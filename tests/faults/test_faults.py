"""Phones, network and server fail by a seed; what a person did is kept, done once, and hers."""

import pytest

from bench.faults import PHONE_BROKEN, WRONG, play
from tests.faults.broken import BROKEN

RUNS = 300
UNTIL_NOTICED = 300
"""Seeds that a world broken on purpose plays at most: each way shows within a third of them."""
NOTICED_FROM = {"after_ignored": 71}
"""A seed soon before one that shows it: from the first on it takes ten times as long."""


def test_what_was_done_is_never_lost_doubled_or_anothers_whatever_fails() -> None:
    totals = play(1, RUNS)
    assert totals["runs"] == RUNS
    assert {name: totals[name] for name in WRONG} == dict.fromkeys(WRONG, 0)
    # That the runs meet what they are for: answers that ask her, restored servers, sealed work.
    for met in ("rejected", "conflict", "confirm", "failed", "again", "sealed", "answer_409"):
        assert totals[f"met_{met}"] > 0, met


@pytest.mark.parametrize("broken", [*BROKEN, *PHONE_BROKEN])
def test_a_world_that_is_broken_on_purpose_is_noticed(broken: str) -> None:
    totals = play(NOTICED_FROM.get(broken, 1), UNTIL_NOTICED, broken, until_found=True)
    assert sum(totals[name] for name in WRONG) > 0
