"""Two entries of the people book that turned out to be one person's: one entry, and one id in the records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from registry.change import Change
from registry.records.kinds import kind_of
from registry.records.values import Data
from registry.references import with_person

if TYPE_CHECKING:
    from registry.outcomes import Saved
    from registry.snapshot import Snapshot
    from registry.store import Store


def renaming(snapshot: Snapshot, person: str, into: str) -> dict[str, Data | None]:
    """The records that name `person`, naming `into` instead."""
    return {
        ref: with_person(kind_of(ref), data, person, into)
        for ref in snapshot.referrers.get(person, ())
        if (data := snapshot.data(ref)) is not None
    }


def merge(
    store: Store, person: str, into: str, why: str, decision: str = "", *, author: Mapping[str, str] | None = None
) -> Saved | None:
    """Make the two one: what only the first entry says is said of the second, and all records name the second.

    The records are one commit, the book follows; versions of the past, which hold the first id, show the name of the
    second. None where no record named the first. Raises `Refused` for ids of nobody, and as `Store.save`.
    """
    store.book.with_merged(person, into)  # what cannot be is refused before anything is written
    before = store.saved()
    edits = renaming(before, person, into)
    saved = None
    if edits:
        saved = store.save(Change(edits, why, decision, base=before.commit), author=author)
    store.people.change(lambda book: book.with_merged(person, into))
    return saved
