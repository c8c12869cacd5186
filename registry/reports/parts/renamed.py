"""What a record is called in a snapshot that was asked for by a name that it once had."""

from __future__ import annotations

from registry.history import Entry
from registry.records.refs import is_ref, path_of
from registry.snapshot import Snapshot
from registry.store import Store


def called_in(store: Store, snapshot: Snapshot, ref: str) -> str:
    """Its name there, followed under the names that it was given; the last that it had where it is no more."""
    seen = set[str]()
    while snapshot.commit is not None and is_ref(ref) and ref not in snapshot and ref not in seen:
        seen.add(ref)
        entries = store.history(ref, snapshot.commit)
        gone = next((entry for entry in entries if gave_up(entry, ref)), None)
        ref = next((new for new, old in gone.renamed.items() if old == ref), ref) if gone else ref
    return ref


def gave_up(entry: Entry, ref: str) -> bool:
    """Whether after the change there was no record of that name."""
    return any(change.path == path_of(ref) and change.new is None for change in entry.changes)
