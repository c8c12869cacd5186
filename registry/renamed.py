"""What became of a record that had another name, and what it was called before, by the `Renamed-From:` of the history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from registry.git.lineage import came_in
from registry.records.entries import same
from registry.records.refs import path_of, ref_of
from registry.records.values import Data
from registry.snapshot import Snapshot

if TYPE_CHECKING:
    from registry.git.log import RawCommit
    from registry.git.repository import Repository
    from registry.history import Entry
    from registry.store import Store


def called_now(store: Store, ref: str) -> str | None:
    """The REF that the record `ref` has now; None where it was removed, or never saved."""
    now, seen = store.saved(), set[str]()
    while ref not in now:
        seen.add(ref)
        last = next((entry for entry in store.history(ref) if _removes(entry, ref)), None)
        follower = _new_name(last, ref) if last else None
        if follower is None or follower in seen:
            return None
        ref = follower
    return ref


def _removes(entry: Entry, ref: str) -> bool:
    """Whether a change says what became of a record that it removed: plain Git's merge only repeats what a side did."""
    gone = any(change.path == path_of(ref) and change.new is None for change in entry.changes)
    return gone and (len(entry.raw.parents) < 2 or bool(entry.message.all("Renamed-From")))


def called_then(store: Store, ref: str, then: Snapshot) -> str:
    """What the record `ref` was called in an earlier snapshot; `ref` itself where that tells of no other name."""
    name = ref
    while name not in then:
        earlier = next(filter(None, (old_name(entry, name) for entry in store.history(name))), "")
        if not earlier or earlier == ref:
            return ref
        name = earlier
    return name


def _new_name(entry: Entry, old: str) -> str | None:
    return next((new for was, new in renamings(entry) if was == old), None)


def old_name(entry: Entry, new: str) -> str:
    """What the record was called before the change gave it the name `new`; "" where it did not."""
    return next((old for old, become in renamings(entry) if become == new), "")


def name_in_parent(repo: Repository, ref: str, merge: RawCommit, parent: str) -> str:
    """What the record was called in a parent of a merge that has none of that name; "" where nothing tells."""
    made = came_in(repo, path_of(ref), merge, parent)
    if made is None:
        return ""
    from registry.history import Entry  # which asks here what a change renamed

    return old_name(Entry(repo, made, complete=False), ref)


def renamings(entry: Entry) -> Iterator[tuple[str, str]]:
    """(old, new) of the records that a commit gave another name: a record never moves to another folder.

    Where a merge brought other new records too, the one with the most of what the record held is meant, where it is one.
    """
    said = entry.message.all("Renamed-From")
    if entry.formerly:
        yield entry.formerly, entry.of
        said = tuple(old for old in said if old != entry.formerly)
    if not said:
        return
    changes = [(ref, change) for change in entry.changes if (ref := ref_of(change.path))]
    come = [ref for ref, change in changes if change.old is None and not (entry.formerly and ref == entry.of)]
    for old in said:
        there = [ref for ref in come if ref.rpartition("/")[0] == old.rpartition("/")[0]]
        if len(there) > 1:
            there = _likest(entry, old, there)
        if len(there) == 1:
            come.remove(there[0])
            yield old, there[0]


def in_common(before: Data, after: Data) -> int:
    """How many fields of the one the other has with the same value: of two records, the one with more is the same."""
    return sum(key in after and same(value, after[key]) for key, value in before.items())


def _likest(entry: Entry, old: str, there: Sequence[str]) -> list[str]:
    """Those of the new records that have the most in common with what `old` held before."""
    before = entry.versions.get(old, (None, None))[0] or {}
    alike = {
        ref: in_common(before, after)
        for ref in there
        if (after := entry.versions.get(ref, (None, None))[1]) is not None
    }
    most = max(alike.values(), default=0)
    return [ref for ref, count in alike.items() if count == most > 0]
