"""Which commit this user saw last, and when: local to this copy, never committed (`.git/vanort/visit.json`)."""

from __future__ import annotations

import contextlib
import re
from datetime import datetime
from typing import Final, NamedTuple

from registry.git import local_json
from registry.git.repository import Repository

_COMMIT: Final = re.compile(r"[0-9a-f]{40,64}")
_NAME: Final = "visit.json"


class Visit(NamedTuple):
    """A look at the registry."""

    commit: str
    at: datetime
    """With its time zone."""


def load(repo: Repository) -> Visit | None:
    """The last one; None where there was none, or none that can be read."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        found = local_json.load(repo, _NAME)
        commit, at = str(found["commit"]), datetime.fromisoformat(found["at"])
        if _COMMIT.fullmatch(commit) and at.tzinfo is not None:
            return Visit(commit, at)
    return None


def keep(repo: Repository, visit: Visit) -> None:
    """Remember it, whole or not at all. That it cannot be written is nobody's trouble."""
    local_json.keep(repo, _NAME, {"commit": visit.commit, "at": visit.at.isoformat()})
