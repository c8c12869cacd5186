"""What Git does now and then after a commit or a fetch: packing what has become many files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from registry.git.repository import Repository

_LOOSE_IN_ONE: Final = 27
"""Loose objects in one of the 256 folders beyond which `git gc --auto` thinks of packing (6,700 in all)."""
_PACKS: Final = 50
"""Packs beyond which it does (`gc.autoPackLimit`)."""


def tidy(repo: Repository) -> None:
    """Have Git pack what there is, where it is much; two looks at folders otherwise. Its failure is no failure."""
    objects = repo.common_dir / "objects"
    if _entries(objects / "17") > _LOOSE_IN_ONE or _entries(objects / "pack") > 2 * _PACKS:
        repo.git.ok("maintenance", "run", "--auto", "--quiet")


def _entries(folder: Path) -> int:
    try:
        return len(os.listdir(folder))  # noqa: PTH208
    except OSError:
        return 0
