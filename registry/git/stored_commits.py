"""Commits as they are stored, in bulk: their headers, their message, their signature, and what their trees changed.

The format is that of git-cat-file(1) for commits; a signature stands in the header `gpgsig` (`gpgsig-sha256` where ids
are SHA-256), each of its lines but the first after a blank, and is of the commit without such headers
(gitformat-signature(5)).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from registry.git import trees
from registry.git.log import moment
from registry.git.objects import read_objects
from registry.git.repository import Repository

_WHO: Final = re.compile(rb"(.*?) ?<([^<>]*)> *(-?\d*) ?([+-]\d+)?", re.DOTALL)
EMPTY_TREE: Final = {
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
"""The tree without a file, which Git knows without having it."""


class StoredCommit(NamedTuple):
    """A commit; `intact` tells whether its content is what its id stands for."""

    commit: str
    intact: bool
    tree: str
    parents: tuple[str, ...]
    author: str
    email: bytes
    entered: datetime
    """The author's date."""
    committed: datetime
    message: str
    signature: bytes
    """b"" where it is not signed."""
    payload: bytes
    """What the signature is of."""


class Touched(NamedTuple):
    """A file that differs between two trees: blob ids, None where no file is, and the mode that it has in the newer."""

    path: str
    old: str | None
    new: str | None
    mode: str


def all_commits(repo: Repository, tip: str, without: Sequence[str] = ()) -> list[str]:
    """The ids of `tip` and all that it builds on, newest first; without those that `without` builds on."""
    args = ("rev-list", "--topo-order", tip, *(f"^{each}" for each in without), "--")
    return repo.git.bytes(*args).decode("ascii").split()


def read_commits(repo: Repository, commits: Sequence[str]) -> Iterator[StoredCommit | None]:
    """Each of `commits`, in that order; None for one that this copy lacks."""
    for commit, found in zip(commits, read_objects(repo, commits), strict=True):
        yield parse_commit(commit, found[1]) if found is not None and found[0] == "commit" else None


def parse_commit(commit: str, content: bytes) -> StoredCommit:
    """A commit taken apart, whatever it holds. Never fails: of several headers the first counts, as for Git."""
    head, _empty, body = content.partition(b"\n\n")
    headers: dict[bytes, bytes] = {}
    parents: list[str] = []
    for key, value in _headers(head):
        if key == b"parent":
            parents.append(value.decode("ascii", "replace"))
        headers.setdefault(key, value)
    name, email, entered = _who(headers.get(b"author", b""))
    algorithm = trees.algorithm_of(commit)
    signature = headers.get(b"gpgsig-sha256" if algorithm == "sha256" else b"gpgsig", b"")
    return StoredCommit(
        commit=commit,
        intact=trees.object_id("commit", content, algorithm) == commit,
        tree=headers.get(b"tree", b"").decode("ascii", "replace"),
        parents=tuple(parents),
        author=name,
        email=email,
        entered=entered,
        committed=_who(headers.get(b"committer", b""))[2],
        message=_text(body, headers.get(b"encoding", b"utf-8")),
        signature=signature,
        payload=_unsigned(content) if signature else b"",
    )


def _headers(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each header with its value, the lines that go on joined by line breaks."""
    key, value = b"", b""
    for line in head.split(b"\n"):
        if line.startswith(b" "):
            value += b"\n" + line[1:]
            continue
        if key:
            yield key, value
        key, _blank, value = line.partition(b" ")
    yield key, value


def _unsigned(content: bytes) -> bytes:
    """The commit without its signatures, of either kind of id."""
    head, empty, body = content.partition(b"\n\n")
    kept: list[bytes] = []
    inside = False
    for line in head.split(b"\n"):
        inside = line.startswith((b"gpgsig ", b"gpgsig-sha256 ")) or (inside and line.startswith(b" "))
        if not inside:
            kept.append(line)
    return b"\n".join(kept) + empty + body


def _who(header: bytes) -> tuple[str, bytes, datetime]:
    found = _WHO.match(header)
    if found is None:
        return header.decode("utf-8", "replace"), b"", moment("")
    when = b"%b %b" % (found[3], found[4] or b"+0000")
    return found[1].decode("utf-8", "replace"), found[2], moment(when.decode("ascii"))


def _text(body: bytes, encoding: bytes) -> str:
    try:
        return body.decode(encoding.decode("ascii"), "replace")
    except (LookupError, UnicodeDecodeError, ValueError):
        return body.decode("utf-8", "replace")


def tree_changes(repo: Repository, pairs: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], tuple[Touched, ...]]:
    """What differs from the one tree to the other, of each of the pairs of tree ids, by one process.

    A pair is missing where one of its trees could not be read. Raises `GitTrouble` where one inside could not.
    """
    given = "".join(f"{old} {new}\n" for old, new in dict.fromkeys(pairs))
    if not given:
        return {}
    out = repo.git.bytes(
        "diff-tree", "--stdin", "-r", "-z", "--raw", "--no-renames", "--abbrev=64", "--ignore-submodules=none",
        input=given,
    )  # fmt: skip
    found: dict[tuple[str, str], list[Touched]] = {}
    now: list[Touched] = []
    tokens = iter(out.split(b"\0"))
    for token in tokens:
        rest = token
        while rest and not rest.startswith(b":"):  # the two trees, a line for each pair
            head, _break, rest = rest.partition(b"\n")
            old, new = head.decode("ascii").split()
            now = found[old, new] = []
        if rest:
            now.append(_touched(rest, next(tokens)))
    return {pair: tuple(touched) for pair, touched in found.items()}


def _touched(raw: bytes, path: bytes) -> Touched:
    """A line of `--raw`, `:100644 100644 OLD NEW M`, and its path."""
    _old_mode, mode, old, new, _status = raw.decode("ascii").split()
    return Touched(
        path.decode("utf-8", "surrogateescape"), old if old.strip("0") else None, new if new.strip("0") else None, mode
    )


def blobs_at(repo: Repository, wanted: Sequence[tuple[str, str]]) -> list[str | None]:
    """The blob that each (commit or tree, path) has, without reading it; None where there is no file."""
    if not wanted:
        return []
    given = "".join(f"{tree}:{path}\n" for tree, path in wanted).encode("utf-8", "surrogateescape")
    out = repo.git.bytes("cat-file", "--batch-check=%(objecttype) %(objectname)", "--buffer", input=given)
    told = out.split(b"\n")[: len(wanted)]
    return [line[5:].decode("ascii") if line.startswith(b"blob ") else None for line in told]


def merge_bases(repo: Repository, commits: Sequence[str]) -> list[str]:
    """The best common ancestors of commits that were merged; none where their histories are unrelated."""
    octopus = ["--octopus"] if len(commits) > 2 else []
    code, out, _err = repo.git.start("merge-base", "--all", *octopus, *commits).result()
    return out.decode("ascii").split() if code == 0 else []
