import gettext
import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from _pseudo import KEPT, catalog_of
from _steps import ROOT, StepError
from _words import Words, begin, compile_all, strings, text_of, unfinished
from babel.messages.catalog import Catalog

AWKWARD = r"""
import { html } from "./template.js";
import { _, ngettext } from "./words.js";

export const view = (mine, n, name) => html`
  <p>it's hers, don't ask: ${_("after an apostrophe")}</p>
  <a title="${_("in an attribute")}" .value=${_('in a property')}
     @click=${() => say(_("in a call"))}>
  ${mine ? _("when it is mine") : html`<b>that's ${_("nested, when it isn't")}</b>`}
  \`a backtick\` and \${no} ${_("after escapes \"quoted\" \\ done")}
  ${[1, 2].map((each) => html`<li>${html`<i>'${_("three templates deep")}'</i>`}</li>`)}
  ${ngettext("%(num)s family", "%(num)s families", n)} ${ngettext("%(num)s day", "%(num)s days", n)}
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
    words = Words(tree)
    left = list(unfinished(words.updated("es", words.collect())))

    assert "missing: in a call" in left
    assert "missing: in an attribute" not in left
    assert len(left) == len(EXPECTED) - 3


@pytest.mark.parametrize(
    ("english", "spanish", "problem"),
    [
        ("near %(place)s", "cerca de %(lugar)s", "other placeholders: near %(place)s"),
        ("near %(place)s", "cerca", "other placeholders: near %(place)s"),
        ("in a call", "en %(place)s", "other placeholders: in a call"),
        ("in a call", "", "missing: in a call"),
        ("in a call", "en una llamada", None),
        ("near %(place)s", "cerca de %(place)s", None),
    ],
)
def test_a_translation_says_all_that_its_message_says(
    tree: Path, english: str, spanish: str, problem: str | None
) -> None:
    words = Words(tree)
    catalog = words.updated("es", words.collect())
    catalog[english].string = spanish

    left = [line for line in unfinished(catalog) if line.endswith(f": {english}")]
    assert left == ([problem] if problem else [])


def test_a_plural_may_say_no_number_and_has_every_form(tree: Path) -> None:
    words = Words(tree)
    catalog = words.updated("es", words.collect())
    catalog["%(num)s day"].string = ("un día", "%(num)s días")
    catalog["%(num)s egg"].string = ("%(num)s huevo",)

    left = list(unfinished(catalog))
    assert [line for line in left if "day" in line] == []
    assert "not 2 forms: %(num)s egg" in left


def test_a_fuzzy_translation_is_left_to_do(tree: Path) -> None:
    words = Words(tree)
    catalog = words.updated("es", words.collect())
    catalog["in a call"].string = "en una llamada"
    catalog["in a call"].flags.add("fuzzy")

    assert "fuzzy: in a call" in list(unfinished(catalog))


def test_a_language_is_begun_with_every_message_and_an_unknown_one_is_refused(
    tree: Path,
) -> None:
    words = Words(tree)
    begin(words, "pt_BR")
    begin(words, "es")

    assert messages(words.updated("pt_BR", words.collect())) == EXPECTED
    assert (tree / "webapp/translations/es/LC_MESSAGES/messages.po").read_text() == SPANISH
    with pytest.raises(StepError, match="no language"):
        begin(words, "milk")


def test_every_language_that_people_are_offered_is_whole() -> None:
    words = Words()
    template = words.collect()
    left = {
        language: list(unfinished(words.updated(language, template)))
        for language in words.languages()
    }
    assert len(template) > 300
    assert left == {language: [] for language in left}


def test_the_pseudo_locale_is_whole_longer_and_right_to_left() -> None:
    template = Words().collect()
    catalog = catalog_of(template)

    assert list(unfinished(catalog)) == []
    for message in catalog:
        if not message.id:
            continue
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        for one, text in zip((*english, *english[1:] * 9), strings(message), strict=False):
            said, written = spoken(one), spoken(text)
            assert len(written) >= 1.3 * len(said), one
            assert not re.search("[A-Za-z]", written), one
            if re.search("[A-Za-z]", said):
                assert any(unicodedata.bidirectional(letter) == "R" for letter in written)


def spoken(text: str) -> str:
    """The letters of a message, without values, marks and spaces."""
    return re.sub(r"[^\w]|[\d_]", "", KEPT.sub("", text))


def test_translations_are_compiled_for_the_server(tree: Path) -> None:
    compile_all(Words(tree))

    with (tree / "webapp/translations/es/LC_MESSAGES/messages.mo").open("rb") as file:
        spanish = gettext.GNUTranslations(file)
    assert spanish.gettext("said by Python") == "dicho por Python"
    assert spanish.ngettext("%(num)s family", "%(num)s families", 2) == "%(num)s familias"


def test_the_script_holds_numbers_and_the_list_what_they_stand_for(tree: Path) -> None:
    listing = build(tree)
    script = (tree / "webapp/static/dist" / listing["app"]).read_text()

    said = {text if isinstance(text, str) else tuple(text) for text in listing["messages"]}
    assert said == {
        text for text in EXPECTED if "said" not in str(text) and "%(num)s egg" not in str(text)
    }
    texts = [text for each in said for text in ([each] if isinstance(each, str) else each)]
    assert [text for text in texts if text in script] == []


def test_the_worker_is_bundled_without_words(tree: Path) -> None:
    build(tree)
    worker = tree / "webapp/static/sw.js"
    worker.write_text('import { _ } from "./js/words.js"; self.onpush = () => _("no");')

    assert "the worker has no words" in refused(tree)


@pytest.mark.parametrize("said", ["name", '"near " + name', "`near ${name}`", ""])
def test_a_message_that_is_not_written_out_fails_the_build(tree: Path, said: str) -> None:
    build(tree)
    view = f'import {{ _ as say }} from "./words.js";\nexport const view = (name) => say({said});'
    (tree / "webapp/static/js/view.js").write_text(view)

    assert "view.js, line 2: say() marks only what is written out in full" in refused(tree)


def test_the_same_sources_build_to_the_same_names_and_old_files_stay_a_while(tree: Path) -> None:
    first, again = build(tree), build(tree)
    assert first == again

    style = tree / "webapp/static/css/app.css"
    style.write_text("p { color: green }")
    second = build(tree)
    dist = tree / "webapp/static/dist"
    assert second["css"] != first["css"]
    assert (dist / first["css"]).exists()
    assert (dist / f"{second['css']}.br").exists()

    style.write_text("p { color: blue }")
    build(tree)
    assert not (dist / first["css"]).exists()


def build(tree: Path) -> dict[str, Any]:
    static = tree / "webapp/static"
    if not (tree / "bin").exists():
        for folder in (tree / "bin", static / "css"):
            folder.mkdir()
        for name in ("arrows.mjs", "build.mjs", "chunks.mjs", "words.mjs"):
            shutil.copy(ROOT / "bin" / name, tree / "bin")
        for name in ("words.js", "template.js"):
            shutil.copy(ROOT / "webapp/static/js" / name, static / "js")
        (tree / "node_modules").symlink_to(ROOT / "node_modules")
        (static / "js" / "app.js").write_text(
            'import { view } from "./view.js"; document.title = view(true, 1, "");'
        )
        (static / "sw.js").write_text("self.onpush = () => 1;")
        (static / "css" / "app.css").write_text("p { color: red }")
        (static / "css" / "critical.css").write_text("body { margin: 0 }")
    done = bundled(tree)
    assert done.returncode == 0, done.stderr
    listing: dict[str, Any] = json.loads((static / "dist/build.json").read_text())
    return listing


def bundled(tree: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["node", tree / "bin/build.mjs"], cwd=tree, capture_output=True, text=True, check=False
    )


def refused(tree: Path) -> str:
    """What the build says of sources that it doesn't take."""
    done = bundled(tree)
    assert done.returncode != 0
    return done.stderr
