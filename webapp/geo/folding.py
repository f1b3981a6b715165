"""How a name is written for comparison: without case, accents, marks or punctuation."""

import unicodedata

_PLAIN = {"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
_SILENT = "'’‘ʻʼ`´"


class _Letters(dict[int, str | None]):
    """A translation table that works out each character the first time it is met."""

    def __missing__(self, code: int) -> str | None:
        found = _letter(chr(code))
        if code < 0x10000:
            self[code] = found
        return found


def _letter(character: str) -> str | None:
    if character in _PLAIN:
        return _PLAIN[character]
    if character.isalnum():
        return character
    if character in _SILENT or unicodedata.category(character).startswith("M"):
        return None
    return " "


_LETTERS = _Letters()


def words(text: str) -> list[str]:
    """The words of a text, folded: "Łódź (Old-Town)" gives ["lodz", "old", "town"].

    Every word is letters and digits only, so it is safe to quote in a full-text query.
    """
    if text.isascii():
        return [text.lower()] if text.isalnum() else text.lower().translate(_LETTERS).split()
    return unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS).split()


def glued(text: str) -> str:
    """The words of a text as one word: "Monaco di Baviera" gives "monacodibaviera"."""
    return "".join(words(text))
