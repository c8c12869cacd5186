"""Git's objects as bytes: ids, trees edited folder by folder, and packs of a few objects. Pure functions.

Only the folders on the way to a changed file are written anew, so that a save costs the same at 100 records and at
100,000. Formats: gitformat-pack(5), and "tree objects" in git-mktree(1).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, Literal, NamedTuple

Algorithm = Literal["sha1", "sha256"]
Kind = Literal["blob", "tree", "commit"]

FILE: Final = b"100644"
FOLDER: Final = b"40000"
_AS_THEY_ARE: Final[Mapping[str, str]] = {}
_PACK_KINDS: Final[Mapping[Kind, int]] = {"commit": 1, "tree": 2, "blob": 3}
_ENTRY: Final[Mapping[Algorithm, re.Pattern[bytes]]] = {
    "sha1": re.compile(rb"([0-7]+) ([^\0]+)\0(.{20})", re.DOTALL),
    "sha256": re.compile(rb"([0-7]+) ([^\0]+)\0(.{32})", re.DOTALL),
}


class Node(NamedTuple):
    """An entry of a tree: Git's mode in octal, and the id in bytes."""

    mode: bytes
    oid: bytes


Tree = Mapping[bytes, Node]
Objects = dict[str, tuple[Kind, bytes]]
"""New objects by id: their kind and content."""


def algorithm_of(oid: str) -> Algorithm:
    """What made `oid`, by its length."""
    return "sha256" if len(oid) == 64 else "sha1"


def object_id(kind: Kind, content: bytes, algorithm: Algorithm) -> str:
    """The id that Git gives to an object."""
    return hashlib.new(algorithm, object_bytes(kind, content), usedforsecurity=False).hexdigest()


def object_bytes(kind: Kind, content: bytes) -> bytes:
    """What an object's id is made of, and what is stored of it: kind, size, content."""
    return b"%s %d\0" % (kind.encode(), len(content)) + content


@lru_cache(maxsize=16)
def parse_tree(content: bytes, algorithm: Algorithm) -> Tree:
    """The entries of a tree object. A save looks into the same few folders again and again."""
    return {name: Node(mode, oid) for mode, name, oid in _ENTRY[algorithm].findall(content)}


def tree_content(tree: Tree) -> bytes:
    """A tree object with these entries; folders are sorted as if their names ended in a slash, as Git wants it."""
    ordered = sorted(tree.items(), key=lambda item: item[0] + b"/" if item[1].mode == FOLDER else item[0])
    return b"".join(b"%s %s\0%s" % (node.mode, name, node.oid) for name, node in ordered)


def folders_of(paths: Iterable[str]) -> list[str]:
    """Every folder on the way to `paths`, "" for the top, deepest first."""
    folders = {""}
    for path in paths:
        parts = path.split("/")[:-1]
        folders.update("/".join(parts[: depth + 1]) for depth in range(len(parts)))
    return sorted(folders, key=lambda folder: (-folder.count("/") - bool(folder), folder))


def edited(
    trees: Mapping[str, Tree],
    blobs: Mapping[str, str | None],
    algorithm: Algorithm,
    modes: Mapping[str, str] = _AS_THEY_ARE,
) -> tuple[str, Objects]:
    """The id of the top tree once each path has its blob (None: is gone), and the tree objects that are new.

    `trees` has the folders on the way as they are, by path, without those that aren't there yet. A folder that becomes
    empty disappears; a file keeps its mode, unless `modes` has one for it.
    """
    folders = {folder: dict(trees.get(folder, {})) for folder in folders_of(blobs)}
    for path, blob in blobs.items():
        folder, _slash, name = path.rpartition("/")
        _put(folders[folder], name, blob, modes.get(path))
    made: Objects = {}
    oid = ""
    for folder, tree in folders.items():  # deepest first: a folder is whole before the one that holds it
        content = tree_content(tree)
        oid = object_id("tree", content, algorithm)
        if tree or not folder:
            made[oid] = ("tree", content)
        if folder:
            parent, _slash, name = folder.rpartition("/")
            if tree:
                folders[parent][name.encode()] = Node(FOLDER, bytes.fromhex(oid))
            else:
                folders[parent].pop(name.encode(), None)
    return oid, made


def _put(tree: dict[bytes, Node], name: str, oid: str | None, mode: str | None) -> None:
    key = name.encode("utf-8", "surrogateescape")
    if oid is None:
        tree.pop(key, None)
        return
    old = tree.get(key)
    kept = old.mode if old and old.mode.startswith(b"100") else FILE
    tree[key] = Node(mode.encode("ascii") if mode else kept, bytes.fromhex(oid))


def pack(objects: Objects, algorithm: Algorithm) -> bytes:
    """A pack that holds `objects`, each whole."""
    parts = [b"PACK", (2).to_bytes(4, "big"), len(objects).to_bytes(4, "big")]
    for kind, content in objects.values():
        size = len(content)
        head = _PACK_KINDS[kind] << 4 | size & 15
        size >>= 4
        while size:
            parts.append(bytes([head | 0x80]))
            head, size = size & 0x7F, size >> 7
        parts.append(bytes([head]))
        parts.append(zlib.compress(content))
    whole = b"".join(parts)
    return whole + hashlib.new(algorithm, whole, usedforsecurity=False).digest()
