"""Where this copy stands beside the shared one, as far as is known without asking the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from registry.git import remotes, shared_last
from registry.git.ancestry import count, counts
from registry.git.remotes import Remote
from registry.people.shared import is_shared

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
    """Something in the people book here is not yet at the server."""


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
    return Standing(remote, ahead, behind, shared_last.load(repo), not is_shared(store.people))
