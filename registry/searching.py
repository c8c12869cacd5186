"""Searching the history: what a filter keeps of it, newest first, as it is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from registry.git.log import Matching, search
from registry.git.repository import Repository
from registry.history import Entry, with_versions
from registry.history_filter import Filter


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


def only_entries(entries: Iterable[Entry | None], count: int | None = None) -> Iterator[Entry]:
    """The entries without the pauses, `count` of them at most."""
    return islice((entry for entry in entries if entry is not None), count)
