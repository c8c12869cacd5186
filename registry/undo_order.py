"""Which of one's own changes the next undo takes back, and which undo the next redo: by the trailers of the history.

Each is a change of its own (`Reverts:`), so nothing has to be remembered between runs, and both work as one expects:
undo again goes a step further back, redo a step forward again, and a new change leaves nothing to redo.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from registry.history import Entry

if TYPE_CHECKING:
    from registry.store import Store

_LOOKED_AT: Final = 500
"""The latest changes among which one's own are looked for."""
_FOR_GOOD: Final = frozenset({"init", "erase"})
"""Acts that are not taken back."""


def next_one(store: Store, *, redo: bool = False) -> Entry | None:
    """What undo, or redo, takes back next, of the latest changes of whoever acts here; None where none of them is theirs."""
    if (identity := store.repo.identity()) is None:
        return None
    entries = store.history(limit=_LOOKED_AT)
    return to_redo(entries, identity.email) if redo else to_undo(entries, identity.email)


def to_undo(entries: Iterable[Entry], email: str) -> Entry | None:
    """Of `entries`, newest first, the latest of that author's that still stands and is no undo; None where there is none."""
    for entry in _standing(entries, email):
        if not entry.reverts and entry.act not in _FOR_GOOD:
            return entry
    return None


def to_redo(entries: Iterable[Entry], email: str) -> Entry | None:
    """The latest of that author's undos that still stands, with no other change of theirs after it; None for none."""
    known = {entry.commit: entry for entry in entries}
    for entry in _standing(known.values(), email):
        if not entry.reverts:
            return None
        reverted = known.get(entry.reverts)
        if reverted is None or not reverted.reverts:  # else it is a redo itself
            return entry
    return None


def _standing(entries: Iterable[Entry], email: str) -> Iterator[Entry]:
    """One's own changes of records that no later one, of anybody's, has taken back."""
    taken_back: set[str] = set()
    for entry in entries:
        if len(entry.raw.parents) > 1 or entry.commit in taken_back:
            continue
        taken_back.add(entry.reverts)
        if entry.email == email and entry.refs:
            yield entry
