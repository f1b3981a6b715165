"""The handling table is the field's own, row by row."""

import pytest
from flask import Flask

from webapp.milk import KEEPS, handling

ROWS = {
    name: rows
    for name, rows in vars(handling).items()
    if isinstance(rows, tuple) and all(isinstance(row, handling.Fact) for row in rows)
}
AS_READ = [
    ("KEEPING", "room temperature up to 25 °C / 77 °F", "4 hours", "CDC"),
    ("KEEPING", "refrigerator at 4 °C / 40 °F", "4 days", "CDC"),
    ("KEEPING", "freezer at -18 °C / 0 °F", "6 months is best, 12 months is acceptable", "CDC"),
    ("KEEPING", "cooler bag", "24 hours", "CDC"),
    ("USING", "Thawed, at room temperature", "1 to 2 hours", "CDC"),
    ("USING", "Thawed, in the refrigerator", "24 hours", "CDC"),
    ("USING", "Left in the bottle", "2 hours", "CDC"),
    ("LABELLING", "A portion", "2 to 4 oz (60 to 120 ml)", "CDC"),
    ("HEATING", "Holder", "62.5 °C / 145 °F for 30 minutes", "Milk banks"),
    ("HEATING", "how hot", "73 °C", "Israel-Ballard"),
    ("HEATING", "feed within", "6 hours", "Eats on Feets"),
    ("CARRYING", "frozen milk", "not water ice", "A donor's guide"),
    ("WAITING", "alcohol", "12 hours", "Milk banks"),
    ("WAITING", "yellow fever", "28 days", "A bank in the UK"),
]


@pytest.mark.parametrize(("group", "about", "number", "authority"), AS_READ)
def test_a_number_stands_with_its_authority(
    site: Flask, group: str, about: str, number: str, authority: str
) -> None:
    with site.test_request_context():
        rows = [row for row in ROWS[group] if about in str(row.about)]
        assert [number in str(row.number) and authority in str(row.authority) for row in rows] == [
            True
        ]


def test_every_row_names_somebody_and_a_date(site: Flask) -> None:
    with site.test_request_context():
        for rows in ROWS.values():
            for row in rows:
                assert str(row.about)
                assert str(row.number)
                assert str(row.authority)
                assert "20" in str(row.read)


def test_every_degree_is_given_in_celsius_and_fahrenheit(site: Flask) -> None:
    with site.test_request_context():
        told = [f"{row.about} {row.number}" for rows in ROWS.values() for row in rows]
        degrees = [text for text in told if "°" in text]
        assert len(degrees) == 5
        assert all("°C / " in text and "°F" in text for text in degrees)


def test_the_app_lets_milk_expire_by_the_numbers_it_tells() -> None:
    assert [KEEPS[state].total_seconds() / 3600 for state in ("fresh", "refrigerated")] == [4, 96]
    assert KEEPS["frozen"].days == 365


def test_no_bank_is_said_to_refuse_anybody(site: Flask) -> None:
    with site.test_request_context():
        told = " ".join(f"{row.about} {row.number}" for row in handling.BANKS).lower()
    assert "eligible" not in told
    assert "not accepted" not in told
