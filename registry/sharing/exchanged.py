"""What goes to and fro between colleagues, by person and record: what others did that is new here, and what is to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from registry.git import remotes
from registry.history import Entry, with_versions
from registry.records.types import BARE, Names
from registry.sentences import sentences
from registry.visits import last_visit, touched, unseen_changes

if TYPE_CHECKING:
    from registry.store import Store

_MOST: Final = 500
"""Changes that are looked through, at most."""


class Exchanged(NamedTuple):
    """What one person did to one record; `entries` newest first."""

    author: str
    ref: str
    entries: tuple[Entry, ...]

    def in_brief(self, names: Names = BARE) -> str:
        """The newest change in a few words: its fields, else what became of the record."""
        entry = self.entries[0]
        if None in entry.versions.get(self.ref, (None,)):
            return next(sentences(entry, self.ref, names)).words
        fields = [change.line(names) for change in entry.fields() if change.ref == self.ref]
        return ", ".join(fields) or entry.subject


class Exchange(NamedTuple):
    """What there is, each by person and record, those with the newest change first."""

    new: tuple[Exchanged, ...]
    """What others did that the user has not looked at."""
    waiting: tuple[Exchanged, ...]
    """What has come and is not brought together with what was saved here."""
    to_send: tuple[Exchanged, ...]
    """What was saved here and not sent."""


def exchange(store: Store) -> Exchange:
    """What there is now, without asking the server. Raises as `remotes.shared_with`."""
    visit, repo = last_visit(store), store.repo
    new = () if visit is None else unseen(store, visit.unseen)
    remote, head = remotes.shared_with(repo), repo.head()
    if remote is None or head is None:
        return Exchange(new, (), ())
    tip = remotes.seen(repo, remote)
    waiting = () if tip is None else _between(store, head, tip)
    return Exchange(new, _by_person(waiting), _by_person(_between(store, tip, head)))


def unseen(store: Store, commits: Mapping[str, Sequence[str]]) -> tuple[Exchanged, ...]:
    """What was done to records by `commits` that the user has not looked at (`registry.git.visits.Visit`)."""
    return _by_person(unseen_changes(store, commits))


def senders(store: Store, before: str | None) -> tuple[str, ...]:
    """Who entered what has come since the commit `before`, the latest first, without the user."""
    me = store.repo.identity()
    entries = () if before is None else islice(store.history(rev=f"{before}..HEAD"), _MOST)
    return tuple(dict.fromkeys(entry.author for entry in entries if me is None or entry.email != me.email))


def _between(store: Store, old: str | None, new: str) -> Iterator[tuple[str, Entry]]:
    entries = islice(store.history(rev=new if old is None else f"{old}..{new}"), _MOST)
    for entry in with_versions(store.repo, entries):
        if entry is not None:
            yield from ((ref, entry) for ref in touched(entry))


def _by_person(changes: Iterable[tuple[str, Entry]]) -> tuple[Exchanged, ...]:
    found: dict[str, dict[str, list[Entry]]] = {}
    for ref, entry in sorted(changes, key=lambda change: change[1].date, reverse=True):
        found.setdefault(entry.author, {}).setdefault(ref, []).append(entry)
    return tuple(
        Exchanged(author, ref, tuple(entries)) for author, records in found.items() for ref, entries in records.items()
    )
