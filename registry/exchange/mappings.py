"""What was said of the columns of foreign sheets, kept for the next time: local to this copy (`.git/vanort/`)."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from typing import Any, Final

from registry.errors import GitTrouble
from registry.git.local_files import write_local
from registry.git.repository import Repository

Mapped = dict[str, dict[str, str]]
"""Sheet id → heading → path of the field, "" for a column that is left out."""
_NAME: Final = "mappings.json"


def load(repo: Repository) -> Mapped:
    """What is kept; nothing where there is nothing, or nothing that can be read."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        found: Any = json.loads((repo.local_dir / _NAME).read_bytes())
        return {
            str(sheet): {str(heading): str(path) for heading, path in columns.items()}
            for sheet, columns in found.items()
        }
    return {}


def with_more(kept: Mapped, sheet: str, more: Mapping[str, str]) -> Mapped:
    """The same, and what was said of the columns of one sheet now."""
    return {**kept, sheet: {**kept.get(sheet, {}), **more}} if more else kept


def keep(repo: Repository, mapped: Mapped) -> None:
    """Remember it, whole or not at all. That it cannot be written costs a question the next time, and no more."""
    with contextlib.suppress(OSError, GitTrouble):
        write_local(repo, _NAME, json.dumps(mapped, ensure_ascii=False, indent=1).encode("utf-8"))
