"""A registry's repository made at once: whole or not at all, and with years of history in one stream.

`git fast-import` (git-fast-import(1)) takes hundreds of commits in the time that the one writer takes for a few. It is
only for a repository that nobody has seen yet: there is no journal, no hook and nobody to collide with.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from registry.errors import Refused
from registry.git import trees
from registry.git.repository import Identity, Repository
from registry.git.worktree import safe_path
from registry.words import _

_TOP: Final = (
    ".git",
    ".gitattributes",
    "README.md",
    "registry.toml",
    "policy.toml",
    "departments",
    "twin-towns",
    "projects",
)
"""All that is made in a registry's folder."""


@dataclass(frozen=True, slots=True)
class BulkCommit:
    """One commit: `files` (path → new content, None: delete it) laid over the one before. `when` is aware."""

    files: Mapping[str, bytes | None]
    message: str
    author: Identity
    when: datetime


@contextlib.contextmanager
def making(folder: Path) -> Iterator[Repository]:
    """A new repository in `folder` (empty, or not there yet); if the block fails, all that was made is removed.

    Raises what `Repository.create` does.
    """
    existed = os.path.lexists(folder.expanduser())
    repo = Repository.create(folder)
    try:
        yield repo
    except BaseException:
        for name in _TOP if existed else ():
            place = repo.folder / name
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    place.unlink()
        if not existed:
            shutil.rmtree(repo.folder, ignore_errors=True)
        raise


class BulkImport:
    """Commits laid one on another, known by their ids at once, and brought into a repository together.

    The same commits give the same ids on every machine.
    """

    def __init__(self, repo: Repository) -> None:
        """Raises `Refused` where the branch of `repo` has commits already."""
        head = repo.at_head()
        if head.branch is None or head.commit is not None:
            raise Refused(
                _("%(folder)s has a history already") % {"folder": repo.folder}, _("Choose a new or an empty folder.")
            )
        self._repo, self._branch = repo, head.branch
        self._algorithm: trees.Algorithm = (
            "sha256" if repo.git.text("rev-parse", "--show-object-format") == "sha256" else "sha1"
        )
        self._folders: dict[str, trees.Tree] = {}
        self._stream: list[bytes] = [b"feature done\n"]
        self.tip = ""
        """The id of the latest commit added; "" before the first."""

    def add(self, commit: BulkCommit) -> str:
        """Lay `commit` on those before it; returns its id. Raises `BadInput` for a path that leads out of the folder."""
        for path in commit.files:
            safe_path(self._repo, path)
        message = commit.message.encode("utf-8")
        signature = f"{_plain(commit.author.name)} <{_plain(commit.author.email)}> {_when(commit.when)}"
        facts = f"author {signature}\ncommitter {signature}\n".encode()
        self._stream += [f"commit {self._branch}\n".encode(), facts, _data(message)]
        for path, content in sorted(commit.files.items()):
            if content is None:
                self._stream.append(f"D {path}\n".encode())
            else:
                self._stream += [f"M 100644 inline {path}\n".encode(), _data(content)]
        parent = f"parent {self.tip}\n" if self.tip else ""
        whole = f"tree {self._tree(commit.files)}\n{parent}".encode() + facts + b"\n" + message
        self.tip = hashlib.new(self._algorithm, b"commit %d\0" % len(whole) + whole, usedforsecurity=False).hexdigest()
        return self.tip

    def land(self) -> str:
        """Bring everything into the repository, check out the last commit and return its id. Raises `GitTrouble`."""
        self._repo.git.bytes("fast-import", "--quiet", "--done", input=b"".join([*self._stream, b"done\n"]))
        self._repo.git.bytes("read-tree", "--reset", "-u", "HEAD")
        self._repo.git.bytes("commit-graph", "write", "--reachable", "--changed-paths")
        return self.tip

    def _tree(self, files: Mapping[str, bytes | None]) -> str:
        """The id of the top tree after these files; the folders on the way are kept for the next commit."""
        blobs = {
            path: None if content is None else trees.object_id("blob", content, self._algorithm)
            for path, content in files.items()
        }
        top, made = trees.edited(self._folders, blobs, self._algorithm)
        for folder in reversed(trees.folders_of(files)):
            parent, _slash, name = folder.rpartition("/")
            node = self._folders.get(parent, {}).get(name.encode()) if folder else None
            found = top if not folder else node.oid.hex() if node else ""
            self._folders[folder] = trees.parse_tree(made[found][1], self._algorithm) if found else {}
        return top


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)


def _plain(text: str) -> str:
    """A name or an address as an author line can hold it."""
    return "".join(char for char in text if char.isprintable() and char not in "<>").strip()


def _when(moment: datetime) -> str:
    return f"{int(moment.timestamp())} {moment.strftime('%z')}"
