"""Names, addresses and telephone numbers of the people book found in a text, so that none enters the history."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from registry.people.book import Book, is_left
from registry.people.telephones import known_numbers, numbers_of
from registry.plain_text import fold, loosen
from registry.records.refs import slug
from registry.records.values import Data, text

_WORD: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
"""A word, its accents written as letters or as marks of their own (NFD)."""
_APOSTROPHES: Final = "'\u2019\u2018\u02bc\u2032\u00b4`\uff07"
_A_LETTER_TO_RE: Final = "\u02bc"
_PLAIN_APOSTROPHES: Final = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_MARKUP: Final = "*_~`"
_BETWEEN: Final = re.compile(rf"(?:[\s.{_MARKUP}{_APOSTROPHES}-]|</?[A-Za-z]{{1,9}}>){{1,8}}")
_BEFORE_FIRST_NAME: Final = re.compile(rf"[{_MARKUP}]{{0,3}},[\s{_MARKUP}]{{1,6}}")
EMAIL: Final = re.compile(r"(?<![\w.%+-])[\w.%+-]*[\w+-]@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?![\w@])")
"""An e-mail address in running text, without the full stop that ends its sentence."""

_TELLING: Final = ("name", "email", "telephone")
_MANY_WORDS: Final = 1 << 17
"""More are not kept."""
Name: TypeAlias = tuple[str, ...]
"""The folded words of a name."""


@dataclass(frozen=True, slots=True)
class Mention:
    """`person` (an id) is mentioned in ``text[start:end]``; "" for a number that several people have."""

    person: str
    start: int
    end: int
    kind: Literal["name", "email", "telephone"] = "name"


@dataclass(frozen=True, slots=True)
class NameIndex:
    """What is looked for in texts: whole names of two words or more, by their first word, addresses and numbers.

    A name of one word is not looked for: Berg is also a mountain.
    """

    names: Mapping[Name, str]
    """The words of a name → the id."""
    lengths: Mapping[str, tuple[int, ...]]
    """First word → how many words the names have that begin with it, most first."""
    addresses: Mapping[str, str]
    """Casefolded e-mail address → id."""
    telephones: Mapping[str, str] = field(default_factory=dict)
    """The digits of a telephone number, with and without its country's code → id; "" where several people have it."""
    harmless: set[str] = field(default_factory=set, compare=False)
    """What has stood between two blanks and begins no name: a registry says the same words again and again."""

    @classmethod
    def of(cls, people: Mapping[str, Data]) -> NameIndex:
        """The index of `people` (id → entry)."""
        names: dict[Name, str] = {}
        lengths: dict[str, set[int]] = {}
        addresses: dict[str, str] = {}
        telephones: dict[str, str] = {}
        for person, entry in people.items():
            if is_left(entry):
                continue
            if address := text(entry, "email"):
                addresses.setdefault(address.casefold(), person)
            for number in numbers_of(text(entry, "telephone")):
                telephones[number] = person if telephones.get(number, person) == person else ""
            for name in _forms(text(entry, "name")):
                names.setdefault(name, person)
                lengths.setdefault(name[0], set()).add(len(name))
        by_first = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        return cls(names, by_first, addresses, telephones)

    def may_be_in(self, searched: str) -> bool:
        """Whether a name can be in a text: False where none of its words begins one, which is quick to tell."""
        if not self.lengths:
            return False
        new = set(searched.split()) - self.harmless
        if not new:
            return False
        found = {written for written in new if not self.lengths.keys().isdisjoint(map(_plain, _WORD.findall(written)))}
        if len(self.harmless) < _MANY_WORDS:
            self.harmless.update(new - found)
        return bool(found)


def telling_values(book: Book, ids: Iterable[str]) -> list[str]:
    """What the book says of people by which they would be known, wherever it stands.

    A title or a school is said of many.
    """
    return [value for person in ids for key in _TELLING if (value := text(book.people.get(person, {}), key))]


def mentions(searched: str, book: Book) -> list[Mention]:
    """Where `searched` mentions somebody of `book`: by their whole name, e-mail address or telephone number, in order.

    Case, accents and the spelling of slugs do not count ("asa-oberg" is Åsa Öberg), nor does the order ("Öberg, Åsa"),
    a genitive s, which apostrophe it is, or markup in between ("Åsa **Öberg**").
    """
    index = book.name_index
    addresses = list(_addresses_in(searched, index))
    names = (
        name
        for name in _names_in(searched.replace(_A_LETTER_TO_RE, "'"), index)
        if not any(name.start < address.end and address.start < name.end for address in addresses)
    )
    numbers = (
        Mention(person, start, end, "telephone") for start, end, person in known_numbers(searched, index.telephones)
    )
    return sorted([*addresses, *names, *numbers], key=lambda mention: mention.start)


def _names_in(searched: str, index: NameIndex) -> Iterator[Mention]:
    words = list(_WORD.finditer(searched))
    folded = [_plain(word[0]) for word in words]
    at = 0
    while at < len(words):
        length, person = _name_at(searched, words, folded, at, index)
        if person:
            yield Mention(person, words[at].start(), words[at + length - 1].end())
        at += length


def _name_at(
    searched: str, words: list[re.Match[str]], folded: list[str], at: int, index: NameIndex
) -> tuple[int, str]:
    """How many words the name that begins at word `at` has, and whose it is; 1 and "" where none does."""
    for length in index.lengths.get(folded[at], ()):
        name = tuple(folded[at : at + length])
        person = index.names.get(name) or index.names.get((*name[:-1], name[-1].removesuffix("s")))
        if person and len(name) == length:
            gaps = (searched[words[i].end() : words[i + 1].start()] for i in range(at, at + length - 1))
            if all(_BETWEEN.fullmatch(gap) or _BEFORE_FIRST_NAME.fullmatch(gap) for gap in gaps):
                return length, person
    return 1, ""


def _addresses_in(searched: str, index: NameIndex) -> Iterator[Mention]:
    if "@" not in searched:
        return
    for address in EMAIL.finditer(searched):
        if person := index.addresses.get(address[0].casefold()):
            yield Mention(person, address.start(), address.end(), "email")


def _plain(word: str) -> str:
    return loosen(fold(word))


def _forms(name: str) -> Iterator[Name]:
    """The ways in which a name is looked for: as written, last name first, and as a slug spells it.

    What has an apostrophe (O'Brien) is one word or two, as it happens to be spelled.
    """
    whole = unicodedata.normalize("NFC", name).replace(",", " ").translate(_PLAIN_APOSTROPHES)
    joined = whole.replace("'", "")
    if len(_words(joined)) < 2:
        return
    for spelled in dict.fromkeys((whole, joined)):
        *first, last = spelled.split()
        yield _words(spelled)
        yield (*_words(last), *_words(" ".join(first)))
        if not spelled.isascii() and len(as_slug := tuple(slug(spelled).split("-"))) > 1:
            yield as_slug


def _words(name: str) -> Name:
    return tuple(_plain(word[0]) for word in _WORD.finditer(name))
