"""Each answer in her language, and that she may choose it."""

import json
import re
from dataclasses import replace
from typing import Any

import _pseudo
import pytest
from babel import Locale
from flask import Flask
from flask_babel import force_locale

from tests.cast import Cast
from webapp.routes import built as built_module
from webapp.routes import words
from webapp.units import amount

PSEUDO = "ar-001"


@pytest.fixture(scope="module", autouse=True)
def pseudo() -> None:
    """English made right-to-left and longer, as bin/_pseudo.py makes it."""
    _pseudo.make()


def opening(page: str) -> str:
    """The html element's own tag."""
    return re.search(r"<html[^>]*>", page)[0]


def test_the_address_goes_before_the_cookie_and_the_cookie_before_the_browser(cast: Cast) -> None:
    client = cast.stranger
    assert 'lang="en"' in opening(client.get("/sign-in").get_data(as_text=True))
    client.set_cookie("language", PSEUDO)
    browser = {"Accept-Language": "en"}
    chosen = client.get("/sign-in", headers=browser).get_data(as_text=True)
    assert f'lang="{PSEUDO}"' in opening(chosen)
    asked = client.get("/sign-in?lang=en", headers=browser).get_data(as_text=True)
    assert 'lang="en"' in opening(asked)


@pytest.mark.parametrize("tag", ["xx", "", "../en", "en-US-x", "<b>"])
def test_a_language_that_nobody_here_speaks_is_passed_over(cast: Cast, tag: str) -> None:
    cast.stranger.set_cookie("language", tag)
    page = cast.stranger.get("/sign-in", query_string={"lang": tag})
    assert 'lang="en"' in opening(page.get_data(as_text=True))


@pytest.mark.parametrize("path", ["/nearby", "/sw.js", "/manifest.webmanifest", "/shells"])
def test_an_answer_says_that_it_varies_unless_its_address_names_the_language(
    cast: Cast, path: str
) -> None:
    assert {"cookie", "accept-language"} <= set(cast.stranger.get(path).vary.as_set())
    assert "accept-language" not in cast.stranger.get(f"{path}?lang=en").vary.as_set()


def test_a_choice_is_kept_in_a_cookie_that_holds_the_tag_alone(cast: Cast) -> None:
    response = cast.stranger.get(f"/language/{PSEUDO}?next=/me")
    assert (response.status_code, response.location) == (302, "/me")
    (kept,) = response.headers.getlist("Set-Cookie")
    assert kept.startswith(f"language={PSEUDO};")
    assert "SameSite=Lax" in kept
    assert "HttpOnly" not in kept
    assert f'lang="{PSEUDO}"' in opening(cast.stranger.get("/me").get_data(as_text=True))


def test_over_https_the_choice_travels_over_https_alone(cast: Cast) -> None:
    settings = cast.app.config["SETTINGS"]
    cast.app.config["SETTINGS"] = replace(settings, origin="https://milkwell.example")
    try:
        (kept,) = cast.stranger.get("/language/en").headers.getlist("Set-Cookie")
    finally:
        cast.app.config["SETTINGS"] = settings
    assert "Secure" in kept


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example/", "/\\evil", "me", ""])
def test_a_choice_leads_nowhere_else(cast: Cast, onward: str) -> None:
    response = cast.stranger.get("/language/en", query_string={"next": onward})
    assert response.location == "/"


def test_without_next_a_choice_leads_back_to_our_page_that_it_was_made_on(cast: Cast) -> None:
    def after(page: str) -> str:
        return str(cast.stranger.get("/language/en", headers={"Referer": page}).location)

    assert after("http://localhost/guide?lang=en") == "/guide"
    assert after("http://evil.example/guide") == "/"
    assert after("http://localhost//evil.example") == "/"
    assert after("http://localhost/language/en") == "/"


@pytest.mark.parametrize("tag", ["xx", "EN", "en_", "messages"])
def test_a_language_that_there_is_not_cannot_be_chosen(cast: Cast, tag: str) -> None:
    response = cast.stranger.get(f"/language/{tag}")
    assert response.status_code == 404
    assert "Set-Cookie" not in response.headers


def test_each_language_is_offered_in_its_own_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "LANGUAGES", ("en", "es"))
    page = cast.stranger.get("/sign-in").get_data(as_text=True)
    links = re.findall(r'<a [^>]*href="/language/(\w+)" lang="(\w+)"[^>]*>([^<]+)</a>', page)
    assert links == [("en", "en", "English"), ("es", "es", "Español")]


def test_the_pseudo_locale_is_offered_to_nobody(cast: Cast) -> None:
    page = cast.stranger.get("/sign-in", headers={"Accept-Language": "ar-001, ar"})
    assert 'lang="en"' in opening(page.get_data(as_text=True))
    assert PSEUDO not in page.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/", "/nearby", "/sign-in", "/about", "/nowhere"])
def test_a_right_to_left_language_turns_the_page(cast: Cast, path: str) -> None:
    turned = cast.stranger.get(f"{path}?lang={PSEUDO}").get_data(as_text=True)
    assert opening(turned) == f'<html lang="{PSEUDO}" dir="rtl">'
    assert opening(cast.stranger.get(path).get_data(as_text=True)) == '<html lang="en" dir="ltr">'


def test_the_manifest_says_its_language_and_direction(cast: Cast) -> None:
    manifest = cast.stranger.get(f"/manifest.webmanifest?lang={PSEUDO}").json
    assert (manifest["lang"], manifest["dir"]) == (PSEUDO, "rtl")


def test_a_shell_carries_its_own_languages_words(cast: Cast) -> None:
    english, turned = (carried(cast, tag)["messages"] for tag in ("en", PSEUDO))
    texts = [(one, other) for one, other in zip(english, turned, strict=True) if str(one) is one]
    assert len(texts) > 100
    assert texts == [(one, _pseudo.pseudo(one)) for one, _other in texts]


def test_a_shell_carries_what_codes_are_called_in_its_own_language(cast: Cast) -> None:
    english, turned = (carried(cast, tag)["labels"] for tag in ("en", PSEUDO))
    assert turned == {code: _pseudo.pseudo(label) for code, label in english.items()}


def test_plural_forms_stand_by_their_category(cast: Cast) -> None:
    english, turned = (carried(cast, tag)["messages"] for tag in ("en", PSEUDO))
    counted = [place for place, said in enumerate(english) if isinstance(said, dict)]
    assert {"one", "other"} in [set(english[place]) for place in counted]
    for place in counted:
        # Arabic's other five forms are all alike here, and so are left out; what is said alike of
        # one and of many has but one form anywhere.
        assert set(turned[place]) == ({"zero", "other"} if "one" in english[place] else {"other"})


def test_words_cannot_end_the_element_that_they_stand_in(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = built_module.built()
    listing = {**made.listing, "messages": ["</script><!--<script>"]}
    monkeypatch.setattr(words, "built", lambda: replace(made, listing=listing))
    with cast.app.test_request_context("/"):
        assert "<" not in words.script_words()
        assert json.loads(words.script_words())["messages"] == ["</script><!--<script>"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["400 oz", "1,500 ml", "12,000 ml"]),
        ("es", ["400 oz", "1.500 ml", "12.000 ml"]),
        ("ar", ["400 أونصة", "1,500 ملتر", "12,000 ملتر"]),
    ],
)
def test_a_lock_screen_says_amounts_as_the_language_does(
    app: Flask, language: str, said: list[str]
) -> None:
    with app.test_request_context("/"), force_locale(language):
        assert [amount(11_830, "oz"), amount(1500, "ml"), amount(12_000, "ml")] == said


def test_babel_takes_every_language_that_we_name() -> None:
    for name in (*words.LANGUAGES, words.PSEUDO):
        assert str(Locale.parse(name)) == name


def carried(cast: Cast, tag: str) -> dict[str, Any]:
    """The words that the Nearby shell carries in a language."""
    page = cast.stranger.get(f"/nearby?lang={tag}").get_data(as_text=True)
    found: dict[str, Any] = json.loads(re.search(r'id="words">(.*?)</script>', page, re.S)[1])
    return found
