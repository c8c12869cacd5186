"""Hand edits that refer to a record which gets another name: they refer to it by that name then, as saved records do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from registry.errors import BrokenFile
from registry.git.worktree import read_file, status
from registry.git.writer import Write
from registry.records.kinds import kind_of
from registry.records.refs import ref_of
from registry.records.values import Data
from registry.references import renamed
from registry.store import Store
from registry.toml_files import edit, read


def with_references(store: Store, write: Write, names: Mapping[str, str]) -> Write:
    """The same, and every hand edit beside what is written follows `names`: REF → the other name that it gets."""
    if not names:
        return write
    expected, worktree = dict(write.expected), dict(write.worktree)
    for touched in status(store.repo):
        if write.brings(touched.path) or touched.path in write.worktree or (ref := ref_of(touched.path)) is None:
            continue
        try:
            hand = read_file(store.repo, touched.path)
        except FileNotFoundError:
            continue
        if (new := following(ref, hand, names)) != hand:
            expected[touched.path], worktree[touched.path] = hand, new
    return replace(write, expected=expected, worktree=worktree)


def following(ref: str, content: bytes, names: Mapping[str, str]) -> bytes:
    """A record's file with its references made to the names that come; as it is where it has none, or cannot be read."""
    try:
        was = read(content)
    except BrokenFile:
        return content
    data: Data = was
    for old, new in names.items():
        data = renamed(kind_of(ref), data, old, new)
    return content if data is was else edit(content.decode("utf-8").removeprefix("\ufeff"), data).encode("utf-8")
