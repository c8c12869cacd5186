"""Whether a text names somebody in some form or other, however they are written there.

Looser than `registry.people.mentions`, for what is only this copy's own: a draft, a hand edit that was set aside. There a
name too many costs little, and one that stays costs more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from registry.plain_text import fold, loosen
from registry.records.refs import slug
from registry.records.values import Data, text

_SHORTEST: Final = 6
"""Letters of a whole name, digits of a number, that are looked for run together."""
_SHORTEST_LAST: Final = 3
"""Letters of a last name that is looked for alone."""
_NO_LETTER: Final = re.compile(r"[\W\d_]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = re.compile(r"\d(?:[\s()/.\u2010-\u2013-]{0,3}\d)+")
_ABROAD: Final = re.compile(r"^(?:00|46)?(?:46)?0?")
_ESCAPED: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[nrt])")


@dataclass(frozen=True, slots=True)
class Loosely:
    """What is looked for: names run together, in both orders; numbers without their beginning; addresses; last names."""

    names: frozenset[str]
    numbers: frozenset[str]
    addresses: frozenset[str]
    last: frozenset[str]

    @classmethod
    def of(cls, entries: Iterable[Data]) -> Loosely:
        """What the entries of the people book would be known by."""
        names, numbers, addresses, last = set[str](), set[str](), set[str](), set[str]()
        for entry in entries:
            for words in _spellings(text(entry, "name")):
                names |= {_plain(joined) for joined in _orders(words) if len(joined) >= _SHORTEST}
                last |= {words[-1]} if len(words) > 1 and len(words[-1]) >= _SHORTEST_LAST else set()
            if len(number := _digits(text(entry, "telephone"))) >= _SHORTEST:
                numbers.add(number)
            if address := text(entry, "email"):
                addresses.add(address.casefold())
        return cls(frozenset(names), frozenset(numbers), frozenset(addresses), frozenset(last))

    def named_in(self, words: str) -> bool:
        """Whether a whole name, an address or a number stands there: other case, order, blanks, accents, +46 or none."""
        joined = _plain(_NO_LETTER.sub("", words))
        if any(name in joined for name in self.names) or any(each in words.casefold() for each in self.addresses):
            return True
        runs = [re.sub(r"\D", "", found[0].replace("(0)", "")) for found in _NUMBER.finditer(words)]
        return any(number in run for run in runs for number in self.numbers)

    def hinted_at_in(self, words: str) -> bool:
        """Whether a last name stands there by itself: it may be theirs."""
        found = {_plain(word[0]) for word in _WORD.finditer(words)}
        return any(name in found or f"{name}s" in found for name in self.last)


def as_words(content: bytes) -> str:
    """What a file says, with the letters that JSON and TOML write by their numbers."""
    try:
        words = content.decode("utf-8")
    except UnicodeDecodeError:
        words = content.decode("latin-1")
    return _ESCAPED.sub(lambda found: _letter(found[1] or found[2]), words)


def _letter(number: str | None) -> str:
    value = int(number, 16) if number else 0
    return chr(value) if 0x20 <= value < 0x110000 and not 0xD800 <= value < 0xE000 else " "


def _spellings(name: str) -> Iterator[list[str]]:
    first, comma, rest = name.partition(",")
    name = f"{rest} {first}" if comma else name
    yield [_plain(word[0]) for word in _WORD.finditer(name)]
    yield [_plain(word) for word in slug(name).split("-") if word]


def _orders(words: list[str]) -> Iterator[str]:
    if len(words) > 1:
        yield "".join(words)
        yield "".join((words[-1], *words[:-1]))
        yield words[0] + words[-1]  # without what stands between
        yield words[-1] + words[0]


def _plain(words: str) -> str:
    """The words without case and accents, and with å, ä and ö as a, a and o, also where they were written aa, ae and oe."""
    return loosen(fold(words)).replace("aa", "a").replace("ae", "a").replace("oe", "o")


def _digits(number: str) -> str:
    """The digits of a number without what it begins with from here or from abroad: 0, +46, 0046."""
    return _ABROAD.sub("", re.sub(r"\D", "", number))
