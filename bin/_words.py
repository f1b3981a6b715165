"""The words people read, collected from Python, Jinja and JavaScript for the translators.

Started by the other commands with .venv's Python: `collect`, `check` or `compile`.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from _steps import ROOT, StepError, ends_politely, write_whole
from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import TemplateSyntaxError

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
COMMENT_TAGS = ("Translators:",)
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[sd]")
WIDTH = 100
HEADERS_LEFT_OUT = re.compile(
    r'\A(?:#.*\n)+|^"(?:POT-Creation-Date|PO-Revision-Date|Project-Id-Version|Generated-By'
    r'|Report-Msgid-Bugs-To|Last-Translator|Language-Team): .*\\n"\n',
    re.MULTILINE,
)


class Words:
    """The messages of one source tree and the catalogues beside them."""

    def __init__(self, root: Path = ROOT) -> None:
        self.sources = root / "webapp"
        self.folder = self.sources / "translations"
        self.template = self.folder / "messages.pot"
        with (root / "babel.cfg").open() as file:
            self.methods, self.options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]

    def collect(self) -> Catalog:
        """Every message marked in the sources, with the files it stands in."""
        catalog = Catalog(charset="utf-8", fuzzy=False)
        with tempfile.TemporaryDirectory() as temporary:
            plain = Path(temporary)
            take_templates_apart(self._scripts(), self.sources, plain)
            found = [*self._extract(self.sources, False), *self._extract(plain, True)]
        for file, text, comments, context in found:
            place = [(f"webapp/{Path(file).as_posix()}", 0)]
            catalog.add(text, None, place, auto_comments=comments, context=context)
        return catalog

    def _scripts(self) -> list[Path]:
        dist = self.sources / "static" / "dist"
        scripts = sorted((self.sources / "static").rglob("*.js"))
        return [script for script in scripts if dist not in script.parents]

    def _extract(self, folder: Path, scripts: bool) -> Iterator[tuple]:
        methods = [(p, m) for p, m in self.methods if (m == "javascript") is scripts]
        reading: list[str] = []
        found = extract_from_dir(
            folder,
            methods,
            self.options,
            KEYWORDS,
            COMMENT_TAGS,
            callback=lambda file, _method, _options: reading.append(file),
        )
        try:
            for file, _line, text, comments, context in found:
                yield file, text, comments, context
        except (SyntaxError, TemplateSyntaxError) as reason:
            raise StepError(f"webapp/{reading[-1]}, line {reason.lineno}: {reason}") from reason

    def languages(self) -> dict[str, Path]:
        """Each translated language and its .po file."""
        files = sorted(self.folder.glob("*/LC_MESSAGES/messages.po"))
        return {file.parent.parent.name: file for file in files}

    def read(self, language: str) -> Catalog:
        """One language's catalogue as it stands in its file."""
        with self.languages()[language].open("rb") as file:
            return read_po(file, locale=language)

    def updated(self, language: str, template: Catalog) -> Catalog:
        """One language's catalogue brought up to the messages of today."""
        catalog = self.read(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        return catalog


def take_templates_apart(scripts: list[Path], base: Path, into: Path) -> None:
    """Write the scripts into another folder without template literals.

    Babel alone loses messages in tagged templates, as after an apostrophe or in attributes.
    """
    if not scripts:
        return
    esbuild = ROOT / "node_modules/.bin/esbuild"
    flags = ["--supported:template-literal=false", "--charset=utf8", "--log-level=warning"]
    where = [f"--outbase={base}", f"--outdir={into}"]
    subprocess.run([esbuild, *scripts, *flags, *where], check=True)


def text_of(catalog: Catalog) -> str:
    """A catalogue as its file holds it: sorted, without line numbers, dates and placeholders."""
    out = io.BytesIO()
    write_po(out, catalog, width=WIDTH, sort_output=True, include_lineno=False)
    return HEADERS_LEFT_OUT.sub("", out.getvalue().decode()).lstrip("\n")


def unfinished(catalog: Catalog) -> Iterator[str]:
    """What a translator still has to do, a line each: missing, fuzzy, other placeholders."""
    for message in catalog:
        if not message.id:
            continue
        shown = message.id[0] if isinstance(message.id, tuple) else message.id
        if message.fuzzy:
            yield f"fuzzy: {shown}"
        elif not all(strings(message)):
            yield f"missing: {shown}"
        elif len(strings(message)) != forms_of(message, catalog):
            yield f"not {forms_of(message, catalog)} forms: {shown}"
        elif any(differ(message, text) for text in strings(message)):
            yield f"other placeholders: {shown}"


def forms_of(message: Message, catalog: Catalog) -> int:
    """How many texts a message needs in this language."""
    return catalog.num_plurals if isinstance(message.id, tuple) else 1


def differ(message: Message, text: str) -> bool:
    """Whether a translation names other values than its message; a plural may say no number."""
    ids = message.id if isinstance(message.id, tuple) else (str(message.id),)
    own, needed = placeholders(text), placeholders(ids[-1])
    optional = {"%(num)s", "%(num)d"} if len(ids) > 1 else set()
    return bool((own ^ needed) - optional or own - needed)


def placeholders(text: str) -> set[str]:
    """The values that a text leaves a place for, and whether it writes a percent sign twice."""
    return set(PLACEHOLDER.findall(text))


def strings(message: Message) -> tuple[str, ...]:
    """A message's translations: one, or one a plural form."""
    text = message.string or ""
    return (text,) if isinstance(text, str) else tuple(text)


def begin(words: Words, language: str) -> None:
    """Make an empty .po for a language that has none yet."""
    if language not in words.languages():
        try:
            empty = Catalog(locale=Locale.parse(language), charset="utf-8", fuzzy=False)
        except (ValueError, UnknownLocaleError) as reason:
            raise StepError(f"{language} is no language that Babel knows") from reason
        write_whole(words.folder / language / "LC_MESSAGES" / "messages.po", text_of(empty))


def collect(words: Words) -> int:
    """Write the template and bring every language up to it; say what is left to translate."""
    template = words.collect()
    write_whole(words.template, text_of(template))
    print(f"{len(template)} messages in {words.template.name}")
    for language, file in words.languages().items():
        catalog = words.updated(language, template)
        write_whole(file, text_of(catalog))
        report(language, unfinished(catalog))
    return 0


def check(words: Words) -> int:
    """1 when the template or a language is not what the sources and translators make it."""
    template = words.collect()
    problems = []
    written = words.template.read_text() if words.template.exists() else ""
    if written != text_of(template):
        problems.append(f"{words.template.name} is out of date: bin/setup words brings it up")
    for language in words.languages():
        catalog = words.updated(language, template)
        problems += [f"{language}: {line}" for line in unfinished(catalog)]
        if words.languages()[language].read_text() != text_of(catalog):
            problems.append(f"{language}: not up to date with the template: bin/setup words")
    for problem in problems:
        print(problem)
    return int(bool(problems))


def compile_all(words: Words) -> int:
    """Make of each language's .po the .mo that the server reads."""
    for language, file in words.languages().items():
        write_compiled(words.read(language), file.with_suffix(".mo"))
    return 0


def write_compiled(catalog: Catalog, file: Path) -> None:
    """Write a .mo so that nobody sees half of it."""
    half = file.with_suffix(".mo.half")
    with half.open("wb") as out:
        write_mo(out, catalog)
    half.replace(file)


def report(language: str, lines: Iterable[str]) -> None:
    """Print what is left to do in one language."""
    left = list(lines)
    print(f"{language}: {len(left)} left to do")
    for line in left:
        print(f"  {line}")


def main(what: str, *languages: str) -> int:
    """Do one of the three, with these languages begun before."""
    work = {"collect": collect, "check": check, "compile": compile_all}[what]
    for language in languages:
        begin(Words(), language)
    return work(Words())


if __name__ == "__main__":
    ends_politely(lambda: main(*sys.argv[1:]))
