"""What makes a site an app, and what it weighs as served."""

import base64
import hashlib
import json
import re
import uuid
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from flask import Flask

from tests.cast import Cast, Client, offer
from webapp import alerts, create_app
from webapp.routes.built import built
from webapp.routes.words import LANGUAGES
from webapp.secrets import make_keys

KB = 1024
BROTLI = {"Accept-Encoding": "br, gzip"}
RARE_PAGES = ["/devices", "/freezer/labels", f"/listings/{uuid.UUID(int=7)}/sheet"]
"""What a phone keeps of these beside their shells comes when they are first opened."""
SHELLS = ["/nearby", "/offers/new", "/requests/new", "/mine", "/me", "/outbox", "/welcome", "/new"]


def served(cast: Cast, path: str) -> bytes:
    """The bytes on the wire, in brotli."""
    response = cast.stranger.get(path, headers=BROTLI)
    assert response.status_code == 200, path
    return response.get_data()


def linked(cast: Cast, pattern: str) -> list[str]:
    """Addresses of built files that the Nearby shell links to."""
    page = cast.stranger.get("/nearby").get_data(as_text=True)
    found = re.findall(pattern, page)
    assert found, pattern
    return found


def manifest_line(cast: Cast) -> dict[str, object]:
    first, _newline, _rest = cast.stranger.get("/sw.js").get_data(as_text=True).partition("\n")
    return json.loads(first.removeprefix("self.MILKWELL=").removesuffix(";"))


def words_in(page: str) -> str:
    """What the page's script will say, as the page carries it."""
    (found,) = re.findall(r'<script type="application/json" id="words">(.*?)</script>', page, re.S)
    return str(found)


def scripts_of(page: str) -> tuple[str, list[str]]:
    """The script that a page runs, and those that it asks for along with it."""
    (script,) = re.findall(r'<script type="module" src="(/static/dist/[^"]+\.js)"', page)
    return script, re.findall(r'<link rel="modulepreload" href="([^"]+)"', page)


def own_of(page: str) -> list[str]:
    """The scripts that no other page asks for."""
    return [name for name in scripts_of(page)[1] if "/common-" not in name]


def statically(cast: Cast, script: str) -> set[str]:
    """A script and all that it imports by statements, as a browser finds them."""
    found = {script}
    for name in re.findall(r'(?:from|import)"\./([^"]+)"', served_text(cast, script)):
        if (address := f"/static/dist/{name}") != script:
            found |= statically(cast, address)
    return found


def served_text(cast: Cast, path: str) -> str:
    return cast.stranger.get(path).get_data(as_text=True)


def test_the_javascript_of_every_page_weighs_at_most_20_kb(cast: Cast) -> None:
    """What else there is only its own page loads: see docs/decisions/the-scripts-weight.md."""
    (script,) = {scripts_of(served_text(cast, path))[0] for path in SHELLS}
    assert statically(cast, script) == {script}
    assert len(served(cast, script)) <= 20 * KB


def test_what_one_page_loads_beside_weighs_at_most_12_kb(cast: Cast) -> None:
    pages = [scripts_of(served_text(cast, path))[1] for path in SHELLS]
    assert sum(map(bool, pages)) > 2
    for beside in pages:
        assert sum(len(served(cast, script)) for script in beside) <= 12 * KB, beside


def test_all_javascript_that_a_phone_keeps_at_once_weighs_at_most_50_kb(cast: Cast) -> None:
    scripts = [name for name in manifest_line(cast)["files"] if name.endswith(".js")]
    assert sum(len(served(cast, script)) for script in scripts) <= 50 * KB


def test_a_page_that_few_open_loads_at_most_12_kb_beside(cast: Cast) -> None:
    for path in RARE_PAGES:
        beside = scripts_of(served_text(cast, path))[1]
        assert sum(len(served(cast, script)) for script in beside) <= 12 * KB, path


def test_no_script_is_found_only_after_another_has_come(cast: Cast) -> None:
    """Else a first visit takes a round trip for each, and a chain of them on a slow link."""
    for path in (*SHELLS, *RARE_PAGES):
        script, beside = scripts_of(served_text(cast, path))
        own = set().union(*(statically(cast, each) for each in beside)) - {script}
        assert own == set(beside), path


def test_every_script_is_kept_at_once_or_from_when_its_page_is_first_opened(cast: Cast) -> None:
    line = manifest_line(cast)
    files, rare = line["files"], built().rare()
    assert not set(files) & set(rare)
    assert set(rare) == {one for path in RARE_PAGES for one in own_of(served_text(cast, path))}
    script, _beside = scripts_of(served_text(cast, "/nearby"))
    known, seen = {script}, set[str]()
    while known - seen:
        seen.add(each := min(known - seen))
        names = re.findall(r'(?:from|import\(?)"\./([^"]+)"', served_text(cast, each))
        known |= {f"/static/dist/{name}" for name in names}
    assert len(known) > 4
    assert known == {name for name in (*files, *rare) if name.endswith(".js")}


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_a_languages_words_weigh_at_most_6_kb(cast: Cast, tongue: str) -> None:
    """Scripts say them, shells carry them: first visit and precache count them once more below."""
    words = words_in(cast.stranger.get(f"/nearby?lang={tongue}").get_data(as_text=True))
    assert len(words) > 1 * KB
    assert len(brotli.compress(words.encode())) <= 6 * KB


def test_words_are_weighed_wherever_they_travel(cast: Cast) -> None:
    line = manifest_line(cast)
    shells = cast.stranger.get(line["shells"]).json["shells"]
    first = cast.stranger.get("/nearby").get_data(as_text=True)
    filled = [shell["html"] for shell in shells.values() if 'id="words"' in shell["html"]]
    assert {words_in(html) for html in filled} == {words_in(first)}
    assert "Saved on this phone" in words_in(first)
    for script in filter(re.compile(r"\.js$").search, line["files"]):
        assert "Saved on this phone" not in served_text(cast, script)


def test_the_service_worker_weighs_at_most_6_kb(cast: Cast) -> None:
    assert len(served(cast, "/sw.js")) <= 6 * KB


def test_the_css_weighs_at_most_10_kb(cast: Cast) -> None:
    page = cast.stranger.get("/nearby").get_data(as_text=True)
    inline = re.search(r"<style>(.*?)</style>", page, re.S)
    assert inline
    sheets = linked(cast, r'href="(/static/dist/[^"]+\.css)"')
    whole = sum(len(served(cast, sheet)) for sheet in sheets)
    assert whole + len(brotli.compress(inline[1].encode())) <= 10 * KB


def test_a_first_visit_takes_at_most_60_kb_in_8_requests(cast: Cast) -> None:
    for first in ("/", "/nearby", "/offers/new"):
        page = cast.stranger.get(first).get_data(as_text=True)
        assets = set(re.findall(r'(?:src|href)="(/(?:static|manifest)[^"]+)"', page))
        # One of them no visit asks for, only a phone that puts the app on its home screen.
        asked = assets - set(re.findall(r'rel="apple-touch-icon" href="([^"]+)"', page))
        assert len(asked) + 2 <= 8, first  # the page itself, and the worker
        weight = len(served(cast, first)) + sum(len(served(cast, asset)) for asset in assets)
        assert weight + len(served(cast, "/sw.js")) <= 60 * KB, first


def test_only_the_page_itself_is_asked_for_before_the_first_paint(cast: Cast) -> None:
    for path in SHELLS:
        head, _end, body = cast.stranger.get(path).get_data(as_text=True).partition("</head>")
        assert 'rel="stylesheet"' not in head
        assert re.search(r'<script (?!type="module")', head) is None
        assert body.rindex('rel="stylesheet"') > body.rindex("</main>")


def test_the_precache_weighs_at_most_90_kb(cast: Cast) -> None:
    line = manifest_line(cast)
    names = [*line["files"], line["shells"]]
    assert sum(len(served(cast, name)) for name in names) <= 90 * KB


def test_an_idle_sync_is_at_most_250_bytes_each_way(cast: Cast) -> None:
    cast.donor.publish(offer())
    cast.donor.sync()
    body = {
        "protocol": 1,
        "device": cast.donor.device,
        "sent_at": "2026-11-21T10:00:00.000Z",
        "operations": [],
        "cursors": cast.donor.cursors,
    }
    assert len(json.dumps(body, separators=(",", ":"))) <= 250
    assert len(cast.donor.send().get_data()) <= 250


def test_a_first_sync_of_100_listings_is_at_most_8_kb(cast: Cast) -> None:
    for number in range(100):
        cast.donor.publish(offer(volume_ml=str(300 + 37 * number)))
    response = cast.recipient.client.post(
        "/api/sync",
        json={
            "protocol": 1,
            "device": cast.recipient.device,
            "sent_at": "2026-11-21T10:00:00Z",
            "cursors": {"me": "", "near": ""},
        },
        headers={"Sec-Fetch-Site": "same-origin", **BROTLI},
    )
    assert response.headers["Content-Encoding"] == "br"
    body = json.loads(brotli.decompress(response.get_data()))
    assert len(body["scopes"]["near"]["put"]["listing"]) == 100
    assert len(response.get_data()) <= 8 * KB


def test_every_file_the_worker_keeps_is_there_and_stays_for_ever(cast: Cast) -> None:
    line = manifest_line(cast)
    for name in (*line["files"], *built().rare()):
        response = cast.stranger.get(name)
        assert response.status_code == 200, name
        assert "immutable" in response.headers["Cache-Control"]
    shells = cast.stranger.get(line["shells"]).json["shells"]
    assert {"/nearby", "/listings/:id", "/offline"} <= set(shells)
    for shell in shells.values():
        assert "Content-Security-Policy" in shell["headers"]


def test_shells_of_another_version_are_not_to_be_had(cast: Cast) -> None:
    """Else a worker would keep them as its own, and for a year."""
    wanted, _v, _version = str(manifest_line(cast)["shells"]).partition("&v=")
    assert cast.stranger.get(f"{wanted}&v=0123456789ab").status_code == 404
    assert cast.stranger.get(wanted).headers["Cache-Control"] == "no-cache"


def test_the_worker_itself_is_never_cached(cast: Cast) -> None:
    assert cast.stranger.get("/sw.js").headers["Cache-Control"] == "no-cache"


def test_a_setting_serves_a_worker_that_removes_itself(site: Flask, tmp_path: Path) -> None:
    settings = replace(site.config["SETTINGS"], remove_worker=True)
    made = create_app(settings)
    made.test_client_class = Client
    first = made.test_client().get("/sw.js").get_data(as_text=True).partition("\n")[0]
    assert first == 'self.MILKWELL={"remove":true};'


def test_the_manifest_has_icons_any_and_maskable_that_are_there(cast: Cast) -> None:
    manifest = cast.stranger.get("/manifest.webmanifest").json
    assert manifest["short_name"] == "Well"
    kinds = {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]}
    assert kinds == {(f"{n}x{n}", p) for n in (192, 512) for p in ("any", "maskable")}
    for icon in manifest["icons"]:
        png = cast.stranger.get(icon["src"])
        assert png.mimetype == "image/png"
        assert png.get_data().startswith(b"\x89PNG")


@pytest.mark.parametrize("path", ["/", "/nearby", "/sign-in", "/about", "/nowhere"])
def test_no_page_allows_an_inline_script_or_anything_from_elsewhere(cast: Cast, path: str) -> None:
    response = cast.stranger.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    page = response.get_data(as_text=True)
    # What is JSON is data, and never run.
    inline = re.findall(
        r'<script(?![^>]*src=| type="application/json")[^>]*>(.*?)</script>', page, re.S
    )
    for script in inline:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert len(inline) == 1
    assert not re.search(r"\sstyle=", page)
    assert not re.search(r"\son\w+=", page)


def test_names_that_no_build_made_are_not_found(cast: Cast) -> None:
    for name in ("build.json", "../sw.js", "app.js", "x-0123456789.js"):
        assert cast.stranger.get(f"/static/dist/{name}").status_code == 404


def test_secrets_are_for_their_owner_alone(site: Flask) -> None:
    data = site.config["SETTINGS"].data
    make_keys(data)
    alerts.make_keys(data)
    names = ("session.key", "seal.key", "vapid-private.pem", "vapid-public.pem")
    assert {(data / name).stat().st_mode & 0o777 for name in names} == {0o600}
