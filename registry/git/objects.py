"""Reading what is saved: the files of a commit, one by one or in bulk."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Final, cast

from registry.errors import BadInput, GitTrouble, NotFound
from registry.git import refs, trees
from registry.git.repository import Repository
from registry.git.run import git_environment
from registry.plain_text import line
from registry.words import _

if TYPE_CHECKING:
    from git.cmd import Git as GitPythonGit

SYMLINK: Final = "120000"
SUBMODULE: Final = "160000"
FEW: Final = 16
"""Objects up to which an open reader beats a process of its own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a commit. `mode` is Git's ("100644", `SYMLINK`, `SUBMODULE`), `size` in bytes (-1 for a submodule).

    A byte of `path` that isn't UTF-8 is a lone surrogate, as in `os.fsdecode`.
    """

    path: str
    blob: str
    mode: str
    size: int


def list_tree(repo: Repository, commit: str, paths: Sequence[str] = ()) -> list[Entry]:
    """The files of `commit` (a commit or tree id), all or at and under `paths`, in Git's order."""
    out = repo.git.bytes("ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", commit, *paths)
    entries = []
    for listed in out.split(b"\0"):
        if listed:
            facts, _tab, path = listed.partition(b"\t")
            mode, _kind, oid, size = facts.split()
            entries.append(
                Entry(
                    path.decode("utf-8", "surrogateescape"),
                    oid.decode("ascii"),
                    mode.decode("ascii"),
                    -1 if size == b"-" else int(size),
                )
            )
    return entries


def list_top(repo: Repository, commit: str) -> dict[str, str]:
    """Name → object id of the files and folders at the top of `commit`."""
    out = repo.git.bytes("ls-tree", "-z", "--full-tree", "--end-of-options", commit)
    listed = (entry.partition(b"\t") for entry in out.split(b"\0") if entry)
    return {os.fsdecode(name): facts.split()[2].decode("ascii") for facts, _tab, name in listed}


def read_blob(repo: Repository, oid: str) -> bytes:
    """The content of the blob `oid`. Raises `GitTrouble` if the history lacks it."""
    return next(read_blobs(repo, [oid]))[1]


def read_blobs(repo: Repository, oids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The contents of the blobs `oids`, in that order, by one process however many they are.

    Raises `GitTrouble` at the first that is missing from the history (a damaged or partial copy).
    """
    wanted = list(oids)
    if not all(map(refs.is_id, wanted)):
        raise BadInput(_("That is not the whole id of something in the history."))
    for oid, content in zip(wanted, _blobs(repo, wanted), strict=True):
        if content is None:
            raise _lacking(oid)
        yield oid, content


def read_path(repo: Repository, commit: str, path: str) -> bytes | None:
    """What `path` held in `commit`, or None if it wasn't a file there. Raises `NotFound` if there is no such commit."""
    if not refs.is_id(commit):
        commit = repo.resolve(commit)
    return next(read_paths(repo, [(commit, path)]))


def read_paths(repo: Repository, wanted: Sequence[tuple[str, str]]) -> Iterator[bytes | None]:
    """The contents of (commit id, path) pairs, in that order, by one process; None where there was no such file."""
    return _blobs(repo, [_name(commit, path) for commit, path in wanted])


def read_committed(repo: Repository, commit: str, paths: Sequence[str]) -> Iterator[tuple[str, bytes] | None]:
    """Mode and content of each of `paths` in the commit with the id `commit`, in that order; None where no file is.

    One process, and no list of all files: for a few paths of a large commit. A submodule has no content.
    """
    folders = list(dict.fromkeys(path.rpartition("/")[0] for path in paths))
    objects = read_objects(repo, [_name(commit, path) for path in (*folders, *paths)])
    algorithm = trees.algorithm_of(commit)
    trees_by_name = {}
    for folder, found in zip(folders, islice(objects, len(folders)), strict=True):
        trees_by_name[folder] = trees.parse_tree(found[1], algorithm) if found and found[0] == "tree" else {}
    for path, found in zip(paths, objects, strict=True):
        folder, _slash, name = path.rpartition("/")
        node = trees_by_name[folder].get(name.encode("utf-8", "surrogateescape"))
        mode = node.mode.decode("ascii") if node else ""
        if mode == SUBMODULE:
            yield mode, b""
        else:
            yield (mode, found[1]) if node and found is not None and found[0] == "blob" else None


def _name(commit: str, path: str) -> str:
    """What `cat-file` knows a path of a commit by. Raises `NotFound` for a path that it would take for another."""
    if "\n" in path or "\0" in path or path.startswith(("./", "../")):  # those go from the folder that Git runs in
        raise NotFound(_("%(path)s is not the name of a file in the registry.") % {"path": line(path)})
    return f"{commit}:{path}"


def _blobs(repo: Repository, names: Sequence[str]) -> Iterator[bytes | None]:
    for answer in read_objects(repo, names):
        yield answer[1] if answer is not None and answer[0] == "blob" else None


def read_objects(repo: Repository, names: Sequence[str]) -> Iterator[tuple[str, bytes] | None]:
    """Kind and content of each of `names` (as `cat-file --batch` takes them), None for what isn't there."""
    if not names:
        return
    if repo.reader is not None and len(names) <= FEW:
        yield from map(repo.reader.object, names)
        return
    given = "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
    with repo.git.reader("cat-file", "--batch", "--buffer", input=given) as out:
        for _name in names:
            header = out.readline()
            if header.endswith((b" missing\n", b" ambiguous\n")):
                yield None
                continue
            parts = header.split()
            if len(parts) != 3:  # Git ended early: the reader says why
                return
            content = out.read(int(parts[2]) + 1)[:-1]
            yield parts[1].decode("ascii"), content


class ObjectReader:
    """Reads single objects for as long as it is open, at a fraction of a process each; for an app, not for one command.

    GitPython keeps the `cat-file --batch` behind it. One thread at a time: GitPython's own objects are not safe to
    share, so reads are taken in turn.
    """

    def __init__(self, repo: Repository) -> None:
        from git.cmd import Git as GitPythonGit  # 0.1 s, which single commands need not pay

        self._repo = repo
        self._git: GitPythonGit = GitPythonGit(str(repo.folder))
        self._git.update_environment(**git_environment(repo.folder))
        self._lock = threading.Lock()

    def object(self, name: str) -> tuple[str, bytes] | None:
        """Kind and content of what `cat-file` knows as `name`, such as ``COMMIT:PATH``; None for what isn't there."""
        with self._lock:
            try:
                _oid, kind, _size, content = self._git.get_object_data(name)
            except ValueError:
                return None
        told = cast("str | bytes", kind)  # bytes, whatever GitPython's annotation says
        return told.decode("ascii") if isinstance(told, bytes) else told, bytes(content)

    def close(self) -> None:
        """End the process behind it; a later `read` starts another."""
        with self._lock:
            self._git.clear_cache()

    def __enter__(self) -> ObjectReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _lacking(oid: str) -> GitTrouble:
    return GitTrouble(
        _("The history lacks %(oid)s: this copy of the registry is damaged or incomplete.") % {"oid": oid[:12]},
        _("Run vanort doctor, or fetch a whole copy: git clone URL FOLDER"),
    )
