"""What a registry's folder can hold: ordinary files, no links and no other repositories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from registry.errors import Refused
from registry.git.objects import list_tree
from registry.git.repository import Repository
from registry.git.stored_commits import blobs_at
from registry.git.versions import Held
from registry.plain_text import line
from registry.words import _

_STAYS: Final = b""


def require_ordinary(path: str, *versions: Held | None) -> None:
    """Raises `Refused` where what is at `path` in one of the versions is no ordinary file."""
    if any(held is not None and not held.is_file for held in versions):
        raise Refused(
            _("%(path)s is a link or another repository, which a registry cannot hold.") % {"path": line(path)},
            _("Whoever shared it takes it out again, with Git; then share once more."),
        )


def require_places(repo: Repository, commit: str, files: Mapping[str, bytes | None]) -> None:
    """Raises `Refused` where a file would come to stand where the commit has a folder, or the other way round.

    `files` are what the commit is to get: content by path, None for what goes.
    """
    coming = [path for path, content in files.items() if content is not None]
    above = sorted({folder for path in coming for folder in _above(path)})
    there = dict(zip([*above, *coming], blobs_at(repo, [(commit, path) for path in (*above, *coming)]), strict=True))
    for path in above:
        if there[path] is not None and files.get(path, _STAYS) is not None:
            raise _both(path)
    new = [path for path in coming if there[path] is None]
    for entry in list_tree(repo, commit, [f"{path}/" for path in new]) if new else ():
        if files.get(entry.path, _STAYS) is not None:
            raise _both(next(path for path in new if entry.path.startswith(f"{path}/")))


def _above(path: str) -> Iterator[str]:
    """The folders that a file lies in."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _both(path: str) -> Refused:
    return Refused(
        _("%(path)s is a file on one side, and a folder on the other.") % {"path": line(path)},
        _("Give the one that is here another name, with Git; then share once more."),
    )
