"""What somebody began in the folder with plain Git and did not end: what was to come together, as commits.

Where Git keeps this is told in gitrepository-layout(5), git-rebase(1) and git-cherry-pick(1): `MERGE_HEAD`,
`rebase-merge/` or `rebase-apply/`, `CHERRY_PICK_HEAD`, `REVERT_HEAD`. A `git stash pop` leaves no more than versions of
files in the index.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from registry.git import refs
from registry.git.repository import Repository

Kind = Literal["merge", "rebase", "am", "cherry-pick", "revert", "bisect", "versions", "marks"]
"""`am`: patches from a mailbox; `versions`: several versions of a file are left in the index, and nothing else;
`marks`: lines with <<<<<<< and >>>>>>> in files, which whoever reads them finds."""

Versions = Mapping[int, str]
"""The blobs that are left of one file in the index, by stage: 1 the base, 2 ours, 3 theirs (git-ls-files(1))."""

_BASE, _THEIRS = 1, 3
_FILE: Final = "100644"
_NOBODY: Final = ("Vänort", "vanort@vanort.invalid")


@dataclass(frozen=True, slots=True)
class Begun:
    """What was begun. `ours`, `theirs` and `bases` are commits.

    `ours` is where the branch stands once it is taken back; `theirs` is "" where nothing was to come that a merge can
    bring. `bases` is None where it is whatever both grew out of. `source` is the commit carried over or taken back.
    `more` tells that other changes were to follow.
    """

    kind: Kind
    ours: str
    theirs: str = ""
    bases: tuple[str, ...] | None = None
    source: str = ""
    more: bool = False


def begun(repo: Repository) -> Begun | None:
    """What is unfinished here, None for nothing. A few looks at files and one process. Raises `GitTrouble`."""
    if repo.bare or (head := repo.head()) is None:
        return None
    kind = repo.unfinished()
    if kind is None:
        return _versions(repo, head)
    if kind == "merge":
        coming = _lines(repo.git_dir / "MERGE_HEAD")
        return Begun("merge", head, coming[0] if len(coming) == 1 else "", more=len(coming) > 1)
    if kind == "rebase":
        return _rebase(repo, head)
    if kind == "bisect":
        return Begun("bisect", head)
    source = _first(repo.git_dir / ("CHERRY_PICK_HEAD" if kind == "cherry-pick" else "REVERT_HEAD"))
    more = len([line for line in _lines(repo.git_dir / "sequencer" / "todo") if not line.startswith("#")]) > 1
    parents = repo.git.text("rev-list", "--parents", "--max-count=1", source, "--").split()[1:] if source else []
    if len(parents) != 1:
        return Begun(kind, head, source=source, more=more)
    if kind == "cherry-pick":
        return Begun(kind, head, source, (parents[0],), source, more)
    return Begun(kind, head, parents[0], (source,), source, more)


def _rebase(repo: Repository, head: str) -> Begun:
    folder = next(place for name in ("rebase-merge", "rebase-apply") if (place := repo.git_dir / name).exists())
    ours, theirs = _first(folder / "orig-head") or head, _first(folder / "onto")
    if (folder / "applying").exists():
        return Begun("am", ours)
    return Begun("rebase", ours, theirs)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]
    except OSError:
        return []


def _first(file: Path) -> str:
    """The commit id that the file begins with, "" for none."""
    found = (_lines(file) or [""])[0].strip()
    return found if refs.is_id(found) else ""


# ---------------------------------------------------------------- versions of files, without commits


def versions_left(repo: Repository) -> Mapping[str, Versions]:
    """Path → the versions of it that are left in the index, of each file that was not merged."""
    found: dict[str, dict[int, str]] = {}
    for entry in repo.git.bytes("ls-files", "--unmerged", "-z").split(b"\0"):
        if entry:
            facts, _tab, path = entry.partition(b"\t")
            _mode, blob, stage = facts.decode("ascii").split()
            found.setdefault(os.fsdecode(path), {})[int(stage)] = blob
    return found


def _versions(repo: Repository, head: str) -> Begun | None:
    if not (left := versions_left(repo)):
        return None
    base, theirs = (
        as_commit(repo, head, {path: stages.get(stage) for path, stages in left.items()}) for stage in (_BASE, _THEIRS)
    )
    return Begun("versions", head, theirs, (base,))


def as_commit(repo: Repository, head: str, blobs: Mapping[str, str | None]) -> str:
    """A commit, on no branch and by nobody, of `head` with other contents at some paths (None: no file); the same each time."""
    none = "0" * len(head)
    given = "".join(f"{_FILE if blob else 0} {blob or none}\t{path}\0" for path, blob in blobs.items())
    with tempfile.TemporaryDirectory(dir=repo.make_local_dir()) as folder:
        env = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        repo.git.text("read-tree", head, env=env)
        repo.git.bytes("update-index", "-z", "--index-info", input=os.fsencode(given), env=env)
        tree = repo.git.text("write-tree", env=env)
    when = repo.git.text("log", "-1", "--format=%cd", "--date=raw", head)
    name, email = _NOBODY
    env = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER")
           for key, value in (("NAME", name), ("EMAIL", email), ("DATE", when))}  # fmt: skip
    return repo.git.text("commit-tree", "--no-gpg-sign", "-p", head, "-m", "Osparat", tree, env=env)


def store_blob(repo: Repository, text: str) -> str:
    """The id of a blob that holds the text."""
    return repo.git.text("hash-object", "-w", "--no-filters", "--stdin", input=text)
