"""A word as one pattern, read alike by Git (extended regular expressions, byte by byte) and by Python.

What Git narrows a search down to and what is then kept of it must agree, or changes would be lost. So there is one
pattern, made of nothing but letters, brackets of ASCII letters and alternatives, and both look for that.

A letter finds itself in either case and with any accent; a and o also find å, ä and ö, as in `registry.plain_text`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from registry.plain_text import fold, loosen

_ACCENTED: Final = tuple(chr(code) for code in range(0xC0, 0x180) if chr(code).isalpha())
_SPECIAL: Final = frozenset(r".[]\()*+?{}|^$")


def _written(letter: str) -> frozenset[str]:
    """An accented letter as it may stand in a text: in one piece, or followed by its accent."""
    return frozenset({letter, unicodedata.normalize("NFD", letter)})


def _alike() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for letter in _ACCENTED:
        plain = fold(letter)
        for key in {plain, loosen(plain)}:
            found[key] = found.get(key, frozenset()) | _written(letter)
    return found


_ALIKE: Final = _alike()
"""What is typed, folded → the accented letters that it finds; two letters for what is written as one: ``ss`` → ``ß``."""


@lru_cache(maxsize=256)
def pattern(word: str) -> str:
    """The pattern that finds `word`, which has no blanks in it, anywhere in a text."""
    folded, parts, at = fold(word), [], 0
    while at < len(folded):
        pair = folded[at : at + 2]
        if len(pair) == 2 and pair in _ALIKE:
            parts.append(_either(["".join(map(_letter, pair)), *sorted(_ALIKE[pair])]))
            at += 2
        else:
            parts.append(_letter(folded[at]))
            at += 1
    return "".join(parts)


def _letter(letter: str) -> str:
    plain = f"[{letter}{letter.upper()}]" if letter.isascii() and letter.isalpha() else _literal(letter)
    alike = _ALIKE.get(letter, frozenset())
    if not letter.isascii() and len(letter.upper()) == 1 and letter.upper() != letter:
        alike |= {letter.upper()}
    return _either([*sorted(alike - {letter}, key=lambda one: (-len(one), one)), plain]) if alike else plain


def _literal(character: str) -> str:
    return "\\" + character if character in _SPECIAL else character


def _either(patterns: list[str]) -> str:
    return f"({'|'.join(patterns)})"


@lru_cache(maxsize=256)
def finder(word: str) -> re.Pattern[str]:
    """What finds `word` in a text, for Python."""
    return re.compile(pattern(word))


def finds(words: tuple[str, ...], text: str) -> bool:
    """Whether all of `words` are found in `text`."""
    return all(finder(word).search(text) for word in words)
