"""What the docs say of the wire is what the code does."""

import re
from pathlib import Path

import pytest
from flask import Flask

from webapp import sync
from webapp.config import ROOT
from webapp.milk import DIETS, EXPOSURES

PAGE = (ROOT / "docs" / "sync.md").read_text()
NOUNS = "person|listing|message|conversation|block|report|exposure|pumping|screening|watch"
ROWS = dict(re.findall(rf"^\| `((?:{NOUNS})\.\w+)` \|[^|]*\|([^|]*)\|", PAGE, re.M))
BY_LISTING = {"listing.publish", "listing.edit"}
BY_QUESTIONS = {"screening.answer"}


def words(text: str) -> set[str]:
    """The names in backticks, with each pattern written out."""
    names = set(re.findall(r"`([^`]+)`", text))
    for code, _label in DIETS:
        names |= {n.replace("<diet>", code) for n in names if n.endswith("<diet>")}
    for code, _label in EXPOSURES:
        names |= {n.replace("<exposure>", code) for n in names if n.startswith("<exposure>")}
    return {name for name in names if "<" not in name}


def section(title: str) -> str:
    return PAGE.split(f"### {title}\n")[1].split("\n\nWhat is left out")[0].split("\n###")[0]


def test_the_page_names_every_kind_of_operation_and_no_other() -> None:
    assert set(ROWS) == set(sync.OPERATIONS)


@pytest.mark.parametrize("kind", sorted(set(sync.OPERATIONS) - BY_LISTING - BY_QUESTIONS))
def test_the_page_names_every_field_of_a_kind(app: Flask, kind: str) -> None:
    assert words(ROWS[kind]) == sync.names_of(sync.OPERATIONS[kind].forms[""])


@pytest.mark.parametrize(
    ("title", "kind"), [("Fields of an offer", "offer"), ("Fields of a request", "request")]
)
def test_the_page_names_every_field_of_a_listing(app: Flask, title: str, kind: str) -> None:
    assert words(section(title)) == sync.names_of(sync.OPERATIONS["listing.edit"].forms[kind])


def test_no_link_of_the_docs_leads_nowhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert Path(page.parent / target).exists(), f"{page.name}: {target}"


def test_the_project_speaks_of_itself_alone() -> None:
    files = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    for page in files:
        assert not re.search(r"\b(issue \d|assistant|session \d)\b", page.read_text()), page
