"""English made right-to-left and 40 % longer by rule, to see that pages hold any language.

Started with .venv's Python. What it writes stays out of git and is offered to nobody: a page speaks
it only where this was run and its address says ?lang=ar-001. Babel and Intl both take that tag, so
months and plural forms are Arabic's own.
"""

from __future__ import annotations

import math
import re
from pathlib import Path

from _steps import CACHE, ends_politely, say
from _words import Words, write_compiled
from babel.messages.catalog import Catalog

LANGUAGE = "ar_001"
FOLDER = CACHE / "pseudo"
LONGER = 1.4
KEPT = re.compile(r"(%%|%\(\w+\)[sd]|<[^>]*>|&\w+;)")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Hebrew's: as wide as Latin ones, and not joined, so that no font makes them shorter.
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "אבקדהפגחיכךלםמןנםעפקרשתסוצ")


def pseudo(text: str) -> str:
    """A message in right-to-left letters, each word 40 % longer; placeholders stay as they are."""
    return "".join(
        part if KEPT.fullmatch(part) else WORD.sub(lambda word: _longer(word[0]), part)
        for part in KEPT.split(text)
    )


def _longer(word: str) -> str:
    letters = word.lower().translate(LETTERS)
    return letters + letters[: math.ceil(len(letters) * (LONGER - 1))]


def catalog_of(template: Catalog) -> Catalog:
    """Every message of a template in the pseudo-locale, with all the plural forms it has."""
    made = Catalog(locale=LANGUAGE, charset="utf-8", fuzzy=False)
    for message in template:
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            one, many = map(pseudo, message.id)
            text: str | tuple[str, ...] = (one,) + (many,) * (made.num_plurals - 1)
        else:
            text = pseudo(str(message.id))
        made.add(message.id, text, context=message.context, flags=message.flags)
    return made


def make(folder: Path = FOLDER) -> Path:
    """Write the pseudo-locale where the server finds it; gives the file."""
    file = folder / LANGUAGE / "LC_MESSAGES" / "messages.mo"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_compiled(catalog_of(Words().collect()), file)
    return file


def main() -> int:
    """Make it and say where."""
    say(f"{make()}: open a page with ?lang={LANGUAGE.replace('_', '-')}")
    return 0


if __name__ == "__main__":
    ends_politely(main)
