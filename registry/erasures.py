"""The erasures that are on record in `registry.toml`: an entry each, which stays for good (DESIGN.md section 5)."""

from __future__ import annotations

from typing import Final

from registry.people.book import Book, notice
from registry.records.values import Data, tables, text

LIST: Final = "erasures"
"""The key of `registry.toml` under which they are."""


def recorded(registry: Data) -> dict[str, Data]:
    """Id → its entry, the first where there are two: the earlier erasure stands."""
    found: dict[str, Data] = {}
    for entry in tables(registry, LIST):
        found.setdefault(text(entry, "person"), entry)
    return found


def recorded_notice(registry: Data, person: str) -> str:
    """What is shown for somebody who is on record as erased, as the book would show it; "" for anybody else."""
    entry = recorded(registry).get(person)
    return "" if entry is None else notice(as_left(entry))


def as_left(entry: Data) -> Data:
    """What is left of somebody in the people book, by the entry on record."""
    return {"erased": entry.get("date"), "decision": entry.get("decision"), "basis": entry.get("basis")}


def taken_off(before: Data, after: Data) -> list[str]:
    """The ids that were on record in `before` and are not in `after`."""
    return sorted(recorded(before).keys() - recorded(after).keys())


def unrecorded(book: Book, registry: Data) -> list[str]:
    """Those whom the book has erased, and of whom the registry does not say so under every id that is theirs."""
    known = recorded(registry)
    return sorted({book.whose(person) for person in book.people if book.erased(person) and person not in known})
