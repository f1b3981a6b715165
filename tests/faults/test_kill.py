"""SIGKILL of server and worker while six people act: the promise holds whatever dies."""

from pathlib import Path

import pytest

from tests.faults.killing import Report, run

ROUNDS, SEED = 6, 7


@pytest.fixture(scope="module")
def report(place_index: Path) -> Report:
    """Six rounds; `bin/bench kill --rounds 100` does as many as one likes."""
    return run(ROUNDS, SEED, place_index, print)


def test_nothing_acknowledged_is_missing_torn_or_done_twice(report: Report) -> None:
    assert report.findings.acknowledged["done"] > ROUNDS
    assert {name: found for name, found in report.findings.wrong.items() if found} == {}


def test_requests_broke_and_their_operations_were_sent_again(report: Report) -> None:
    assert report.kills.total() == ROUNDS
    assert report.broken
    assert report.findings.sent_again


def test_the_file_is_whole(report: Report) -> None:
    assert [*report.file] == ["ok"]


def test_no_request_was_answered_with_an_error(report: Report) -> None:
    assert report.refusals == []
