"""Where the content of one file came from: the commits that changed it, each with the versions that it was made from.

Git's own simplification is followed (git-log(1), History Simplification): where a merge took the file of one parent as
it was, that parent alone is followed, the first of several. As long as no merge is met that differs from all its
parents, the commits told are a chain, and nothing needs to be known of those between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from registry.git.log import RawCommit, walk
from registry.git.repository import Repository


@dataclass(frozen=True, slots=True)
class Step:
    """A commit that changed the file, and where the file comes from there."""

    raw: RawCommit
    parents: tuple[str, ...]
    """The commits that come next on the way back, of those that changed the file; none where it was made."""
    before: tuple[str, ...]
    """What `cat-file` knows the file of each parent by."""
    linked: bool = False
    """Whether the parents of `raw` are those alone that come next, and not all that the commit has."""


def lineage(repo: Repository, path: str, rev: str) -> Iterator[Step]:
    """The steps of the file `path`, newest first, every commit after those that come from it, as far as it reaches back."""
    commits = walk(repo, rev, (path,), full_history=False)
    later: RawCommit | None = None
    for raw in commits:
        if later is not None:
            yield _link(later, raw, path)
        if len(raw.parents) > 1:  # it differs from all of them: from here on it has to be known what hangs together
            yield from _branching(repo, path, raw.commit)
            return
        later = raw
        if _added(raw, path):
            break
    if later is not None:
        yield Step(later, (), ())


def _link(raw: RawCommit, earlier: RawCommit, path: str) -> Step:
    blob = next((change.old for change in raw.changes or () if change.path == path), None)
    return Step(raw, (earlier.commit,), (blob,)) if blob else Step(raw, (), ())


def _branching(repo: Repository, path: str, rev: str) -> Iterator[Step]:
    for raw in walk(repo, rev, (path,), full_history=False, linked=True):
        yield Step(raw, raw.parents, tuple(f"{parent}:{path}" for parent in raw.parents), linked=True)


def came_in(repo: Repository, path: str, merge: RawCommit, parent: str) -> RawCommit | None:
    """The commit that brought the file `path` to a merge, seen from a parent that lacks it."""
    found = walk(repo, f"{parent}..{merge.commit}", (path,), full_history=False)
    return next((raw for raw in found if _added(raw, path)), None)


def _added(raw: RawCommit, path: str) -> bool:
    return any(change.path == path and change.old is None for change in raw.changes or ())
