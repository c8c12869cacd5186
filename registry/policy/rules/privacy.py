"""personal-data: not the policy's but the registry's own: names and numbers of people stay out of a history that lasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from re import compile as pattern
from typing import Final, NamedTuple, TypeAlias

from registry.findings import Finding
from registry.policy.case import Case
from registry.policy.reading import place
from registry.policy.subjects import Subject
from registry.records.fields import Field
from registry.records.kinds import KINDS
from registry.records.refs import folder_of
from registry.records.types import Table, Tables, Text
from registry.records.values import Data
from registry.words import _

_Found: TypeAlias = tuple[tuple[str | int, ...], str]
_FEWEST: Final = 8
"""No number of a person has fewer digits (`registry.people.telephones`)."""
_CLOSE: Final = pattern(r"\d[^\n]{0,8}?\d[^\n]{0,8}?\d[^\n]{0,8}?\d[^\n]{0,8}?\d")
_OTHERS: Final = bytes(byte for byte in range(256) if byte not in b"@0123456789")
_BEYOND_LATIN: Final = pattern("[^\x00-\u065f]")
"""What may be a digit of another script; the first are the Arabic ones."""


def personal_data(case: Case, it: Subject) -> Iterator[Finding]:
    """Free text that looks like an address, a telephone or a personal identity number, or holds a name from the book."""
    searched = _searched(folder_of(it.ref))
    own = it.ref.rsplit("/", 1)[-1]
    whole = "\n".join(_gathered(searched, it.data))
    names = case.book is not None and case.book.name_index.may_be_in(f"{whole}\n{own}")
    if names or _may_hold_any(whole):
        for way, words in _suspects(searched, it.data, every=names):
            yield from _of_text(case, it, _path(it.data, way), words)
    if case.book is not None and (names or _suspect(own)):
        yield from _of_text(case, it, "", own)


def _of_text(case: Case, it: Subject, path: str, words: str) -> Iterator[Finding]:
    from registry.people.book import Book
    from registry.people.slips import KIND_WORDS, slips

    found = slips(words, case.book or Book(), case.mailboxes, case.day)
    if found:
        message = _("holds what looks like personal data: %(kind)s") % {"kind": KIND_WORDS[found[0].kind]}
        yield case.find(it, "personal-data", "exception", path, message)


class _Searched(NamedTuple):
    """Where free text stands in a record or in an entry of it."""

    keys: dict[str, None]
    """In the order of the description."""
    inside: tuple[tuple[str, _Searched], ...]
    """The tables and lists of tables that hold more."""


@lru_cache(maxsize=len(KINDS))
def _searched(kind_id: str) -> _Searched:
    return _of_fields(KINDS[kind_id].fields)


def _of_fields(fields: Sequence[Field]) -> _Searched:
    keys = [field.key for field in fields if isinstance(field.type, Text) and field.type.searched]
    tables = [(field.key, _of_fields(field.fields)) for field in fields if isinstance(field.type, (Table, Tables))]
    return _Searched(dict.fromkeys(keys), tuple((key, inner) for key, inner in tables if inner.keys or inner.inside))


def _suspects(searched: _Searched, data: Data, *, every: bool) -> list[_Found]:
    """The texts that may hold something, each with the way to it, innermost first."""
    found: list[_Found] = [
        ((key,), value)
        for key in searched.keys
        if isinstance(value := data.get(key), str) and (every or _suspect(value))
    ]
    for key, inner in searched.inside:
        value = data.get(key)
        if isinstance(value, dict):
            found += [((*way, key), words) for way, words in _suspects(inner, value, every=every)]
        elif isinstance(value, list):
            for at, entry in enumerate(value):
                if isinstance(entry, dict) and (own := _suspects(inner, entry, every=every)):
                    found += [((*way, at, key), words) for way, words in own]
    return found


def _gathered(searched: _Searched, data: Data) -> list[str]:
    """All the free text of a record, in no order: most records are let be by one look at it."""
    keys = searched.keys
    found = [value for key, value in data.items() if key in keys and isinstance(value, str)]
    for key, inner in searched.inside:
        value = data.get(key)
        if isinstance(value, dict):
            found += _gathered(inner, value)
        elif isinstance(value, list):
            for entry in value:
                if isinstance(entry, dict):
                    found += _gathered(inner, entry)
    return found


def _may_hold_any(words: str) -> bool:
    """Whether there is an @ or are eight digits in it: told in a fraction of what a search for either takes."""
    kept = words.encode("utf-8", "replace").translate(None, _OTHERS)
    return len(kept) >= _FEWEST or b"@" in kept or _BEYOND_LATIN.search(words) is not None


def _suspect(words: str) -> bool:
    """Whether it has an @, or digits close together."""
    return _may_hold_any(words) and ("@" in words or _CLOSE.search(words) is not None)


def _path(data: Data, way: tuple[str | int, ...]) -> str:
    """``commitments[k1].party``, from the way to it."""
    if len(way) == 3 and isinstance(way[1], int):
        return place(data, str(way[2]), way[1], str(way[0]))
    return ".".join(str(step) for step in reversed(way))
