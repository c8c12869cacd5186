"""Taking the people book back from a file of it, as `people export` writes it: for a copy that lost its book.

Whoever is in the book stays as they are there, and whoever was erased stays erased: the file is the older of the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from registry.errors import BadInput, BrokenFile, NotFound, Refused
from registry.git import trouble
from registry.people.book import REGISTRY, Book, is_copy, is_erased, is_left, problems_of
from registry.people.book_text import parse_book
from registry.people.shared import forget_shared
from registry.records.refs import is_person
from registry.records.values import Data, text
from registry.words import _

if TYPE_CHECKING:
    from registry.people.storage import PeopleStore


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came of it: ids that the book has now and had not, that stay as they are, and that stay erased."""

    added: tuple[str, ...]
    kept: tuple[str, ...]
    erased: tuple[str, ...]


def read_file(file: Path, began: str) -> Book:
    """The book in `file`. `began` is the commit that the registry began with, "" where that is not known.

    Raises `NotFound`, `GitTrouble`, `BrokenFile`; `BadInput` for what no book holds, `Refused` for another registry's.
    """
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise NotFound(_("There is no file %(file)s.") % {"file": str(file)}) from None
    except OSError as error:
        raise trouble.from_os_error(file, error) from error
    try:
        book = parse_book(content)
    except BrokenFile as error:
        raise BrokenFile(
            _("%(file)s is no people book: %(reason)s") % {"file": str(file), "reason": error.message},
            _("Give a .toml file that vanort people export has written."),
            line=error.line,
        ) from error
    book.require_writable()
    wrong = [
        who
        for who, entry in book.people.items()
        if not is_person(who) or any(not p.unknown for p in problems_of(entry))
    ]
    wrong += [key for key in book.extra if key != REGISTRY and not is_copy(key)]
    if wrong:
        raise BadInput(
            _("%(file)s holds what no people book can: %(ids)s.") % {"file": str(file), "ids": ", ".join(wrong[:3])},
            _("Nothing was taken in. Mend the file, or take another backup."),
        )
    if began and (its := text(book.extra, REGISTRY)) and its != began:
        raise Refused(
            _("%(file)s is the people book of another registry.") % {"file": str(file)}, _("Nothing was taken in.")
        )
    return book


def take_back(people: PeopleStore, given: Book, erased: Mapping[str, Data], *, replacing: bool = False) -> TakenBack:
    """Put those of `given` into the book who are not in it. `erased` are the notices that the registry has on record.

    A damaged book is thrown away first where that is asked for (`replacing`). Raises its fault where it is not, and
    `GitTrouble`.
    """
    found = people.load()
    if replacing and found.state == "broken":
        people.throw_away()
    elif not found.writable and found.fault is not None:
        raise BrokenFile(
            found.fault.message,
            _("Throw the damaged book away for the file: vanort people import FILE --replace"),
        )
    before = people.load()
    if before.state == "missing":
        forget_shared(people)
    people.change(lambda current: _joined(current, given, erased))
    after = people.load()
    return TakenBack(
        tuple(sorted(who for who in given.people if who not in before.people and not after.erased(who))),
        tuple(sorted(who for who in given.people if who in before.people and not after.erased(who))),
        tuple(sorted(who for who in given.people if after.erased(who))),
    )


def _joined(current: Book, given: Book, erased: Mapping[str, Data]) -> Book:
    """The current book, those who are in `given` alone, and the erasures of all three."""
    people: dict[str, Data] = {**given.people, **current.people}
    for who in given.people:
        if not is_left(people[who]) and (notice := erased.get(who) or _notice(given.people[who])):
            people[who] = notice
    return replace(current, people=people, extra={**given.extra, **current.extra}, state="ready", fault=None)


def _notice(entry: Data) -> Data | None:
    return entry if is_erased(entry) else None
