"""The files that a fetched version brings: what each is, how large, and what all are called."""

from __future__ import annotations

from collections.abc import Sequence

from registry.git.objects import Entry, list_tree
from registry.git.repository import Repository


def arrivals(repo: Repository, ours: str | None, theirs: str) -> tuple[list[Entry], frozenset[str]]:
    """The files of the commit `theirs` that `ours` (None: nothing) does not have just so, and which of them are new."""
    if ours is None:
        every = list_tree(repo, theirs)
        return every, frozenset(entry.path for entry in every)
    tokens = iter(
        repo.git.bytes("diff-tree", "-r", "-z", "--raw", "--no-renames", "--end-of-options", ours, theirs).split(b"\0")
    )
    found: list[Entry] = []
    new: set[str] = set()
    for token in tokens:
        if not token.startswith(b":"):
            continue
        _old_mode, mode, _old, blob, status = token.decode("ascii").split()
        path = next(tokens).decode("utf-8", "surrogateescape")
        if status != "D":
            found.append(Entry(path, blob, mode, -1))
        if status == "A":
            new.add(path)
    return _with_sizes(repo, found), frozenset(new)


def _with_sizes(repo: Repository, entries: Sequence[Entry]) -> list[Entry]:
    if not entries:
        return []
    asked = "".join(f"{entry.blob}\n" for entry in entries)
    told = repo.git.text("cat-file", "--batch-check=%(objectsize)", "--buffer", input=asked).splitlines()
    return [
        Entry(entry.path, entry.blob, entry.mode, int(size) if size.isdigit() else -1)
        for entry, size in zip(entries, told, strict=True)
    ]


def all_names(repo: Repository, commit: str) -> list[str]:
    """The paths of all files and folders of a commit."""
    out = repo.git.bytes("ls-tree", "-r", "-t", "-z", "--name-only", "--full-tree", "--end-of-options", commit)
    return [path.decode("utf-8", "surrogateescape") for path in out.split(b"\0") if path]


def brought_by(repo: Repository, ours: str | None, theirs: str, path: str) -> tuple[str, str, str] | None:
    """Subject, author and day of the last commit that touched `path`, of those that `ours` lacks."""
    rev = theirs if ours is None else f"{ours}..{theirs}"
    told = repo.git.text(
        "--literal-pathspecs",
        "log",
        "-1",
        "--no-mailmap",
        "--format=%s%x00%an%x00%as",
        "--end-of-options",
        rev,
        "--",
        path,
    ).split("\0")
    return (told[0], told[1], told[2]) if len(told) == 3 else None
