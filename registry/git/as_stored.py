"""A repository as it is stored and as it is here, for whoever verifies its history.

Replacements (git-replace(1)) and grafts, which have Git show another history than the one that the ids stand for, are
passed over by everything that Git is run for (`program.git_environment`); here the commit-graph is as well, which is a
copy. Nothing is fetched meanwhile: what a partial clone lacks is lacking.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from io import BufferedReader
from typing import Final, NamedTuple

from registry.git.repository import Repository
from registry.git.run import Git, Running

_ENVIRONMENT: Final = {"GIT_NO_LAZY_FETCH": "1"}
_SETTINGS: Final = ("-c", "core.commitGraph=false", "-c", "protocol.allow=never")


class _AsStored(Git):
    """Git, told to look at nothing but the objects."""

    __slots__ = ()

    def start(
        self,
        *args: str,
        input: bytes | None = None,
        env: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Running:
        return super().start(*_SETTINGS, *args, input=input, env={**_ENVIRONMENT, **(env or {})}, timeout=timeout)

    @contextlib.contextmanager
    def reader(
        self, *args: str, input: bytes | None = None, env: Mapping[str, str] | None = None
    ) -> Iterator[BufferedReader]:
        with super().reader(*_SETTINGS, *args, input=input, env={**_ENVIRONMENT, **(env or {})}) as out:
            yield out


def as_stored(repo: Repository) -> Repository:
    """The same repository, read past all that stands before its objects."""
    plain = Repository(repo.folder, repo.git_dir, repo.common_dir, bare=repo.bare)
    plain.git = _AsStored(repo.folder)
    return plain


class Copy(NamedTuple):
    """What a copy of a repository lacks, or shows otherwise than it is stored."""

    shallow: bool
    """Its history is cut off somewhere."""
    partial: bool
    """Contents are left at the server until they are asked for."""
    altered: bool
    """It has replacements or grafts."""


def copy_of(repo: Repository) -> Copy:
    """What is special about this copy."""
    return Copy(
        shallow=(repo.common_dir / "shallow").exists(),
        partial=repo.git.ok("config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$"),
        altered=(repo.common_dir / "info" / "grafts").exists() or repo.git.text("for-each-ref", "refs/replace") != "",
    )


def present(repo: Repository) -> frozenset[str]:
    """The ids of all objects that are in this copy: in a partial one, asking for another would be fetching it."""
    with repo.git.reader("cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--unordered") as out:
        return frozenset(_lines(out))


def _lines(out: BufferedReader) -> Iterator[str]:
    for line in out:
        yield line.decode("ascii").rstrip("\n")
