"""The changes that name somebody in words: in the message, or in a text that came, went or was changed back since.

Git looks for the words that would tell, in all messages and all changed lines; what it finds is read and looked through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from registry.git.log import Matching, RawCommit, changing, search
from registry.history import Entry
from registry.history_filter.letters import pattern
from registry.people.loosely import Loosely
from registry.people.mentions import telling_values

if TYPE_CHECKING:
    from registry.differences import FieldChange
    from registry.people.book import Book
    from registry.records.types import Names
    from registry.store import Store

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_GAP: Final = "[^0-9]{0,3}"
_LAST_DIGITS: Final = 6
"""Of a number, which may begin with 0 or +46."""


@dataclass(frozen=True, slots=True)
class Named:
    """A change that names somebody: in its message, and in those of its changed fields."""

    entry: Entry
    in_message: bool
    fields: tuple[FieldChange, ...]


def named_before(store: Store, book: Book, ids: list[str], names: Names) -> Iterator[Named]:
    """The changes of the whole history that name those with `ids` as `book` knows them; the newest first of each search."""
    entries = [book.people[person] for person in ids if person in book.living()]
    if not (wanted := "|".join(filter(None, (_pattern(value) for value in telling_values(book, ids))))):
        return
    loosely, seen = Loosely.of(entries), set[str]()
    searches = (search(store.repo, matching=Matching(greps=(wanted,))), changing(store.repo, wanted))
    for raw in (raw for each in searches for raw in each):
        if raw is not None and raw.commit not in seen:
            seen.add(raw.commit)
            if found := _named(store, raw, loosely, names):
                yield found


def _named(store: Store, raw: RawCommit, loosely: Loosely, names: Names) -> Named | None:
    entry = Entry(store.repo, raw)
    said = loosely.named_in(raw.message)
    told = (change for change in entry.fields(names) if loosely.named_in(f"{change.ref}\n{change.old}\n{change.new}"))
    fields = tuple(told)
    return Named(entry, said, fields) if said or fields else None


def _pattern(value: str) -> str:
    """What Git looks for: the address, the number's last digits, or the longest word of a name."""
    if "@" in value:
        return pattern(value)
    if words := _LETTERS.findall(value):
        return pattern(max(words, key=len)) if len(words) > 1 else ""
    digits = re.sub(r"\D", "", value)[-_LAST_DIGITS:]
    return _GAP.join(digits) if len(digits) == _LAST_DIGITS else ""


def searched_for(book: Book, ids: list[str]) -> tuple[str, ...]:
    """What is looked for, to be told: a name of one word is not."""
    return tuple(dict.fromkeys(value for value in telling_values(book, ids) if _pattern(value)))
