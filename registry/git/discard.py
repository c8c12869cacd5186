"""Setting aside what was edited by hand: the saved version comes back, and what was there is kept.

Nothing is lost: what lay in the folder is moved to `.git/vanort/set-aside/`, where it can be looked at and copied
back from.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from registry.errors import NotFound
from registry.git import files, trouble
from registry.git.objects import read_path
from registry.git.repository import Repository
from registry.git.worktree import safe_path, status
from registry.words import _

FOLDER = "set-aside"


def folder_for(repo: Repository) -> Path:
    """A folder for what is set aside now, of its own each time: what was set aside a moment ago stays."""
    begins = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-"
    return Path(tempfile.mkdtemp(prefix=begins, dir=repo.make_local_dir(FOLDER)))


def set_aside(repo: Repository, paths: Sequence[str]) -> dict[str, Path | None]:
    """Bring `paths` back to what was last saved; each with where its content is kept now (None: it had been deleted).

    Raises `NotFound`, before anything is touched, for a path that is as it was saved; `GitTrouble`.
    """
    touched = {found.path for found in status(repo, paths)}
    for path in paths:
        if path not in touched:
            raise NotFound(_("%(path)s has not been edited since it was saved.") % {"path": path})
    kept = folder_for(repo)
    if repo.head() is None:
        repo.git.text("rm", "--cached", "--quiet", "--ignore-unmatch", "--", *(f":(literal){path}" for path in paths))
    else:
        repo.git.text("reset", "--quiet", "HEAD", "--", *(f":(literal){path}" for path in paths))
    return {path: _put_back(repo, path, kept) for path in paths}


def _put_back(repo: Repository, path: str, kept: Path) -> Path | None:
    place, head = safe_path(repo, path), repo.head()
    saved = None if head is None else read_path(repo, head, path)
    aside = kept / path
    try:
        aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        there = os.path.lexists(place)
        if there:
            shutil.move(place, aside)  # also a folder, and also to another disk
        if saved is not None:
            place.parent.mkdir(parents=True, exist_ok=True)
            beside = files.beside_of(place)
            files.write_new(beside, saved)
            beside.replace(place)
    except OSError as error:
        raise trouble.from_os_error(repo.folder, error) from error
    return aside if there else None
