"""A donor's answers, for tests: some of each kind, with words that stand nowhere else."""

from typing import Any

from tests.cast import Fields, Phone, today

MEDICINE = "quixotiline 35 mg"
ANSWERS: Fields = {
    "hiv_ever": "no",
    "hepatitis_b_ever": "yes",
    "hepatitis_b_ever_year": "1998",
    "hiv_test": "negative",
    "hiv_test_on": today(-150),
    "hiv_test_evidence": "shown_in_person",
    "hiv_test_seen_on": today(-20),
    "takes_medicine": "yes",
    "takes_medicine_detail": MEDICINE,
    "takes_herbs": "talk",
    "baby_thriving": "yes",
}


def answer(phone: Phone, fields: Fields | None = None, was: Fields | None = None) -> Any:
    """Answer on this phone; the operation's result."""
    fields = ANSWERS if fields is None else fields
    return phone.do("screening.answer", phone.person_id, fields, was=was or {})


def answered(phone: Phone, fields: Fields | None = None, was: Fields | None = None) -> None:
    """Answer on this phone; fails where the server refuses it."""
    result = answer(phone, fields, was)
    assert result["outcome"] == "done", result


def kept(phone: Phone) -> Fields:
    """Her answers, as her phone has them after a sync; none where it has none."""
    phone.sync()
    rows = phone.held("me", "screening")
    return rows[0]["fields"] if rows else {}
