"""What others have changed since this user last looked at the registry."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple

from registry.errors import NotFound
from registry.git import visits
from registry.git.visits import Visit
from registry.history import Entry
from registry.store import Store

__all__ = ["News", "Visit", "last_visit", "news_since", "visited"]
_LOOKED_AT: Final = 500
"""Commits that are looked through, at most."""


class News(NamedTuple):
    """What others have entered since a visit, newest first."""

    since: datetime
    entries: tuple[Entry, ...]


def last_visit(store: Store) -> Visit | None:
    """When this user last looked, and at what."""
    return visits.load(store.repo)


def visited(store: Store, commit: str | None, at: datetime) -> None:
    """The user sees `commit` now."""
    if commit is not None:
        visits.keep(store.repo, Visit(commit, at))


def news_since(store: Store, visit: Visit | None, commit: str | None) -> News | None:
    """What others have entered since `visit`, up to `commit`; None where nobody has, or where there was no visit.

    The user's own changes are no news. Where the history was rewritten since, what was seen is not known any more.
    """
    if visit is None or commit in {None, visit.commit}:
        return None
    me = store.repo.identity()
    try:
        entries = tuple(islice(store.history(rev=f"{visit.commit}..{commit}"), _LOOKED_AT))
    except NotFound:
        return None
    others = tuple(entry for entry in entries if me is None or entry.email != me.email)
    return News(visit.at, others) if others else None
