"""Settling a save that met somebody else's: for each field that both changed, mine or theirs (DESIGN.md section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from registry.change import Change
from registry.merge import merge_record, settled
from registry.records.kinds import kind_of
from registry.records.values import Data
from registry.toml_files import normal

if TYPE_CHECKING:
    from registry.store import Store

Side = Literal["mine", "theirs"]


def settle(store: Store, change: Change, choices: Mapping[tuple[str, str], Side]) -> Change:
    """`change` on top of what is saved now, with a side chosen for each (REF, field) that both changed.

    What nobody has chosen for stays in conflict: it is found again when the result is saved.
    """
    now = store.saved()
    base = store.base_of(change, now) or now.data
    edits: dict[str, Data | None] = {}
    complete = True
    for ref, wanted in change.edits.items():
        mine = None if wanted is None else normal(wanted)
        merged = merge_record(kind_of(ref), base(ref), mine, now.data(ref))
        chosen = {
            conflict.field: conflict.ours if choices[ref, conflict.field] == "mine" else conflict.theirs
            for conflict in merged.conflicts
            if (ref, conflict.field) in choices
        }
        merged = settled(merged, chosen)
        complete = complete and not merged.conflicts
        edits[ref] = merged.data
    return replace(change, edits=edits, base=now.commit, begun={}) if complete else change
