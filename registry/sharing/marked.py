"""Files in which Git left two versions with its marks between them, as sides to be joined.

Where the history has the merge that the marks were saved with, its parents tell who brought what, and the version that
they have in common is what stood before. Else the marks alone tell, and in Git's usual style they do not tell of a base.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from registry.errors import VanortError
from registry.git.ancestry import merge_bases
from registry.git.objects import read_path, read_paths
from registry.git.unfinished import as_commit, store_blob
from registry.git.worktree import read_file
from registry.last_readable import saved_with
from registry.merge.markers import Marked, taken_apart
from registry.records.refs import path_of
from registry.sharing.sides import Pieces, Sides

if TYPE_CHECKING:
    from registry.git.repository import Repository
    from registry.snapshot import Snapshot

_TWO: Final = 2


class _Parted(NamedTuple):
    """The versions that a file with marks was made of."""

    ours: str
    theirs: str
    base: str | None
    """None for no file."""
    has_base: bool
    saved_in: tuple[str, str] | None
    """The commits that have ours and theirs, where they are known."""


def marked_sides(repo: Repository, now: Snapshot) -> tuple[Sides, tuple[str, ...]] | None:
    """The records in `now`, the folder, in whose files there are marks, as sides, and those files; None for none."""
    head = repo.head()
    parted = {path: _parted(repo, path, parts) for path, parts in _with_marks(repo, now)}
    if head is None or not parted:
        return None

    def commit(texts: Mapping[str, str | None]) -> str:
        return as_commit(
            repo, head, {path: None if text is None else store_blob(repo, text) for path, text in texts.items()}
        )

    ours = commit({path: each.ours for path, each in parted.items()})
    theirs = commit({path: each.theirs for path, each in parted.items()})
    # without a base it is as if each side had grown out of the other: whatever differs is in conflict
    bases = (
        commit({path: each.base if each.has_base else each.ours for path, each in parted.items()}),
        commit({path: each.base if each.has_base else each.theirs for path, each in parted.items()}),
    )
    pieces = Pieces(
        frozenset(path for path, each in parted.items() if not each.has_base),
        {path: each.saved_in for path, each in parted.items() if each.saved_in is not None},
    )
    return Sides(ours, theirs, tuple(dict.fromkeys(bases)), pieces), tuple(sorted(parted))


def last_whole(repo: Repository, path: str) -> bytes | None:
    """What a file was last saved with, without marks, along the first parents; None where that was never."""
    return next((content for _commit, content in saved_with(repo, path) if _taken_apart(content) is None), None)


def _with_marks(repo: Repository, now: Snapshot) -> Iterator[tuple[str, Marked]]:
    for path in map(path_of, now.faults()):
        try:
            parts = taken_apart(_content(repo, path).decode("utf-8"))
        except (OSError, UnicodeDecodeError, VanortError):
            continue
        if parts is not None:
            yield path, parts


def _content(repo: Repository, path: str) -> bytes:
    """What lies in the folder; as it is saved, where it differs from that in the line ends of Windows alone."""
    content, saved = read_file(repo, path), read_path(repo, "HEAD", path)
    return saved if saved is not None and is_same_but_for_line_ends(content, saved) else content


def is_same_but_for_line_ends(content: bytes, saved: bytes) -> bool:
    """Whether a file holds what is saved, line ends of Windows apart."""
    return content == saved or content.replace(b"\r\n", b"\n") == saved


def _parted(repo: Repository, path: str, parts: Marked) -> _Parted:
    parents = _merged_of(repo, path, parts)
    bases = merge_bases(repo, *parents) if parents else ()
    if parts.base is None and len(bases) == 1:
        before = read_path(repo, bases[0], path)
        return _Parted(parts.ours, parts.theirs, None if before is None else before.decode("utf-8"), True, parents)
    return _Parted(*parts, has_base=parts.base is not None, saved_in=parents)


def _merged_of(repo: Repository, path: str, parts: Marked) -> tuple[str, str] | None:
    """The parents of the merge that left the marks: of each, what it alone says in the parts stands in its own file."""
    ours, theirs = _lines(parts.ours), _lines(parts.theirs)
    for parents, content in saved_with(repo, path):
        if _taken_apart(content) is None:
            return None
        if len(parents) == _TWO:
            mine, other = (_lines((held or b"").decode("utf-8", "replace"))
                           for held in read_paths(repo, [(parent, path) for parent in parents]))  # fmt: skip
            if ours - theirs <= mine and theirs - ours <= other:
                return parents[0], parents[1]
    return None


def _taken_apart(content: bytes) -> Marked | None:
    return taken_apart(content.decode("utf-8", "replace"))


def _lines(text: str) -> set[str]:
    return {line.rstrip() for line in text.splitlines()}
