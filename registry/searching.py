"""Searching the history: what a filter keeps of it, newest first, as it is found; and one record's life, name by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from registry.git.log import Matching, search
from registry.git.repository import Repository
from registry.history import Entry, with_versions
from registry.history_filter import Filter
from registry.records.refs import path_of
from registry.renamed import old_name


def found(
    repo: Repository,
    wanted: Filter,
    rev: str = "HEAD",
    *,
    fields: bool = False,
    patience: float | None = None,
) -> Iterator[Entry | None]:
    """The changes that `wanted` keeps, newest first, from the whole history; `fields` where all will be asked for theirs.

    What they changed is else read of those that are asked for it, and for that one at a time.

    With `patience` (seconds) there are pauses, None, while nothing is found, so that nobody need wait for the end.
    Closing the iterator ends the search.
    """
    narrow = wanted.narrowing()
    matching = Matching(narrow.author, narrow.greps)
    compared = fields or wanted.compares
    raws = search(repo, rev, narrow.paths, matching, changes=compared, patience=patience)
    entries = (None if raw is None else Entry(repo, raw) for raw in raws)
    likely: Iterator[Entry | None] = (e for e in entries if e is None or wanted.matches_unread(e))
    if fields or wanted.reads:
        likely = with_versions(repo, likely)
    return (entry for entry in likely if entry is None or wanted.matches(entry)) if wanted.reads else likely


def history_of(
    repo: Repository, ref: str, rev: str = "HEAD", *, fields: bool = False, patience: float | None = None
) -> Iterator[Entry | None]:
    """Every change of a record, newest first, and on under the names that it had before; of a removed one too.

    Where a commit gave the record its name (`Renamed-From`), what is told below it is what that commit knew under the
    former name: an older record that happened to be called alike is another one.
    """
    entries = _named(repo, ref, rev, patience)
    return with_versions(repo, entries) if fields else entries


def _named(repo: Repository, ref: str, rev: str, patience: float | None) -> Iterator[Entry | None]:
    told = set[str]()
    name, former = ref, ""
    while name:
        for raw in search(repo, rev, (path_of(name),), patience=patience):
            if raw is None or raw.commit in told:
                if raw is None:
                    yield None
                continue
            told.add(raw.commit)
            entry = Entry(repo, raw, of=name)
            yield entry
            if former := old_name(entry, name):
                rev = raw.commit
                break
        name, former = former, ""


def only_entries(entries: Iterable[Entry | None], count: int | None = None) -> Iterator[Entry]:
    """The entries without the pauses, `count` of them at most."""
    return islice((entry for entry in entries if entry is not None), count)
