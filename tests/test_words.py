import json
import shutil
import subprocess
from pathlib import Path

import pytest
from _steps import ROOT, StepError
from _words import Words, text_of
from babel.messages.catalog import Catalog

AWKWARD = r"""
import { html } from "lit-html";
import { _, _n, ngettext } from "./words.js";

export const view = (mine, n, name) => html`
  <p>it's hers, don't ask: ${_("after an apostrophe")}</p>
  <a title="${_("in an attribute")}" .value=${_('in a property')}
     @click=${() => say(_("in a call"))}>
  ${mine ? _("when it is mine") : html`<b>that's ${_("nested, when it isn't")}</b>`}
  \`a backtick\` and \${no} ${_("after escapes \"quoted\" \\ done")}
  ${[1, 2].map((each) => html`<li>${html`<i>'${_("three templates deep")}'</i>`}</li>`)}
  ${ngettext("%(num)s family", "%(num)s families", n)} ${_n("%(num)s day", "%(num)s days", n)}
  ${_("Aún no hay nada — “cerca” 你好")} // ${_("after two slashes")} /* ${_("in no comment")}
  <style>${"`"}</style> ${_(`a template itself`)} ${_("near %(place)s", { place: `it's ${name}` })}
  ${_(
    "on lines " +
      "of its own",
  )}
  ${/['"`]/.test(name) && _("after a regular expression")} ${n / 2 / _("between divisions")}
  </a>`;

// _("in a comment")
export const text = 'not _("in a string")';
"""
EXPECTED = {
    "after an apostrophe",
    "in an attribute",
    "in a property",
    "in a call",
    "when it is mine",
    "nested, when it isn't",
    'after escapes "quoted" \\ done',
    "three templates deep",
    ("%(num)s family", "%(num)s families"),
    ("%(num)s day", "%(num)s days"),
    "Aún no hay nada — “cerca” 你好",
    "after two slashes",
    "in no comment",
    "a template itself",
    "near %(place)s",
    "on lines of its own",
    "after a regular expression",
    "between divisions",
    "said by Python",
    ("%(num)s egg", "%(num)s eggs"),
    "said lazily",
    "said by Jinja's page",
    "said in a block by %(name)s",
}
PYTHON = """
title = _("said by Python")
count = ngettext("%(num)s egg", "%(num)s eggs", n)
label = lazy_gettext("said lazily")
"""
JINJA = """<p title="{{ _('said by Jinja\\'s page') }}">
{% trans name=name %}said in a block by {{ name }}{% endtrans %}</p>"""
SPANISH = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "in an attribute"
msgstr "en un atributo"

msgid "said by Python"
msgstr "dicho por Python"

msgid "%(num)s family"
msgid_plural "%(num)s families"
msgstr[0] "%(num)s familia"
msgstr[1] "%(num)s familias"
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    static = tmp_path / "webapp" / "static"
    spanish = tmp_path / "webapp/translations/es/LC_MESSAGES"
    for folder in (static / "js", static / "dist", tmp_path / "webapp/templates", spanish):
        folder.mkdir(parents=True)
    shutil.copy(ROOT / "babel.cfg", tmp_path)
    (static / "js" / "view.js").write_text(AWKWARD)
    (static / "dist" / "app.js").write_text('_("what the build made")')
    (tmp_path / "webapp" / "page.py").write_text(PYTHON)
    (tmp_path / "webapp/templates/page.html").write_text(JINJA)
    (spanish / "messages.po").write_text(SPANISH)
    return tmp_path


def messages(catalog: Catalog) -> set[str | tuple[str, ...]]:
    return {message.id for message in catalog if message.id}


def test_every_message_is_collected_in_whatever_shape_it_stands(tree: Path) -> None:
    assert messages(Words(tree).collect()) == EXPECTED


def test_babel_alone_would_lose_some(tree: Path) -> None:
    """Were this ever to pass without esbuild, esbuild's part could go."""
    words = Words(tree)
    alone = {text for _file, text, *_rest in words._extract(words.sources, True)}

    assert not alone >= messages(words.collect()) - {"said by Python"}


def test_the_template_is_the_same_every_time(tree: Path) -> None:
    first, second = (text_of(Words(tree).collect()) for _ in range(2))

    assert first == second
    assert "-Date:" not in first
    assert "#: webapp/static/js/view.js\n" in first


def test_a_page_that_cannot_be_read_is_named(tree: Path) -> None:
    (tree / "webapp/templates/broken.html").write_text("<p>\n{% if %}")

    with pytest.raises(StepError, match=r"webapp/templates/broken\.html, line 2"):
        Words(tree).collect()


def test_what_is_left_to_translate_is_told(tree: Path) -> None:
    from _words import unfinished

    words = Words(tree)
    left = list(unfinished(words.updated("es", words.collect())))

    assert "missing: in a call" in left
    assert "missing: in an attribute" not in left
    assert len(left) == len(EXPECTED) - 3


def test_a_phone_gets_only_what_its_scripts_say(tree: Path) -> None:
    from _catalogues import for_scripts

    words = Words(tree)
    catalog = words.updated("es", words.collect())

    assert for_scripts(catalog) == {
        "in an attribute": "en un atributo",
        "%(num)s family": {
            "one": "%(num)s familia",
            "other": "%(num)s familias",
            "many": "%(num)s familias",
        },
    }


def test_the_build_puts_each_language_into_its_own_bundle(tree: Path) -> None:
    from _catalogues import compile_all

    words = Words(tree)
    (tree / "webapp/translations/es/LC_MESSAGES/messages.po").write_text(
        text_of(words.updated("es", words.collect()))
    )
    compile_all(words, tree / ".cache/words")
    listing = build(tree)

    spanish, english = (
        (tree / "webapp/static/dist" / listing[language]["app"]).read_text()
        for language in ("es", "en")
    )
    assert "en un atributo" in spanish
    assert "en un atributo" not in english
    assert "dicho por Python" not in spanish
    assert (tree / "webapp/translations/es/LC_MESSAGES/messages.mo").stat().st_size > 100


def test_the_same_sources_build_to_the_same_names_and_old_files_stay_a_while(tree: Path) -> None:
    first, again = build(tree), build(tree)
    assert first == again

    style = tree / "webapp/static/css/app.css"
    style.write_text("p { color: green }")
    second = build(tree)
    dist = tree / "webapp/static/dist"
    assert second["en"]["css"] != first["en"]["css"]
    assert (dist / first["en"]["css"]).exists()
    assert (dist / f"{second['en']['css']}.br").exists()

    style.write_text("p { color: blue }")
    build(tree)
    assert not (dist / first["en"]["css"]).exists()


def build(tree: Path) -> dict[str, dict[str, str]]:
    static, catalogues = tree / "webapp/static", tree / ".cache/words"
    if not (tree / "bin").exists():
        for folder in (tree / "bin", static / "css"):
            folder.mkdir()
        catalogues.mkdir(parents=True, exist_ok=True)
        (catalogues / "en.json").write_text("{}")
        shutil.copy(ROOT / "bin/build.mjs", tree / "bin")
        for name in ("catalogue.js", "words.js"):
            shutil.copy(ROOT / "webapp/static/js" / name, static / "js" / name)
        (tree / "node_modules").symlink_to(ROOT / "node_modules")
        (static / "js" / "app.js").write_text(
            'import { language } from "#catalogue"; import { view } from "./view.js";'
            'document.title = language + view(true, 1, "");'
        )
        (static / "sw.js").write_text("self.onpush = () => 1;")
        (static / "css" / "app.css").write_text("p { color: red }")
        (static / "css" / "critical.css").write_text("body { margin: 0 }")
    subprocess.run(["node", tree / "bin/build.mjs"], check=True, capture_output=True)
    listing: dict[str, dict[str, str]] = json.loads((static / "dist/build.json").read_text())
    return listing
