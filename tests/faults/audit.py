"""What the database holds, beside what six phones were told: missing, torn or doubled."""

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from tests.cast import Row
from tests.faults.clients import Client, Deed
from webapp.alerts import MATCH, Alert, Delivery, Device
from webapp.database import db
from webapp.listings import CLOSED, OPEN, PAUSED, WITHDRAWN, Listing
from webapp.matching import Match
from webapp.messages import Conversation, Message
from webapp.people import Person
from webapp.sync.models import Change, FeedCounter, Outcome

STATUS = {
    "listing.publish": OPEN,
    "listing.pause": PAUSED,
    "listing.resume": OPEN,
    "listing.withdraw": WITHDRAWN,
    "listing.enough": CLOSED,
}
GAVE = "listing.gave"
MISSING, TORN, DOUBLED, CHANGED = "missing", "torn", "doubled", "answered_otherwise"
DIVERGED, STRANDED = "diverged", "stranded"
FIGURES = (MISSING, TORN, DOUBLED, CHANGED, DIVERGED, STRANDED)

Deeds = dict[tuple[uuid.UUID, uuid.UUID], Deed]
Found = Iterator[tuple[str, str]]


@dataclass
class Findings:
    """Each wrong thing in words, by figure, and how much was looked at."""

    wrong: dict[str, list[str]] = field(
        default_factory=lambda: {
            name: [] for name in (MISSING, TORN, DOUBLED, CHANGED, DIVERGED, STRANDED)
        }
    )
    acknowledged: Counter[str] = field(default_factory=Counter)
    """Operations by outcome."""
    sent_again: int = 0
    failed: int = 0
    """Answers that it went wrong this time and is to be sent again."""
    committed_unanswered: int = 0
    """Operations that were in the ledger already when the request that carried them broke."""
    counted: Counter[str] = field(default_factory=Counter)
    """Rows that were looked at, by noun."""


def audit(clients: Sequence[Client]) -> Findings:
    """Everything that there is to look at, in one snapshot."""
    findings = Findings()
    deeds = {
        (client.phone.person_id, uuid.UUID(deed_id)): deed
        for client in clients
        for deed_id, deed in client.deeds.items()
    }
    checks = (
        _ledger(deeds, findings),
        _listings(deeds),
        _letters(deeds),
        _people(deeds),
        _matches(),
        _alerts(),
        _feed(findings),
    )
    for check in checks:
        for figure, words in check:
            findings.wrong[figure].append(words)
    return findings


def _ledger(deeds: Deeds, findings: Findings) -> Found:
    recorded = {(row.person_id, row.operation_id): row for row in _all(Outcome)}
    for key, deed in deeds.items():
        final, row = deed.final, recorded.pop(key, None)
        if final is None:
            yield STRANDED, f"{_named(deed)}: {deed.answers[-1:]}"
            continue
        findings.acknowledged[deed.outcome] += 1
        findings.failed += sum(answer["outcome"] == "failed" for answer in deed.answers)
        findings.sent_again += len(deed.answers) > 1 or bool(deed.broken_at)
        if row is None:
            yield MISSING, f"{_named(deed)}: not in the ledger"
            continue
        before = [at for at in deed.broken_at if at > row.made_at.timestamp()]
        findings.committed_unanswered += bool(before)
        after = deed.answers[deed.answers.index(final) :]
        if row.outcome != deed.outcome or any(answer != final for answer in after):
            yield CHANGED, f"{_named(deed)}: {row.outcome}, answered {after}"
    for _person_id, operation_id in recorded:
        yield TORN, f"the ledger knows {operation_id}, which nobody did"


def _listings(deeds: Deeds) -> Found:
    rows, done = _by_id(Listing), dict[uuid.UUID, list[Row]]()
    for operation in _done(deeds, "listing."):
        done.setdefault(uuid.UUID(operation["row"]), []).append(operation)
    for row_id, operations in done.items():
        listing = rows.pop(row_id, None)
        if listing is None:
            yield MISSING, f"listing {row_id}"
        elif operations[0]["kind"] != "listing.publish":
            yield TORN, f"listing {row_id} stands though its publishing was refused"
        else:
            yield from _listing(listing, operations)
    for row_id in rows:
        yield TORN, f"listing {row_id} stands without its operation"


def _listing(listing: Listing, operations: list[Row]) -> Found:
    """One listing beside all that was done with it, in order."""
    published, given = operations[0]["fields"], 0
    for operation in operations:
        given += int(operation["fields"]["volume_ml"]) if operation["kind"] == GAVE else 0
    gone = listing.total_ml - listing.volume_ml
    if gone != given:
        yield MISSING if gone < given else DOUBLED, f"gave {given} ml of {listing.id}, not {gone}"
    if listing.total_ml != int(published["volume_ml"]):
        yield TORN, f"{listing.id} was {published['volume_ml']} ml, not {listing.total_ml}"
    notes = [o["fields"]["note"] for o in operations if "note" in o["fields"]]
    if listing.note != notes[-1]:
        yield MISSING, f"{listing.id} says {listing.note!r}, not {notes[-1]!r}"
    statuses = [STATUS[o["kind"]] for o in operations if o["kind"] in STATUS]
    if listing.status != statuses[-1]:
        yield MISSING, f"{listing.id} is {listing.status}, not {statuses[-1]}"
    batches = [published[name] for name in ("batches-0-id",) if name in published]
    if [str(batch.id) for batch in listing.batches] != batches:
        yield TORN, f"{listing.id} has other batches than {batches}"


def _letters(deeds: Deeds) -> Found:
    rows, texts = _by_id(Message), Counter(letter.text for letter in _all(Message))
    positions: dict[uuid.UUID, list[int]] = {}
    for letter in rows.values():
        positions.setdefault(letter.conversation_id, []).append(letter.position)
    for operation in _done(deeds, "message.send"):
        letter, fields = rows.pop(uuid.UUID(operation["row"]), None), operation["fields"]
        if letter is None:
            yield MISSING, f"letter {fields['text']!r}"
        elif (letter.text, str(letter.conversation_id)) != (fields["text"], fields["conversation"]):
            yield TORN, f"letter {fields['text']!r} reads {letter.text!r}"
    yield from ((TORN, f"letter {row_id} without its operation") for row_id in rows)
    yield from ((DOUBLED, f"letter {text!r}") for text, many in texts.items() if many > 1)
    told = {(alert.conversation_id, alert.person_id) for alert in _all(Alert)}
    for talk in _all(Conversation):
        if sorted(positions.get(talk.id, [])) != [*range(1, talk.position + 1)]:
            yield TORN, f"conversation {talk.id}: letters {positions.get(talk.id)}"
        if (talk.id, talk.owner_id) not in told:
            yield TORN, f"nobody was told of conversation {talk.id}"


def _people(deeds: Deeds) -> Found:
    called = {o["row"]: o["fields"]["name"] for o in _done(deeds, "person.edit")}
    for person_id, person in _by_id(Person).items():
        if person.name != called.get(str(person_id), person.name):
            yield MISSING, f"{person.name!r} is called {called[str(person_id)]!r}"


def _matches() -> Found:
    pairs = Counter((match.offer_id, match.request_id) for match in _all(Match))
    yield from ((DOUBLED, f"match {pair}") for pair, many in pairs.items() if many > 1)
    held = {(match.offer_id, match.request_id) for match in _all(Match) if match.holds}
    standing = [listing for listing in _all(Listing) if listing.status == OPEN]
    for offer in standing:
        for other in standing:
            if offer.is_offer and not other.is_offer and (offer.id, other.id) not in held:
                yield MISSING, f"match of {offer.id} and {other.id}"
    of = {match.id: match.offer_id for match in _all(Match)}
    told = Counter(of[alert.match_id] for alert in _all(Alert) if alert.kind == MATCH)
    for listing in _all(Listing):
        if listing.told != told[listing.id]:
            yield TORN, f"{listing.id} told {listing.told} families, alerts {told[listing.id]}"


def _alerts() -> Found:
    about = Counter(
        (alert.person_id, alert.kind, alert.match_id, alert.conversation_id, alert.listing_id)
        for alert in _all(Alert)
    )
    yield from ((DOUBLED, f"alert {key}") for key, many in about.items() if many > 1)
    sent = Counter((delivery.alert_id, delivery.device_id) for delivery in _all(Delivery))
    yield from ((DOUBLED, f"delivery {key}") for key, many in sent.items() if many > 1)
    devices = [device for device in _all(Device) if device.endpoint]
    for alert in _all(Alert):
        hers = [device.id for device in devices if device.person_id == alert.person_id]
        if any((alert.id, device_id) not in sent for device_id in hers):
            yield TORN, f"alert {alert.id} without its delivery"


def _feed(findings: Findings) -> Found:
    changes = {(change.scope, change.noun, change.row_id): change.seq for change in _all(Change)}
    numbers, counter = Counter(changes.values()), db.session.get_one(FeedCounter, 1).seq
    yield from ((DOUBLED, f"change {seq}") for seq, many in numbers.items() if many > 1)
    if max(numbers) > counter:
        yield TORN, f"change {max(numbers)} lies past the counter, {counter}"
    for model in (Person, Listing, Match, Alert, Conversation, Message):
        for row in _all(model):
            findings.counted[row.__tablename__] += 1
            for scope in row.scopes():
                if (scope, row.__tablename__, row.id) not in changes:
                    yield TORN, f"{row.__tablename__} {row.id} is in no change of {scope}"


def _done(deeds: Deeds, kind: str) -> list[Row]:
    """Operations of a kind that were done, each person's in her order."""
    return [
        deed.operation
        for deed in deeds.values()
        if deed.outcome == "done" and deed.operation["kind"].startswith(kind)
    ]


def _by_id(model: Any) -> dict[uuid.UUID, Any]:
    return {row.id: row for row in _all(model)}


def _all(model: Any) -> list[Any]:
    return [*db.session.scalars(select(model)).unique()]


def _named(deed: Deed) -> str:
    return f"{deed.operation['kind']} {deed.operation['id']}"
