"""Where a folder's repository is, by looking at files: opening a registry costs no process."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

_UNUSUAL: Final = re.compile(rb"^\s*(?:bare\s*=\s*(?:true|yes|on|1)|worktree\s*=)", re.MULTILINE | re.IGNORECASE)


def usual(folder: Path) -> tuple[Path, Path] | None:
    """The git folder and the common one of `folder`, if it is of the usual kind: our own, not bare, nothing moved.

    Ownership is Git's to judge; where it isn't plainly ours, Git is asked (and refuses with "dubious ownership").
    """
    git_dir = folder / ".git"
    try:
        if git_dir.is_symlink():
            return None
        if git_dir.is_file():
            pointer = git_dir.read_text(encoding="utf-8").strip()
            if not pointer.startswith("gitdir: "):
                return None
            git_dir = folder / pointer.removeprefix("gitdir: ")
        common_dir = git_dir
        if (git_dir / "commondir").is_file():
            common_dir = Path(os.path.normpath(git_dir / (git_dir / "commondir").read_text(encoding="utf-8").strip()))
        if not ((git_dir / "HEAD").is_file() and (common_dir / "objects").is_dir() and (common_dir / "refs").is_dir()):
            return None
        if hasattr(os, "geteuid") and any(
            place.stat().st_uid != os.geteuid() for place in (folder, folder / ".git", git_dir)
        ):
            return None
        if _UNUSUAL.search((common_dir / "config").read_bytes()):
            return None
    except (OSError, UnicodeDecodeError):
        return None
    return git_dir, common_dir


def enclosing(folder: Path) -> Path | None:
    """The top of the work tree, or the bare repository, that `folder` lies in, by its files."""
    for place in (folder, *folder.parents):
        if (place / ".git").exists() or looks_bare(place):
            return place
    return None


def looks_bare(folder: Path) -> bool:
    """Whether the folder has the files of a repository without a work tree."""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir()
