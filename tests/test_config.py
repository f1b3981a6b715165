"""Settings: each is documented, and a bad value is refused by name."""

import dataclasses
import re
from pathlib import Path

import pytest

from webapp.config import ROOT, BadSetting, Settings, read_settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://somewhere"),
        ("MILKWELL_ORIGIN", "milk.example.org"),
        ("MILKWELL_ORIGIN", "https://milk.example.org/path"),
        ("MILKWELL_PROXIES", "two"),
        ("MILKWELL_PUSH_HOST", "push.example.org:80"),
        ("MILKWELL_SUBSCRIBER", "mailto:somebody@example.org"),
        ("MILKWELL_SMTP", "mail.example.org"),
        ("MILKWELL_SMTP", "http://mail.example.org"),
        ("MILKWELL_SMTP", "smtp://"),
        ("MILKWELL_SMTP", "smtp://mail.example.org:port"),
        ("MILKWELL_SMTP", "smtp://mail.example.org/folder"),
        ("MILKWELL_SMTP", "smtp://user@mail.example.org"),
        ("MILKWELL_MAIL_FROM", "Somebody <a@example.org>"),
        ("MILKWELL_MAIL_FROM", "nobody"),
        ("MILKWELL_REMOVE_WORKER", "yes"),
        ("MILKWELL_RATE_LIMITS", "off"),
        ("MILKWELL_GEOCODER", "atlas"),
        ("MILKWELL_METRICS", "too short"),
        ("MILKWELL_METRICS", "a word with spaces in it"),
    ],
)
def test_a_bad_setting_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        read_settings({name: value})


def test_cookies_are_secure_where_people_come_over_https() -> None:
    assert read_settings({"MILKWELL_ORIGIN": "https://milk.example.org"}).secure
    assert not read_settings({}).secure


def test_a_bad_mail_server_is_refused_without_repeating_its_password() -> None:
    with pytest.raises(BadSetting) as refused:
        read_settings({"MILKWELL_SMTP": "smtp://me:secret@mail.example.org/folder"})
    assert "secret" not in str(refused.value)


def test_letters_come_from_the_host_unless_another_address_is_named() -> None:
    host = {"MILKWELL_SUBSCRIBER": "me@example.org"}
    assert read_settings(host).mail_from == "me@example.org"
    assert read_settings(host | {"MILKWELL_MAIL_FROM": "well@example.org"}).mail_from == (
        "well@example.org"
    )
    assert not read_settings(host).mails
    assert read_settings({"MILKWELL_SMTP": "smtp://127.0.0.1:2525"}).mails


def test_every_setting_has_one_line_why_and_stands_in_the_operations_page() -> None:
    source = Path(ROOT / "webapp" / "config.py").read_text()
    page = Path(ROOT / "docs" / "operations.md").read_text()
    for field in dataclasses.fields(Settings):
        why = re.search(rf"    {field.name}: \w+\n    \"\"\"(\w+): ", source)
        assert why, field.name
        assert f"`{why[1]}`" in page, why[1]


@pytest.mark.parametrize(
    "url", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"]
)
def test_every_spelling_of_postgresql_goes_through_one_driver(url: str) -> None:
    assert read_settings({"DATABASE_URL": url}).database_url == "postgresql+psycopg://u@h/d"
