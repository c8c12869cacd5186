"""What the files hold that have to be looked at, read in bulk."""

from __future__ import annotations

from collections.abc import Iterable

from registry.git.objects import read_blob, read_blobs
from registry.git.repository import Repository
from registry.git.versions import Held
from registry.sharing.identities import Identity


class Contents:
    """The contents of files by what a commit has of them; what only one side has changed is read of that side alone."""

    def __init__(self, repo: Repository, looked_at: Iterable[Identity]) -> None:
        self._repo = repo
        wanted = {held.blob: None for identity in looked_at for held in _needed(identity) if held and held.is_file}
        self._known = dict(read_blobs(repo, wanted))

    def __call__(self, held: Held | None) -> bytes | None:
        """The content; None for no file."""
        if held is None:
            return None
        if held.blob not in self._known:
            self._known[held.blob] = read_blob(self._repo, held.blob)
        return self._known[held.blob]


def _needed(identity: Identity) -> tuple[Held | None, ...]:
    if identity.ours_stands:
        return ()
    if identity.theirs_stands:
        return (identity.theirs,)
    return (*identity.bases, identity.ours, identity.theirs)
