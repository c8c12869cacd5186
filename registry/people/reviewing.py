"""What the book need not hold any longer, or holds without saying why: what is gone through from time to time. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final, Literal

from registry.people.book import Book
from registry.records.values import day, text
from registry.words import Words

Filter = Literal["unreferenced", "overdue", "without-basis"]

FILTERS: Final[dict[Filter, Words]] = {
    "unreferenced": Words("nämns inte i någon post", "named by no record"),
    "overdue": Words("skulle ha tagits bort", "kept past their last day"),
    "without-basis": Words("utan grund", "without a basis"),
}


def narrowed(
    book: Book, people: Iterable[str], filters: Collection[Filter], named: Collection[str], on: date
) -> list[str]:
    """Those of `people` whom every one of `filters` is true of; `named` are the ids that records refer to."""

    def kept(person: str) -> bool:
        entry = book.people[person]
        until = day(entry, "retain_until")
        true = {
            "unreferenced": person not in named,
            "overdue": until is not None and until < on,
            "without-basis": not text(entry, "retention_basis"),
        }
        return all(true[each] for each in filters)

    living = book.living() if filters else book.people
    return [person for person in people if person in living and kept(person)]
