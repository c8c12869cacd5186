"""personal-data: not the policy's but the registry's own: names and numbers of people stay out of a history that lasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from re import compile as pattern
from typing import Final, TypeAlias

from registry.findings import Finding
from registry.policy.case import Case
from registry.policy.reading import place
from registry.policy.subjects import Subject
from registry.records.fields import Field, Kind
from registry.records.kinds import KINDS, kind_of
from registry.records.types import SetOf, Table, Tables, Text
from registry.records.values import Data
from registry.words import _

_Found: TypeAlias = tuple[tuple[str | int, ...], str]
_FEWEST: Final = 5
"""Every number of a person has at least five digits close together."""
_CLOSE: Final = pattern(r"\d[^\n]{0,8}?\d[^\n]{0,8}?\d[^\n]{0,8}?\d[^\n]{0,8}?\d")
_OTHERS: Final = bytes(byte for byte in range(256) if byte not in b"@0123456789")


def personal_data(case: Case, it: Subject) -> Iterator[Finding]:
    """Free text that looks like an address, a telephone or a personal identity number, or holds a name from the book."""
    for way, words in _suspects(_searched(kind_of(it.ref).id), it.data, every=case.book is not None):
        yield from _of_text(case, it, _path(it.data, way), words)
    if case.book is not None:
        yield from _of_text(case, it, "", it.ref.rsplit("/", 1)[-1])


def _of_text(case: Case, it: Subject, path: str, words: str) -> Iterator[Finding]:
    from registry.people.book import Book
    from registry.people.slips import KIND_WORDS, slips

    found = slips(words, case.book or Book(), case.mailboxes, case.day)
    if found:
        message = _("holds what looks like personal data: %(kind)s") % {"kind": KIND_WORDS[found[0].kind]}
        yield case.find(it, "personal-data", "exception", path, message)


class _Searched:
    """A field that holds free text, or a table or list of tables that does."""

    __slots__ = ("inner", "key")

    def __init__(self, key: str, inner: tuple[_Searched, ...]) -> None:
        self.key = key
        self.inner = inner


@lru_cache(maxsize=len(KINDS))
def _searched(kind_id: str) -> tuple[_Searched, ...]:
    kind: Kind = KINDS[kind_id]
    return _of_fields(kind.fields)


def _of_fields(fields: Sequence[Field]) -> tuple[_Searched, ...]:
    made = []
    for field in fields:
        kind = field.type.item if isinstance(field.type, SetOf) else field.type
        if isinstance(kind, Text) and kind.searched:
            made.append(_Searched(field.key, ()))
        elif isinstance(field.type, (Table, Tables)) and (inner := _of_fields(field.fields)):
            made.append(_Searched(field.key, inner))
    return tuple(made)


def _suspects(fields: tuple[_Searched, ...], data: Data, *, every: bool) -> list[_Found]:
    """The texts that may hold something, each with the way to it, innermost first."""
    found: list[_Found] = []
    for field in fields:
        value = data.get(field.key)
        if value is None:
            continue
        if isinstance(value, str):
            if every or _suspect(value):
                found.append(((field.key,), value))
        elif isinstance(value, dict):
            found += [((*way, field.key), words) for way, words in _suspects(field.inner, value, every=every)]
        elif isinstance(value, list):
            for at, entry in enumerate(value):
                if isinstance(entry, dict) and (inside := _suspects(field.inner, entry, every=every)):
                    found += [((*way, at, field.key), words) for way, words in inside]
    return found


def _suspect(words: str) -> bool:
    """Whether it has an @, or five digits close together: told in a fraction of what a search for either takes."""
    kept = words.encode("utf-8", "replace").translate(None, _OTHERS)
    return bool(kept) and (b"@" in kept or (len(kept) >= _FEWEST and _CLOSE.search(words) is not None))


def _path(data: Data, way: tuple[str | int, ...]) -> str:
    """``commitments[k1].party``, from the way to it."""
    if len(way) == 3 and isinstance(way[1], int):
        return place(data, str(way[2]), way[1], str(way[0]))
    return ".".join(str(step) for step in reversed(way))
