"""What a record was last saved with, where it cannot be read as it is saved now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from registry.errors import BrokenFile
from registry.git.log import walk
from registry.git.objects import read_paths
from registry.records.refs import path_of
from registry.toml_files import read

if TYPE_CHECKING:
    from registry.git.repository import Repository
    from registry.records.values import Data
    from registry.snapshot import Snapshot

_LOOKED_AT: Final = 100
"""Changes of a file that are looked through, at most."""


def saved_with(repo: Repository, path: str) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """What a file was saved with, the latest first, along the first parents; with the parents of each commit."""
    saved = list(walk(repo, "HEAD", [path], first_parent=True, limit=_LOOKED_AT))
    contents: Iterable[bytes | None] = read_paths(repo, [(entry.commit, path) for entry in saved])
    for entry, content in zip(saved, contents, strict=True):
        if content is not None:
            yield entry.parents, content


def with_last_readable(repo: Repository, before: Snapshot, refs: Iterable[str]) -> Snapshot:
    """`before`, and in the place of those of `refs` that cannot be read in it what could last be read of each.

    What changes is told by that: told by nothing at all, every field would be new.
    """
    broken = [ref for ref in refs if before.fault(ref) is not None]
    return before.edited({ref: _last_read(repo, path_of(ref)) for ref in broken}) if broken else before


def _last_read(repo: Repository, path: str) -> Data | None:
    for _parents, content in saved_with(repo, path):
        try:
            return read(content)
        except BrokenFile:
            continue
    return None
