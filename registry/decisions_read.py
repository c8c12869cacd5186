"""Reading the decisions that were cited out of a registry's history and records, as they are found."""

from __future__ import annotations

from collections.abc import Iterator

from registry.decisions_cited import Collection, undecided
from registry.differences import FieldChange
from registry.git.log import Matching, search
from registry.git.repository import Repository
from registry.history import Entry, with_versions
from registry.snapshot import Snapshot


def collect(
    repo: Repository, snapshot: Snapshot, rev: str = "HEAD", *, patience: float | None = None
) -> Iterator[Collection | None]:
    """The collection, again and again as it grows: after the records, and with each change under a decision."""
    collection = Collection()
    for record in snapshot.records():
        collection.add_record(record)
    yield collection
    for raw in search(repo, rev, matching=Matching(greps=("^Decision: ",)), patience=patience):
        if raw is not None:
            collection.add_change(Entry(repo, raw))
        yield None if raw is None else collection


def without_decision(
    repo: Repository, rev: str = "HEAD", *, patience: float | None = None
) -> Iterator[tuple[Entry, list[FieldChange]] | None]:
    """Each change of status, money, commitments or agreements that rests on no decision, newest first."""
    raws = search(repo, rev, patience=patience)
    entries = (None if raw is None else Entry(repo, raw) for raw in raws)
    bare = (entry for entry in entries if entry is None or not (entry.decision or entry.act == "init"))
    for entry in with_versions(repo, bare):
        if entry is None:
            yield None
        elif changes := list(undecided(entry)):
            yield entry, changes
