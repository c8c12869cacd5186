"""Which copies of the registry have forgotten whom: each says so in the book, by a random id of its own.

A copy is entered when it first shares the book, and says of every erasure that it has carried it out: the entry replaced,
the old versions pruned. Whose copy it is, the book does not say; `vanort people copies` shows a copy its own id.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from registry.git import local_json
from registry.people.book import Book, is_copy
from registry.records.values import day

if TYPE_CHECKING:
    from registry.git.repository import Repository

_NAME: Final = "copy.json"
_LETTERS: Final = "bcdfghjkmnpqrstvwxz23456789"
_SINCE: Final = "since"
_ERASED: Final = "erased"
_ON: Final = "on"


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy has said of itself: since when it has the book, whom it has forgotten, and when it last said so."""

    id: str
    since: date | None
    erased: frozenset[str]
    on: date | None


def own(repo: Repository) -> str:
    """The id of this copy, ``c-`` and six letters and digits; made at the first look."""
    try:
        found = local_json.load(repo, _NAME)["id"]
        if isinstance(found, str) and is_copy(found):
            return found
    except (OSError, ValueError, KeyError, TypeError):
        pass
    made = "c-" + "".join(secrets.choice(_LETTERS) for _letter in range(6))
    local_json.keep(repo, _NAME, {"id": made})
    return made


def copies(book: Book) -> list[Copy]:
    """The copies that have shared the book, by id."""
    found = []
    for key, entry in sorted(book.extra.items()):
        if is_copy(key) and isinstance(entry, dict):
            told = entry.get(_ERASED)
            ids = frozenset(each for each in told if isinstance(each, str)) if isinstance(told, list) else frozenset()
            found.append(Copy(key, day(entry, _SINCE), ids, day(entry, _ON)))
    return found


def behind(book: Book, person: str) -> list[Copy]:
    """The copies that have not said that they have forgotten `person`, under every id."""
    ids = {person, *book.others_of(person)}
    return [copy for copy in copies(book) if not copy.erased.issuperset(ids)]


def with_report(book: Book, copy: str, on: date) -> Book:
    """The book in which `copy` says that it has carried out all erasures there are; the same where it has said so."""
    erased = sorted(person for person in book.people if book.erased(person))
    said = next((each for each in copies(book) if each.id == copy), None)
    if said is not None and _covers(said, erased):
        return book
    entry = {_SINCE: (said.since if said else None) or on, _ON: on, _ERASED: erased}
    return replace(book, extra={**book.extra, copy: {key: value for key, value in entry.items() if value != []}})


def _covers(said: Copy, erased: Sequence[str]) -> bool:
    return said.erased.issuperset(erased)
