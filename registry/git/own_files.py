"""Which files on disk are the registry's own: what is saved in it, where its records lie, and Git's folder."""

from __future__ import annotations

import os
from pathlib import Path

from registry.git.repository import Repository
from registry.git.worktree import is_record_path


def is_own(repo: Repository, place: Path) -> bool:
    """Whether a file there, if need be where a link leads, is the registry's, or would be taken for it."""
    real = Path(os.path.realpath(place))
    if any(real.is_relative_to(os.path.realpath(folder)) for folder in (repo.git_dir, repo.common_dir)):
        return True
    folder = Path(os.path.realpath(repo.folder))
    if repo.bare or not real.is_relative_to(folder):
        return False
    path = real.relative_to(folder).as_posix()
    return is_record_path(path) or bool(repo.git.bytes("--literal-pathspecs", "ls-files", "-z", "--", path))
