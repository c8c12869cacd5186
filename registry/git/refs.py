"""Where HEAD and the branches are, read from their files: a process for each look would cost more than the look.

The layout is Git's own (gitrepository-layout(5)): `HEAD` in the work tree's git folder; branches as files under
`refs/`, or as lines of `packed-refs`, in the common one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple

_ID: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_DEEPEST: Final = 5


class Head(NamedTuple):
    """`branch` is the full ref name (None: detached), `commit` its commit id (None: no commit yet)."""

    branch: str | None
    commit: str | None


class Unreadable(Exception):
    """The refs are not kept as files (reftable), or are damaged: Git itself has to be asked."""


def is_id(text: str) -> bool:
    """Whether `text` is a whole object id, of SHA-1 or SHA-256."""
    return _ID.fullmatch(text) is not None


def read_head(git_dir: Path, common_dir: Path) -> Head:
    """HEAD of the work tree whose git folder is `git_dir`. Raises `Unreadable`."""
    value = _content(git_dir / "HEAD")
    if value is None:
        raise Unreadable
    if is_id(value):
        return Head(None, value)
    if not value.startswith("ref: refs/heads/") or value == "ref: refs/heads/.invalid":
        raise Unreadable
    name = value.removeprefix("ref: ").strip()
    return Head(name, read_ref(common_dir, name))


def read_ref(common_dir: Path, name: str, depth: int = 0) -> str | None:
    """The object id that the ref `name` (in full) has, or None if there is no such ref. Raises `Unreadable`."""
    value = _content(common_dir / name)
    if value is None:
        return _packed(common_dir, name)
    if is_id(value):
        return value
    if value.startswith("ref: ") and depth < _DEEPEST:
        return read_ref(common_dir, value.removeprefix("ref: ").strip(), depth + 1)
    raise Unreadable


def _content(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable from error


def _packed(common_dir: Path, name: str) -> str | None:
    try:
        lines = (common_dir / "packed-refs").read_bytes().splitlines()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unreadable from error
    wanted = b" " + name.encode()
    for line in lines:
        if line.endswith(wanted) and is_id(found := line[: -len(wanted)].decode("ascii", "replace")):
            return found
    return None
