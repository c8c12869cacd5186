"""Which record was given another name by hand: its file was moved in the folder, and perhaps edited a little."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from registry.records.values import Data
from registry.renamed import in_common
from registry.snapshot import Snapshot

_ALIKE: Final = 0.75
"""The share of the fields that must be the same."""


def renamed_by_hand(saved: Snapshot, now: Snapshot, touched: Iterable[str]) -> dict[str, str]:
    """New REF → old REF: in a folder one record is gone, one has come, and they hold nearly the same.

    `touched` are the REFs of the hand edits. Where several are gone or have come nobody can tell which is which.
    """
    gone: dict[str, list[str]] = {}
    come: dict[str, list[str]] = {}
    for ref in touched:
        if (ref in saved) != (ref in now):
            (gone if ref in saved else come).setdefault(ref.rpartition("/")[0], []).append(ref)
    return {
        new[0]: old[0]
        for folder, old in gone.items()
        if len(old) == len(new := come.get(folder, [])) == 1 and _is_one(saved.data(old[0]), now.data(new[0]))
    }


def _is_one(before: Data | None, after: Data | None) -> bool:
    if before is None or after is None:
        return False
    return in_common(before, after) >= _ALIKE * max(len(before), len(after))
