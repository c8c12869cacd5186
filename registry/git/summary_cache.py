"""The summary of the latest commit, kept between runs: where that is still the latest, the first frame costs one small
file, and neither rows nor records have to be known.

Local and rebuildable (`.git/vanort/cache/`), in JSON, for which nothing has to be imported that the program has not.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple, TypeVar

from registry.errors import GitTrouble
from registry.git.local_files import write_local
from registry.git.repository import Repository
from registry.summary import Coming, Summary

T = TypeVar("T")
_VERSION: Final = 4


class Top(NamedTuple):
    """What is known of a commit without reading it."""

    commit: str
    folders: Mapping[str, str]
    """Kind → the id of its folder, or of its file."""
    summary: Summary


def load(repo: Repository, commit: str) -> Top | None:
    """What was kept of `commit`; None where it was of another, or cannot be used."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        found: Any = json.loads((repo.local_dir / "cache" / "summary.json").read_bytes())
        if found["version"] == _VERSION and found["commit"] == commit:
            return Top(commit, _each(found["folders"], str), _summary(**found["summary"]))
    return None


def keep(repo: Repository, top: Top) -> None:
    """Keep it for the next start."""
    content = {"version": _VERSION, **top._asdict(), "summary": top.summary._asdict()}
    keep_whole(repo, "summary.json", json.dumps(content, ensure_ascii=False).encode("utf-8"))


def keep_whole(repo: Repository, name: str, content: bytes) -> None:
    """Write a part of the cache whole or not at all."""
    with contextlib.suppress(OSError, GitTrouble):
        write_local(repo, name, content, "cache")


def _summary(
    *,
    day: object,
    municipality: object,
    language: object,
    fictional: object,
    coordinated: object,
    counts: object,
    stages: object,
    coming: object,
) -> Summary:
    """The summary as it was kept. Raises `TypeError` or `ValueError` for anything else."""
    return Summary(
        day=_a(str, day),
        municipality=_a(str, municipality),
        language=_a(str, language),
        fictional=_a(bool, fictional),
        coordinated=_a(bool, coordinated),
        counts=_each(counts, int),
        stages=_each(stages, int),
        coming=tuple(Coming(*(_a(str, part) for part in _a(list, each))) for each in _a(list, coming)),
    )


def _each(found: object, kind: type[T]) -> dict[str, T]:
    return {key: _a(kind, value) for key, value in _a(dict, found).items()}


def _a(kind: type[T], found: object) -> T:
    if not isinstance(found, kind):
        raise TypeError(f"{found!r} is no {kind.__name__}")
    return found
