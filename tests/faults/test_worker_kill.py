"""SIGKILL of workers that deliver: each alert comes, and few come twice."""

import pytest

from tests.faults.worker_killing import Report, own_database, run
from webapp.alerts.push_services import BATCH

KILLS, COUNT = 2, 300
WORKERS = 4


@pytest.fixture(scope="module")
def one_worker(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """`bin/bench worker_kill --kills 200 --alerts 20000` does as many as one likes."""
    data = tmp_path_factory.mktemp("killed")
    return run(data, f"sqlite:///{data / 'milkwell.db'}", kills=KILLS, count=COUNT, hurry=True)


@pytest.fixture(scope="module")
def four_workers(tmp_path_factory: pytest.TempPathFactory, postgresql_url: str) -> Report:
    data = tmp_path_factory.mktemp("killed")
    with own_database(postgresql_url, "killed") as url:
        return run(data, url, kills=KILLS, count=COUNT, workers=WORKERS, hurry=True)


@pytest.fixture(params=["one_worker", "four_workers"])
def report(request: pytest.FixtureRequest) -> Report:
    return request.getfixturevalue(request.param)


def test_no_alert_is_missing_and_each_is_recorded_as_sent(report: Report) -> None:
    assert report.missing == set()
    assert report.unsettled == {}
    assert len(report.received) == COUNT


def test_the_dead_held_at_most_a_batch_each(report: Report) -> None:
    assert any(rows for rows, _died in report.held)
    assert [held for held in report.held if held[0] > BATCH * held[1]] == []


def test_at_most_a_batch_a_kill_comes_twice(report: Report) -> None:
    assert report.killed >= KILLS
    assert report.repeats <= BATCH * report.killed
