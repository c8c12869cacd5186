"""The history as commits, newest first, as they come."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from registry.git.repository import Repository
from registry.records.refs import ref_of

_FORMAT: Final = "%x00".join(("%H", "%P", "%an", "%ae", "%ad", "%cd", "%B"))
_FIELDS: Final = 7
_SETTLED: Final = (  # what a user's own settings could otherwise change in what we read
    "-c",
    "log.showRoot=true",
    "-c",
    "log.follow=false",
    "-c",
    "log.showSignature=false",
)
_SEARCHING: Final = {"LC_ALL": "C", "GIT_FLUSH": "1"}
"""Patterns are bytes, so that a text that is no UTF-8 is searched like any other; what is found is told at once."""
_ONE_PIECE: Final = 4096
"""Bytes that programs write at once, or less than that at the end of a commit."""
_SPECIAL: Final = re.compile(r"([.^$*+?()\[\]{}|\\])")
_PLAIN: Final = ("--raw", "--no-renames", "--abbrev=64", "-r", "-z", "--ignore-submodules=all")


@dataclass(frozen=True, slots=True)
class Change:
    """A file that a commit changed: `status` A, M, D or T; `old` and `new` are blob ids, None where no file was.

    `mode` is what Git says that the new one is ("100644", `objects.SYMLINK`, `objects.SUBMODULE`).
    """

    status: str
    path: str
    old: str | None
    new: str | None
    mode: str = "100644"


@dataclass(frozen=True, slots=True)
class RawCommit:
    """A commit as Git has it. `date` is the author's, `committed` the committer's, both aware.

    Texts are as written: control characters are data here, and shown by whoever shows them. What is not UTF-8 is
    U+FFFD, but in paths, where it is a lone surrogate. `changes` is all that it changed, against the first parent;
    None where a search was not asked for it.
    """

    commit: str
    parents: tuple[str, ...]
    author: str
    email: str
    date: datetime
    committed: datetime
    message: str
    changes: tuple[Change, ...] | None

    @property
    def changed(self) -> tuple[tuple[str, str], ...]:
        """(status, path) of every change."""
        return tuple((change.status, change.path) for change in self.changes or ())


@dataclass(frozen=True, slots=True)
class Matching:
    """What Git is to look for itself; patterns are extended regular expressions, read byte by byte."""

    author: str = ""
    """What the author's line has; "" for any."""
    greps: tuple[str, ...] = ()
    """What some line of the message has, each of them."""
    deletions: bool = False
    """Only commits that removed a file, and of their changes those alone."""

    def options(self) -> list[str]:
        """As `git log` takes them."""
        made = ["--extended-regexp", *(f"--grep={grep}" for grep in self.greps)] if self.greps or self.author else []
        made += ["--all-match"] if self.greps else []
        made += [f"--author={self.author}"] if self.author else []
        return [*made, "--diff-filter=D"] if self.deletions else made

    @classmethod
    def by_address(cls, email: str) -> Matching:
        """Commits whose author has that address, wholly."""
        return cls("<" + _SPECIAL.sub(r"\\\1", email) + ">")


ANY: Final = Matching()


def walk(
    repo: Repository,
    rev: str = "HEAD",
    paths: Sequence[str] = (),
    *,
    first_parent: bool = False,
    full_history: bool = True,
    linked: bool = False,
    limit: int | None = None,
) -> Iterator[RawCommit]:
    """The commits that `rev` reaches, newest first; with `paths`, those that touched one of them.

    `rev` is a revision or a range `A..B`. `full_history` keeps the losing side of a merge (without it, with `paths`, merges
    tell no changes: asking Git for them would bring the losing side back); `linked` makes the parents those of the
    commits told that come next on each way, every commit after its children; `limit` is how many commits at most. Closing the
    iterator ends the process. Raises `NotFound` for a revision that isn't there.
    """
    options = ["--first-parent"] if first_parent else []
    if linked:
        options += ["--parents", "--topo-order"]
    if limit is not None:
        options.append(f"--max-count={limit}")
    yield from filter(None, _walked(repo, rev, paths, options, full_history=full_history))


def chosen(repo: Repository, commits: Sequence[str]) -> Iterator[RawCommit]:
    """These very commits, by their ids, in that order; those that are there no longer are left out."""
    if commits:
        options = ["--no-walk=unsorted", "--ignore-missing", *commits[:-1]]
        yield from filter(None, _walked(repo, commits[-1], (), options, known=True))


def search(
    repo: Repository,
    rev: str = "HEAD",
    paths: Sequence[str] = (),
    matching: Matching = ANY,
    *,
    changes: bool = True,
    patience: float | None = None,
    without: Sequence[str] = (),
) -> Iterator[RawCommit | None]:
    """As `walk`, of the commits that are `matching`; None whenever none was found for `patience` seconds.

    Without `changes` Git need not compare what it finds, and nobody is told what it changed. `without` are ids of
    commits that are left out with all that they come from.
    """
    options = [*matching.options(), *(f"^{commit}" for commit in without)]
    yield from _walked(repo, rev, paths, options, searching=True, changes=changes, patience=patience)


def telling(
    repo: Repository, words: str, rev: str = "HEAD", *, patience: float | None = None
) -> Iterator[RawCommit | None]:
    """The commits in whose files `words` came in or went out, newest first; of their changes those files alone.

    With `patience` there is None whenever none was found for that many seconds.
    """
    yield from _walked(repo, rev, (), [f"-S{words}"], patience=patience, searching=True)


def _walked(
    repo: Repository,
    rev: str,
    paths: Sequence[str],
    options: Sequence[str],
    *,
    full_history: bool = True,
    searching: bool = False,
    changes: bool = True,
    known: bool = False,
    patience: float | None = None,
) -> Iterator[RawCommit | None]:
    if rev == "HEAD" and repo.head() is None:
        return
    if rev != "HEAD" and ".." not in rev and not known:
        rev = repo.resolve(rev)
    elif ".." in rev:
        old, _dots, new = rev.partition("..")
        rev = f"{repo.resolve(old)}..{repo.resolve(new or 'HEAD')}"
    full = ["--full-history", "--diff-merges=first-parent", "--full-diff"] if full_history or not paths else []
    compared = [*_PLAIN, *full] if changes else ["-z"]
    pieces = repo.git.stream(
        "--literal-pathspecs",
        *_SETTLED,
        "log",
        f"--format=tformat:{_FORMAT}",
        "--date=raw",
        "--encoding=UTF-8",
        "--no-mailmap",
        "--no-ext-diff",
        *compared,
        *options,
        rev,
        "--",
        *paths,
        env=_SEARCHING if searching else None,
        patience=patience,
    )
    yield from _commits(_tokens(pieces)) if changes else _unchanged(_tokens(pieces))


def changed_paths(repo: Repository, a: str, b: str) -> list[tuple[str, str]]:
    """(status, path) of every file that differs from commit `a` to `b`; a rename is a deletion and an addition."""
    return [(change.status, change.path) for change in changes_between(repo, a, b)]


def changed_refs(repo: Repository, a: str, b: str) -> list[str]:
    """The REFs of the records that differ from commit `a` to `b`."""
    return [ref for _status, path in changed_paths(repo, a, b) if (ref := ref_of(path))]


def changes_between(repo: Repository, a: str, b: str, within: str = "") -> list[Change]:
    """As `changed_paths`, with the blob ids of both sides; where `a` and `b` are trees of a folder, `within` names it."""
    above = os.fsencode(f"{within}/" if within else "")
    out = repo.git.bytes("diff-tree", *_PLAIN, "--end-of-options", a, b)
    tokens = iter(out.split(b"\0"))
    return [_change(token, above + next(tokens)) for token in tokens if token.startswith(b":")]


def _tokens(pieces: Iterator[bytes]) -> Iterator[bytes | None]:
    """What stands between the NULs of a stream; None for an empty piece, which is a pause."""
    rest = b""
    for piece in pieces:
        if not piece:
            yield None
            continue
        *whole, rest = (rest + piece).split(b"\0")
        yield from whole
    if rest:
        yield rest


def _commits(tokens: Iterator[bytes | None]) -> Iterator[RawCommit | None]:
    """The fields of each commit; then, if it changed anything, a line break and its changes, each two tokens.

    That a commit is whole shows when the next one begins. Where Git pauses, a small one is whole as well: Git writes
    a commit at a time (`GIT_FLUSH`), in one piece if it fits into a buffer.
    """
    fields: list[bytes] = []
    changes: list[Change] = []
    colon: bytes | None = None
    size = 0
    for token in tokens:
        if token is None:
            if len(fields) == _FIELDS and colon is None and size < _ONE_PIECE:
                yield _commit(fields, changes)
                fields, changes, size = [], [], 0
            yield None
            continue
        size += len(token) + 1
        if colon is not None:
            changes.append(_change(colon, token))
            colon = None
        elif len(fields) < _FIELDS:
            fields.append(token)
        elif (raw := token.removeprefix(b"\n")).startswith(b":"):
            colon = raw
        else:
            yield _commit(fields, changes)
            fields, changes, size = [token], [], len(token)
    if len(fields) == _FIELDS:
        yield _commit(fields, changes)


def _unchanged(tokens: Iterator[bytes | None]) -> Iterator[RawCommit | None]:
    """The fields of each commit, of which it is not told what they changed."""
    fields: list[bytes] = []
    for token in tokens:
        if token is None:
            yield None
            continue
        fields.append(token)
        if len(fields) == _FIELDS:
            yield _commit(fields, None)
            fields = []


def _commit(fields: list[bytes], changes: list[Change] | None) -> RawCommit:
    commit, parents, author, email, date, committed, message = (field.decode("utf-8", "replace") for field in fields)
    return RawCommit(
        commit,
        tuple(parents.split()),
        author,
        email,
        moment(date),
        moment(committed),
        message,
        None if changes is None else tuple(changes),
    )


def _change(raw: bytes, path: bytes) -> Change:
    """A line of `--raw`: `:100644 100644 OLD NEW M` and its path."""
    _old_mode, mode, old, new, status = raw.decode("ascii").split()
    return Change(
        status[0],
        path.decode("utf-8", "surrogateescape"),
        old if old.strip("0") else None,
        new if new.strip("0") else None,
        mode,
    )


@lru_cache(maxsize=64)
def _zone(offset: str) -> timezone:
    """``+0100`` as a time zone; what is none is UTC."""
    try:
        sign = -1 if offset.startswith("-") else 1
        return timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[3:5])))
    except ValueError:
        return timezone(timedelta(0))


def moment(raw: str) -> datetime:
    """`1234567890 +0100`, Git's way of writing it, as a moment. Clocks that no calendar knows are taken for the nearest that one does."""
    seconds, _space, offset = raw.partition(" ")
    zone = _zone(offset)
    try:
        return datetime.fromtimestamp(int(seconds), zone)
    except (ValueError, OverflowError, OSError):
        far = seconds.isdigit() and int(seconds) > 0
        return datetime(9999, 12, 31, tzinfo=UTC) if far else datetime(1970, 1, 1, tzinfo=UTC)
