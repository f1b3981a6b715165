"""How much each push service is given, what its answers mean, and where its name may lead."""

import socket
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from webapp.alerts import Sender, make_keys, read_keys
from webapp.alerts.answers import LONGEST_WAIT, Answer, Push, understand
from webapp.alerts.connecting import NotPublic, open_socket
from webapp.alerts.push_services import FEW, FIRST_PAUSE, MOST, TROUBLES, Services
from webapp.database import now, uuid7

NO_TIME = timedelta(0)


class SteadyClock:
    """Goes on when it is told to."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> SteadyClock:
    return SteadyClock()


@pytest.fixture
def services(clock: SteadyClock) -> Services:
    return Services(clock)


def test_a_service_is_given_few_at_first_and_more_when_it_is_quick(services: Services) -> None:
    assert services.room("a") == FEW
    for _ in range(FEW):
        services.took("a")
    assert services.room("a") == 0
    assert services.shut() == {"a"}
    services.answered("a", 0.1)
    assert services.room("a") == 2
    for _ in range(100):
        services.took("a")
        services.answered("a", 0.1)
    assert services.room("a") == MOST - FEW + 1


def test_a_slow_one_gets_few_and_another_as_many_as_ever(services: Services) -> None:
    for service in ("slow", "quick"):
        for _ in range(20):
            services.took(service)
            services.answered(service, 0.1)
    services.took("slow")
    services.answered("slow", 5)
    assert services.room("slow") == FEW
    assert services.room("quick") == FEW + 20


def test_one_failure_is_not_the_service_and_several_in_a_row_are(services: Services) -> None:
    for _ in range(5):
        services.failed("a", NO_TIME)
        services.answered("a", 0.1)
    assert services.paused() == set()
    for _ in range(TROUBLES):
        services.failed("a", NO_TIME)
    assert services.paused() == {"a"}
    assert services.room("b") == FEW


def test_after_a_pause_it_gets_one_and_the_next_pause_is_longer(
    services: Services, clock: SteadyClock
) -> None:
    for _ in range(TROUBLES):
        services.failed("a", NO_TIME)
    clock.at += FIRST_PAUSE.total_seconds()
    assert services.room("a") == 1
    services.took("a")
    services.failed("a", NO_TIME)
    clock.at += FIRST_PAUSE.total_seconds()
    assert services.room("a") == 0
    clock.at += FIRST_PAUSE.total_seconds()
    services.took("a")
    services.answered("a", 0.1)
    assert services.room("a") == 2


def test_it_is_left_alone_as_long_as_it_asks(services: Services, clock: SteadyClock) -> None:
    for _ in range(TROUBLES):
        services.failed("a", timedelta(minutes=10))
    clock.at += 599
    assert services.room("a") == 0
    clock.at += 1
    assert services.room("a") == 1


@pytest.mark.parametrize(
    ("status", "retry_after", "answer"),
    [
        (201, "", Answer(sent=True)),
        (404, "", Answer(gone=True, reason="gone")),
        (413, "", Answer(too_large=True, reason="too large")),
        (429, "90", Answer(again_after=timedelta(seconds=90), reason="answered 429")),
        (503, "", Answer(again_after=NO_TIME, reason="answered 503")),
        (503, "soon", Answer(again_after=NO_TIME, reason="answered 503")),
        (503, "-5", Answer(again_after=NO_TIME, reason="answered 503")),
        (503, "99999999", Answer(again_after=LONGEST_WAIT, reason="answered 503")),
        (301, "", Answer(reason="answered 301")),
        (403, "90", Answer(reason="answered 403")),
    ],
)
def test_an_answer_is_understood(status: int, retry_after: str, answer: Answer) -> None:
    assert understand(status, retry_after) == answer


def test_a_date_to_come_again_is_understood() -> None:
    later = format_datetime(now() + timedelta(minutes=10), usegmt=True)
    wait = understand(429, later).again_after
    assert wait
    assert timedelta(minutes=9) < wait <= timedelta(minutes=10)
    past = format_datetime(now() - timedelta(minutes=10), usegmt=True)
    assert understand(429, past).again_after == NO_TIME


def info(address: str, port: int = 443) -> tuple[object, ...]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    more = (0, 0) if ":" in address else ()
    return family, socket.SOCK_STREAM, 6, "", (address, port, *more)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1%2",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_no_socket_is_opened_to_an_address_inside(address: str) -> None:
    with pytest.raises(NotPublic):
        open_socket(info(address), "127.0.0.1:9000")


def test_a_socket_is_opened_to_anybodys_address_and_to_the_one_for_tests() -> None:
    for address in ("142.250.1.95", "2a00:1450:4001::5f", "64:ff9b::8efa:15f"):
        open_socket(info(address)).close()
    open_socket(info("127.0.0.1", 9000), "127.0.0.1:9000").close()


def test_a_services_name_that_leads_inside_is_not_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_keys(tmp_path)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: [info("127.0.0.1")])
    push = Push(
        delivery_id=uuid7(),
        endpoint="https://fcm.googleapis.com/x",
        p256dh="BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        auth="BTBZMqHH6r4Tts7J_aSIgg",
        body=b"x",
        lasts=timedelta(hours=1),
        urgency="high",
        topic="t",
    )
    with Sender(read_keys(tmp_path), "host@example.org") as sender:
        ((_id, answer),) = sender.send([push])
    assert answer.reason == "not a public address"
