"""Whether this copy has the whole history, and what is told where it has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.health.check import Check
from registry.words import _

if TYPE_CHECKING:
    from registry.git.repository import Repository


def cut_off(repo: Repository) -> str:
    """That the history of this copy is cut off, and what that means; "" where it is whole."""
    if not repo.shallow_at():
        return ""
    return _("This copy has only the latest part of the history: what was before is not known here, and is not told.")


def none_removed(repo: Repository, none: str) -> str:
    """`none`, that nothing was ever removed, where this copy of the history can tell; else that it cannot."""
    return _("Nothing was removed as far back as this copy reaches.") if repo.shallow_at() else none


def whole(repo: Repository) -> Check:
    if said := cut_off(repo):
        return Check("history", False, said, _("Fetch all of it: git fetch --unshallow"))
    return Check("history", True, _("The history is whole"))
