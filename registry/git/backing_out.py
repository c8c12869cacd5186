"""Taking back what somebody began in the folder with plain Git, so that nothing that stands there is lost.

Git itself takes it back, and brings back what it had stashed. What lies in the files until then, a half of somebody's
work perhaps, is kept in `.git/vanort/set-aside/` before.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from registry.errors import BadInput
from registry.git import discard, files, trouble
from registry.git.objects import read_paths
from registry.git.repository import Repository
from registry.git.stored_commits import blobs_at
from registry.git.trees import algorithm_of, object_id
from registry.git.unfinished import Begun
from registry.git.worktree import safe_path

_ABORT: Final = {
    "merge": ("merge", "--abort"),
    "rebase": ("rebase", "--abort"),
    "am": ("am", "--abort"),
    "cherry-pick": ("cherry-pick", "--abort"),
    "revert": ("revert", "--abort"),
    "bisect": ("bisect", "reset"),
}


class _File(NamedTuple):
    """A file that is not as the commit that is checked out has it."""

    path: str
    staged: bool
    """The index has another version of it, or several."""
    merged: bool = True
    known: bool = True
    """Git knows of it."""
    removed: bool = False
    """It is not in the index any more."""


def back_out(repo: Repository, begun: Begun) -> Path | None:
    """Take back what was begun; where copies of the files that it takes away are kept, None where there are none.

    Hand edits of other files stay where they are, but in a rebase, which takes them: those are kept as well.
    Raises `GitTrouble`; what was copied by then is kept.
    """
    found = _touched(repo)
    taken = found if begun.kind in {"rebase", "am"} else [file for file in found if file.staged]
    kept = _keep(repo, begun, taken)
    if begun.kind == "versions":
        _reset(repo, paths := [file.path for file in found if not file.merged])
        _put(repo, dict(zip(paths, read_paths(repo, [(begun.ours, path) for path in paths]), strict=True)))
        return kept
    if edited := [file.path for file in found if file.staged and file.merged and not file.removed]:
        # else Git refuses to take back a file that was edited after it had been merged
        repo.git.bytes(
            "checkout-index", "--index", "--force", "-z", "--stdin", input=os.fsencode("\0".join([*edited, ""]))
        )
    repo.git.text(*_ABORT[begun.kind])
    return kept


def _touched(repo: Repository) -> list[_File]:
    """By `git status --porcelain=v2` (git-status(1)): files that differ from the commit, and those unknown to it."""
    out = repo.git.bytes("status", "--porcelain=v2", "-z", "--no-renames", "--untracked-files=all")
    found = []
    for entry in out.decode("utf-8", "surrogateescape").split("\0"):
        if entry.startswith("1 "):
            _one, xy, *_facts, path = entry.split(" ", 8)
            found.append(_File(path, staged=xy[0] != ".", removed=xy[0] == "D"))
        elif entry.startswith("u "):
            found.append(_File(entry.split(" ", 10)[10], staged=True, merged=False))
        elif entry.startswith("? "):
            found.append(_File(entry[2:], staged=False, known=False))
    return found


def _keep(repo: Repository, begun: Begun, found: list[_File]) -> Path | None:
    """Copy the files that would be overwritten, and that hold what no commit at hand has."""
    kept: Path | None = None
    sides = [side for side in (begun.ours, begun.theirs, repo.head()) if side]
    saved = blobs_at(repo, [(side, file.path) for file in found for side in sides])
    for number, (path, _staged, _merged, known, _removed) in enumerate(found):
        there = saved[number * len(sides) : (number + 1) * len(sides)]
        try:
            place = safe_path(repo, path)
            content = place.read_bytes() if not place.is_symlink() and (known or there[0]) else None
        except (BadInput, FileNotFoundError, IsADirectoryError, NotADirectoryError):
            continue
        except OSError as error:
            raise trouble.from_os_error(repo.folder, error) from error
        if content is None or object_id("blob", content, algorithm_of(begun.ours)) in there:
            continue
        kept = kept or discard.folder_for(repo)
        try:
            (kept / path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copy2(place, kept / path)
        except OSError as error:
            raise trouble.from_os_error(repo.folder, error) from error
    return kept


def replace_by_hand(repo: Repository, contents: Mapping[str, bytes | None]) -> Path | None:
    """Have files hold these contents (None: no file) as unsaved hand edits; where what they held is kept now.

    Git's index has of them what is saved. Raises `GitTrouble`.
    """
    kept = discard.folder_for(repo)
    try:
        for path in contents:
            place, aside = safe_path(repo, path), kept / path
            aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if place.is_file():
                shutil.copy2(place, aside)
    except OSError as error:
        raise trouble.from_os_error(repo.folder, error) from error
    _reset(repo, list(contents))
    _put(repo, contents)
    return kept


def _reset(repo: Repository, paths: Sequence[str]) -> None:
    """Have the index hold of `paths` what is saved."""
    given = os.fsencode("\0".join([*paths, ""]))
    repo.git.bytes(
        "--literal-pathspecs", "reset", "--quiet", "HEAD", "--pathspec-from-file=-", "--pathspec-file-nul", input=given
    )


def _put(repo: Repository, contents: Mapping[str, bytes | None]) -> None:
    """Write the files, each whole or not at all."""
    try:
        for path, content in contents.items():
            place = safe_path(repo, path)
            if content is None:
                place.unlink(missing_ok=True)
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            beside = files.beside_of(place)
            beside.unlink(missing_ok=True)
            files.write_new(beside, content, like=place if place.exists() else None)
            files.move(beside, place)
    except OSError as error:
        raise trouble.from_os_error(repo.folder, error) from error
