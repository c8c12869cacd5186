"""Which commit this user saw last, when, and what others did that they have not looked at (`.git/vanort/visit.json`).

Local to this copy, never committed.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from registry.git import local_json
from registry.git.repository import Repository

_COMMIT: Final = re.compile(r"[0-9a-f]{40,64}")
_NAME: Final = "visit.json"
_NOTHING: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})


class Visit(NamedTuple):
    """A look at the registry."""

    commit: str
    at: datetime
    """With its time zone."""
    unseen: Mapping[str, tuple[str, ...]] = _NOTHING
    """REF → the commits, newest first, by which others changed a record that the user has not looked at since;
    what was changed last comes first."""


def load(repo: Repository) -> Visit | None:
    """The last one; None where there was none, or none that can be read."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        found = local_json.load(repo, _NAME)
        commit, at = str(found["commit"]), datetime.fromisoformat(found["at"])
        if _COMMIT.fullmatch(commit) and at.tzinfo is not None:
            return Visit(commit, at, _unseen(found.get("unseen")))
    return None


def keep(repo: Repository, visit: Visit) -> None:
    """Remember it, whole or not at all. That it cannot be written is nobody's trouble."""
    unseen = {ref: list(commits) for ref, commits in visit.unseen.items()}
    local_json.keep(repo, _NAME, {"commit": visit.commit, "at": visit.at.isoformat(), "unseen": unseen})


def _unseen(found: Any) -> Mapping[str, tuple[str, ...]]:
    """What was kept of it, as far as it makes sense."""
    if not isinstance(found, dict):
        return _NOTHING
    return {
        str(ref): tuple(each for each in commits if isinstance(each, str) and _COMMIT.fullmatch(each))
        for ref, commits in found.items()
        if isinstance(commits, list)
    }
