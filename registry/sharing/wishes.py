"""When this copy shares by itself: kept here alone, never committed (`.git/vanort/wishes.json`). Not at all unless asked to."""

from __future__ import annotations

import contextlib
from typing import Final, NamedTuple

from registry.git import local_json
from registry.git.repository import Repository

_NAME: Final = "wishes.json"


class Wishes(NamedTuple):
    """What somebody has asked for; a network call that nobody expects is never made."""

    at_start: bool = False
    """Whether to share when the app opens."""
    after_save: bool = False
    """Whether to share after each change that is saved."""


def wishes(repo: Repository) -> Wishes:
    """What was asked for last; nothing where that cannot be read. A look at one small file."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        kept = local_json.load(repo, _NAME)
        return Wishes(kept.get("at_start") is True, kept.get("after_save") is True)
    return Wishes()


def keep(repo: Repository, wanted: Wishes) -> None:
    """Remember what is asked for."""
    local_json.keep(repo, _NAME, wanted._asdict())
