"""Which commit this user saw last, and when: local to this copy, never committed (`.git/vanort/visit.json`)."""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
from datetime import datetime
from typing import Any, Final, NamedTuple

from registry.errors import GitTrouble
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
        found: Any = json.loads((repo.local_dir / _NAME).read_bytes())
        commit, at = str(found["commit"]), datetime.fromisoformat(found["at"])
        if _COMMIT.fullmatch(commit) and at.tzinfo is not None:
            return Visit(commit, at)
    return None


def keep(repo: Repository, visit: Visit) -> None:
    """Remember it, whole or not at all. That it cannot be written is nobody's trouble."""
    with contextlib.suppress(OSError, GitTrouble):
        folder = repo.make_local_dir()
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=_NAME)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"commit": visit.commit, "at": visit.at.isoformat()}, file)
        os.replace(temporary, folder / _NAME)  # noqa: PTH105 - names from mkstemp
