"""What others have changed since this user last looked: at the registry, and at each record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple

from registry.errors import NotFound
from registry.git import visits
from registry.git.log import chosen
from registry.git.visits import Visit
from registry.history import Entry, with_versions
from registry.renamed import old_name, renamings
from registry.store import Store

__all__ = ["News", "Visit", "last_visit", "news_since", "seen", "unseen_changes", "visited"]
_LOOKED_AT: Final = 500
"""Commits that are looked through, at most."""


class News(NamedTuple):
    """What others have entered since a visit, newest first."""

    since: datetime
    entries: tuple[Entry, ...]


def last_visit(store: Store) -> Visit | None:
    """When this user last looked, and at what."""
    return visits.load(store.repo)


def visited(store: Store, commit: str | None, at: datetime) -> Visit | None:
    """The user is shown `commit` now: what others did on the way there is new to them, until they have `seen` it."""
    last = last_visit(store)
    if commit is None:
        return last
    unseen = dict(last.unseen) if last else {}
    if last is not None and commit != last.commit:
        for entry in reversed(_by_others(store, last.commit, commit)):
            for ref in touched(entry):
                earlier = (*unseen.pop(ref, ()), *unseen.pop(old_name(entry, ref), ()))
                unseen = {ref: (entry.commit, *earlier), **unseen}
    visit = Visit(commit, at, unseen)
    if visit != last:
        visits.keep(store.repo, visit)
    return visit


def seen(store: Store, refs: Iterable[str]) -> Visit | None:
    """The user has looked at these records."""
    last, looked_at = last_visit(store), frozenset(refs)
    if last is None or not looked_at & last.unseen.keys():
        return last
    visit = last._replace(unseen={ref: each for ref, each in last.unseen.items() if ref not in looked_at})
    visits.keep(store.repo, visit)
    return visit


def unseen_changes(store: Store, unseen: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Entry]]:
    """Of a visit's `unseen` commits each with its record, by record, newest first.

    Those that a rewritten history no longer has are left out.
    """
    wanted = list(dict.fromkeys(commit for commits in unseen.values() for commit in commits))
    raw = (Entry(store.repo, each) for each in chosen(store.repo, wanted))
    entries = {entry.commit: entry for entry in with_versions(store.repo, raw) if entry is not None}
    for ref, commits in unseen.items():
        yield from ((ref, entries[commit]) for commit in commits if commit in entries)


def news_since(store: Store, visit: Visit | None, commit: str | None) -> News | None:
    """What others have entered since `visit`, up to `commit`; None where nobody has, or where there was no visit.

    The user's own changes are no news. Where the history was rewritten since, what was seen is not known any more.
    """
    if visit is None or commit is None or commit == visit.commit:
        return None
    others = _by_others(store, visit.commit, commit)
    return News(visit.at, others) if others else None


def touched(entry: Entry) -> tuple[str, ...]:
    """The records that a change is about, under the names that it gave them.

    Of a merge those that it settled: of the rest tell the changes that it brought together.
    """
    if len(entry.raw.parents) < 2:
        former = {old for old, _new in renamings(entry)}
        return tuple(ref for ref in entry.refs if ref not in former)
    return tuple(dict.fromkeys(told.partition(" ")[0] for told in entry.message.all("Settled")))


def _by_others(store: Store, old: str, new: str) -> tuple[Entry, ...]:
    me = store.repo.identity()
    try:
        entries = tuple(islice(store.history(rev=f"{old}..{new}"), _LOOKED_AT))
    except NotFound:
        return ()
    return tuple(entry for entry in entries if me is None or entry.email != me.email)
