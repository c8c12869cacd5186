"""Which commit a hand edit was begun on, where what came since has changed the same thing (`.git/vanort/hand-bases.json`).

Local to this copy, never committed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from typing import Final

from registry.git import local_json, refs
from registry.git.repository import Repository

_NAME: Final = "hand-bases.json"


def load(repo: Repository) -> dict[str, str]:
    """Path → commit; nothing where nothing is kept, or what is kept cannot be read."""
    with contextlib.suppress(OSError, ValueError):
        found = local_json.load(repo, _NAME)
        if isinstance(found, dict):
            return {str(path): commit for path, commit in found.items() if refs.is_id(str(commit))}
    return {}


def keep(repo: Repository, bases: Mapping[str, str]) -> None:
    """Remember these too; of a path that is known the earlier commit stays."""
    if bases:
        local_json.keep(repo, _NAME, {**bases, **load(repo)})


def forget(repo: Repository, paths: Iterable[str]) -> None:
    """They are saved, or set aside."""
    known, gone = load(repo), set(paths)
    if gone & known.keys():
        local_json.keep(repo, _NAME, {path: commit for path, commit in known.items() if path not in gone})
