"""Where this copy stands beside the shared one, as far as is known without asking the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from registry.git import remotes, shared_last
from registry.git.ancestry import count, counts
from registry.git.remotes import Remote

if TYPE_CHECKING:
    from registry.store import Store


@dataclass(frozen=True, slots=True)
class Standing:
    """`remote` is None where the registry is not shared; `ahead` and `behind` count changes, as last seen."""

    remote: Remote | None
    ahead: int = 0
    behind: int = 0
    last_shared: datetime | None = None
    people_unshared: bool = False
    """There are names in the people book that the shared registry does not have."""


def standing(store: Store) -> Standing:
    """Two short processes, no network. Raises as `remotes.shared_with`."""
    repo = store.repo
    remote = remotes.shared_with(repo)
    if remote is None:
        return Standing(None)
    head, tip = repo.head(), remotes.seen(repo, remote)
    ahead, behind = 0, 0
    if head is not None:
        ahead, behind = (count(repo, head), 0) if tip is None else counts(repo, head, tip)
    return Standing(remote, ahead, behind, shared_last.load(repo), bool(store.book.people))
