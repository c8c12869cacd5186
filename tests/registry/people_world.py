"""What the tests of the people book share: a registry's repository, and a look at every byte left in a book's."""

from __future__ import annotations

import subprocess
import zlib
from pathlib import Path

from registry.git.repository import Repository
from registry.people import PeopleStore

MAJA = {"name": "Maja Lindqvist", "title": "Rektor", "email": "maja@example.org", "telephone": "0560-123 45"}


def a_store(folder: Path) -> PeopleStore:
    """The (empty) people store of a new registry in `folder`."""
    return PeopleStore(Repository.create(folder))


def git(store: PeopleStore, *args: str) -> str:
    """What plain Git says of the book's repository."""
    folder = store.repository.folder
    done = subprocess.run(["git", f"--git-dir={folder}", *args], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def holds(folder: Path, words: str) -> list[str]:
    """The files below `folder`, and the objects of the repository there, in which `words` stand, inflated or not."""
    wanted = words.encode()
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            if wanted in raw or wanted in _inflated(raw):
                found.append(path.relative_to(folder).as_posix())
    objects = subprocess.run(
        ["git", f"--git-dir={folder}", "cat-file", "--batch-all-objects", "--batch"], capture_output=True, check=True
    ).stdout
    return [*found, *(["an object"] if wanted in objects else [])]


def _inflated(raw: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(raw)
    except zlib.error:
        return b""
