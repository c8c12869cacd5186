"""What several commits have at the paths where they differ, by id: nothing is read of what is the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from registry.git.objects import SUBMODULE, SYMLINK
from registry.git.repository import Repository


class Held(NamedTuple):
    """A file as a commit has it: Git's mode in octal, and the blob's id."""

    mode: str
    blob: str

    @property
    def is_file(self) -> bool:
        """Whether it is an ordinary file, no link and no other repository."""
        return self.mode not in {SYMLINK, SUBMODULE}


def differing(repo: Repository, commits: Sequence[str]) -> dict[str, tuple[Held | None, ...]]:
    """Path → what each of `commits` has there, in that order, None for no file; of the paths at which they differ."""
    first, *others = commits
    found: dict[str, list[Held | None]] = {}
    changes = [_changes(repo, first, other) for other in others]
    for number, changed in enumerate(changes, start=1):
        for path, (old, new) in changed.items():
            found.setdefault(path, [old] * len(commits))[number] = new
    return {path: tuple(held) for path, held in sorted(found.items())}


def _changes(repo: Repository, old: str, new: str) -> dict[str, tuple[Held | None, Held | None]]:
    """What differs from one commit to another; a rename is a deletion and an addition."""
    out = repo.git.bytes(
        "diff-tree", "--raw", "--no-renames", "--abbrev=64", "-r", "-z", "--ignore-submodules=none",
        "--end-of-options", old, new,
    )  # fmt: skip
    tokens = iter(out.split(b"\0"))
    changes = ((token.decode("ascii").split(), next(tokens)) for token in tokens if token.startswith(b":"))
    return {
        path.decode("utf-8", "surrogateescape"): (_held(before[1:], old_blob), _held(mode, blob))
        for (before, mode, old_blob, blob, _status), path in changes
    }


def _held(mode: str, blob: str) -> Held | None:
    return Held(mode, blob) if mode.strip("0") else None
