"""The translated words, compiled: .mo files for Python and JSON for the front-end build.

Started by the build with .venv's Python.
"""

from __future__ import annotations

import gettext
import io
import json
from pathlib import Path

from _steps import CACHE, write_whole
from _words import Words, strings
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

PLURAL_SAMPLES = (*range(200), 1_000_000)


def for_scripts(catalog: Catalog) -> dict[str, str | dict[str, str]]:
    """The messages that scripts use: text by text, plurals by CLDR category (Intl.PluralRules)."""
    categories = plural_categories(catalog)
    words: dict[str, str | dict[str, str]] = {}
    for message in catalog:
        used = any(str(place).startswith("webapp/static/") for place, _line in message.locations)
        if not message.id or not used or message.fuzzy or not all(strings(message)):
            continue
        if isinstance(message.id, tuple):
            forms = strings(message)
            words[message.id[0]] = {name: forms[index] for name, index in categories.items()}
        else:
            words[str(message.id)] = str(message.string)
    return words


def plural_categories(catalog: Catalog) -> dict[str, int]:
    """Which of gettext's plural forms each CLDR category of the language takes."""
    category = Locale.parse(str(catalog.locale)).plural_form
    form = gettext.c2py(catalog.plural_expr)
    return {category(n): form(n) for n in reversed(PLURAL_SAMPLES)}


def compile_all(words: Words, folder: Path) -> None:
    """Make each language's .mo for Python and its JSON for the front-end build."""
    write_whole(folder / "en.json", "{}\n")
    for language, file in words.languages().items():
        catalog = words.read(language)
        out = io.BytesIO()
        write_mo(out, catalog)
        half = file.with_suffix(".mo.half")
        half.write_bytes(out.getvalue())
        half.replace(file.with_suffix(".mo"))
        text = json.dumps(for_scripts(catalog), ensure_ascii=False, sort_keys=True, indent=1)
        write_whole(folder / f"{language}.json", text + "\n")
    for stale in folder.glob("*.json"):
        if stale.stem not in {"en", *words.languages()}:
            stale.unlink()


if __name__ == "__main__":
    compile_all(Words(), CACHE / "words")
