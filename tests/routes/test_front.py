"""The public pages: no script, no reader, no signal needed."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast, Client
from webapp import alerts, create_app
from webapp.config import ROOT
from webapp.milk import handling
from webapp.routes import shells

PUBLIC = ("/", "/about", "/guide", "/guide/after-a-loss")
SORRY = "We're sorry for your loss. You can share your milk or let it stop. There's no hurry."


def text_of(client: FlaskClient, path: str) -> str:
    """What a person reads there."""
    page = client.get(path).get_data(as_text=True)
    main = page.partition('tabindex="-1">')[2].partition("</main>")[0]
    words = html.unescape(re.sub(r"<[^>]+>", " ", main)).replace("\u00a0", " ")
    return " ".join(words.split())


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_kept_for_offline_and_knows_nobody(cast: Cast, path: str) -> None:
    first = cast.stranger.get("/sw.js").get_data(as_text=True).partition("\n")[0]
    line = json.loads(first.removeprefix("self.MILKWELL=").removesuffix(";"))
    kept = cast.stranger.get(line["shells"]).json["shells"]
    answered = cast.donor.client.get(path)
    assert kept[path]["html"] == answered.get_data(as_text=True)
    assert "Set-Cookie" not in answered.headers


def test_the_front_page_says_in_five_lines_what_milkwell_is(cast: Cast) -> None:
    page = cast.stranger.get("/").get_data(as_text=True)
    lead = page.partition('<div class="lead stack">')[2].partition("</div>")[0]
    assert lead.count("<p>") == 5


@pytest.mark.parametrize("address", ["/guide", "/guide/after-a-loss", "/about", "/sign-in"])
def test_the_front_page_leads_on(cast: Cast, address: str) -> None:
    assert f'href="{address}"' in cast.stranger.get("/").get_data(as_text=True)


def test_the_guide_draws_every_handling_row_with_authority_and_date(cast: Cast) -> None:
    read = text_of(cast.stranger, "/guide")
    groups = [rows for rows in vars(handling).values() if isinstance(rows, tuple)]
    facts = [fact for rows in groups for fact in rows]
    assert len(facts) > 20
    for fact in facts:
        assert f"{fact.about} {fact.number} {fact.authority}. {fact.read}" in read


def test_every_part_that_the_contents_name_is_there(cast: Cast) -> None:
    page = cast.stranger.get("/guide").get_data(as_text=True)
    contents = page.partition('<nav id="contents"')[2].partition("</nav>")[0]
    parts = re.findall(r'href="#([\w-]+)"', contents)
    assert len(parts) >= 10
    for part in parts:
        assert page.count(f'id="{part}"') == 1


def test_the_guide_says_what_the_authorities_say_as_the_welcome_does(cast: Cast) -> None:
    welcome = cast.stranger.get("/welcome").get_data(as_text=True)
    guide = cast.stranger.get("/guide").get_data(as_text=True)
    said = welcome.partition("<dl>")[2].partition("</dl>")[0]
    assert "Health Canada" in said
    assert said in guide


def test_the_guide_says_what_rules_everywhere(cast: Cast) -> None:
    read = text_of(cast.stranger, "/guide")
    assert "Milk is a gift here. Nobody may ask for money, postage or a deposit." in read
    assert "In France only lactariums" in read
    assert "Nothing here is medical advice." in read
    assert "If tonight can't wait: use a formula your baby tolerates" in read
    assert "eligible" not in read


def test_after_a_loss_names_four_ways_and_hurries_nobody(cast: Cast) -> None:
    read = text_of(cast.stranger, "/guide/after-a-loss")
    assert read.startswith(f"After a loss {SORRY}")
    ways = [read.index(way) for way in ("Let it stop", "Keep it", "Ask a milk bank", "Share it")]
    assert ways == sorted(ways)


def test_no_public_page_needs_a_script_to_be_read(cast: Cast) -> None:
    for path in PUBLIC:
        page = cast.stranger.get(path).get_data(as_text=True)
        assert " hidden" not in page.partition("<main")[2].partition("</main>")[0]


@pytest.fixture
def about(site: Flask, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The About page of a site whose host can be reached at the parameter."""
    settings = replace(site.config["SETTINGS"], data=tmp_path, subscriber=request.param)
    alerts.make_keys(tmp_path)
    hosted = create_app(settings)
    hosted.test_client_class = Client
    shells.drawn.cache_clear()
    yield text_of(hosted.test_client(), "/about")
    shells.drawn.cache_clear()


@pytest.mark.parametrize("about", ["host@milk.test"], indirect=True)
def test_the_about_page_says_how_to_reach_whoever_hosts(about: str) -> None:
    assert "host@milk.test" in about


@pytest.mark.parametrize("about", ["host@example.org"], indirect=True)
def test_an_address_that_nobody_chose_is_not_given(about: str) -> None:
    assert "@" not in about
    assert "has not given an address yet" in about


def test_night_is_the_same_night_whether_the_phone_or_she_chose_it() -> None:
    tokens = (ROOT / "webapp/static/css/tokens.css").read_text()
    by_phone = tokens.split(':root:not([data-theme="day"]) {')[1].split("}")[0]
    by_choice = tokens.split(':root[data-theme="night"] {')[1].split("}")[0]
    colours = [set(re.findall(r"--[\w-]+: [^;]+;", part)) for part in (by_phone, by_choice)]
    assert colours[0] == colours[1]
    assert colours[0]
