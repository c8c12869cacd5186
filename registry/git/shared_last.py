"""When this copy was last found to be the same as the shared one: local, never committed (`.git/vanort/shared.json`)."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Final

from registry.git import local_json
from registry.git.repository import Repository

_NAME: Final = "shared.json"


def load(repo: Repository) -> datetime | None:
    """The moment, with its time zone; None where there was none, or none that can be read."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        at = datetime.fromisoformat(local_json.load(repo, _NAME)["at"])
        return at if at.tzinfo is not None else None
    return None


def keep(repo: Repository, at: datetime) -> None:
    """Remember it."""
    local_json.keep(repo, _NAME, {"at": at.isoformat()})
