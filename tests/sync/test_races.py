"""The same operation sent at the same moment, over and over, by several requests."""

import threading
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from tests.cast import Cast, offer, operation
from webapp.database import reading, uuid7
from webapp.listings import Listing
from webapp.sync.models import Outcome

AT_ONCE, ROUNDS = 4, 8


def send_at_once(cast: Cast, made: dict[str, Any]) -> list[dict[str, Any]]:
    """One operation in several requests that start together; their results."""
    start = threading.Barrier(AT_ONCE)
    phones = [cast.phone(cast.donor.person_id) for _ in range(AT_ONCE)]
    for phone in phones:
        phone.sync()
    results: list[dict[str, Any]] = []

    def send(number: int) -> None:
        start.wait(10)
        results.extend(phones[number].sync(made))

    threads = [threading.Thread(target=send, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_of_equal_requests_at_one_moment_all_answer_what_the_first_recorded(
    site: Flask, cast: Cast
) -> None:
    for _ in range(ROUNDS):
        made = operation("listing.publish", uuid7(), offer())
        results = send_at_once(cast, made)
        assert [result["outcome"] for result in results] == ["done"] * AT_ONCE
        assert all(result == results[0] for result in results)
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Listing)) == ROUNDS
        assert session.scalar(select(func.count()).select_from(Outcome)) == ROUNDS


def test_edits_of_one_listing_at_one_moment_never_lose_one(site: Flask, cast: Cast) -> None:
    row = cast.donor.publish(offer())
    changes = [{"note": "a note"}, {"reach_km": "20"}, {"open_days": "9"}, {"volume_ml": "5000"}]
    was = {"note": "", "reach_km": "16", "open_days": "30", "volume_ml": "11830"}
    phones = [cast.phone(cast.donor.person_id) for _ in changes]
    start = threading.Barrier(len(changes))
    outcomes: list[str] = []

    def edit(number: int) -> None:
        change = changes[number]
        start.wait(10)
        seen = {name: was[name] for name in change}
        outcomes.append(phones[number].do("listing.edit", row, change, was=seen)["outcome"])

    threads = [threading.Thread(target=edit, args=(number,)) for number in range(len(changes))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert outcomes == ["done"] * len(changes)
    cast.donor.sync()
    fields = cast.donor.held("me", "listing")[0]["fields"]
    for change in changes:
        assert fields | change == fields
