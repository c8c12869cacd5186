"""Taking a change back, as a change of its own, merged into what came after.

A file that nobody has touched since is brought back to the byte, comments included. A file that cannot be read is never
taken for a record that is not there: to undo its repair would otherwise remove the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from registry.change import Change
from registry.errors import BrokenFile, NotFound, Refused
from registry.merge import WHOLE_RECORD, Conflict, merge_record
from registry.records.kinds import kind_of
from registry.records.refs import path_of
from registry.records.values import Data
from registry.snapshot import Snapshot
from registry.toml_files import read
from registry.words import _

if TYPE_CHECKING:
    from registry.history import Entry
    from registry.store import Store


@dataclass(slots=True)
class TakenBack:
    """What taking a commit back comes to: edits, files to the byte, and what only a person can decide."""

    edits: dict[str, Data | None] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, tuple[Conflict, ...]] = field(default_factory=dict)
    change: Change = field(default_factory=lambda: Change({}, ""))


def take_back(store: Store, rev: str, why: str) -> TakenBack:
    """The change that takes back what a commit did. Raises `NotFound`; `Refused`, `BrokenFile` where a file cannot be read."""
    target = store.repo.resolve(rev)
    entry = next(store.history(rev=target, limit=1), None)
    if entry is None or not entry.refs:
        raise NotFound(_("The change %(commit)s touched no record.") % {"commit": target[:10]})
    if entry.act == "erase":
        raise Refused(
            _("An erasure cannot be taken back: what was erased is nowhere."),
            _("Add the person anew; what else the change did, do the other way round."),
        )
    now = store.saved()
    back = TakenBack()
    for ref, (old, new) in entry.files.items():
        _take_back(back, now, ref, old, new)
    back.change = Change(
        back.edits,
        why,
        act="undo",
        base=now.commit,
        reverts=target,
        texts=back.texts,
        renamed_from=_renamed_back(entry),
    )
    return back


def _take_back(back: TakenBack, now: Snapshot, ref: str, old: bytes | None, new: bytes | None) -> None:
    """Add what becomes of one record."""
    before = _read(ref, old)
    if now.source.read(path_of(ref)) == new:
        back.edits[ref] = before
        if old is not None:
            back.texts[ref] = old.decode("utf-8")
        return
    if (fault := now.fault(ref)) is not None:
        raise fault
    after, current = _read(ref, new), now.data(ref)
    if before is not None and after is None and current is not None:  # another record of that name has come since
        back.edits[ref] = before
        back.conflicts[ref] = (Conflict(WHOLE_RECORD, None, before, current),)
        return
    merged = merge_record(kind_of(ref), after, before, current)
    back.edits[ref] = merged.data
    if merged.conflicts:
        back.conflicts[ref] = merged.conflicts


def _read(ref: str, content: bytes | None) -> Data | None:
    """The record in `content`; None for none. Raises `Refused` for one that cannot be read."""
    if content is None:
        return None
    try:
        return read(content, where=path_of(ref))
    except BrokenFile as fault:
        raise Refused(
            _("That change cannot be taken back: %(ref)s could not be read then.") % {"ref": ref},
            _("Change the record as it is now instead."),
        ) from fault


def _renamed_back(entry: Entry) -> Mapping[str, str]:
    """New REF → old REF, where the commit gave a record another name."""
    gone = [ref for ref, (_old, new) in entry.files.items() if new is None]
    come = [ref for ref, (old, _new) in entry.files.items() if old is None]
    return {gone[0]: come[0]} if entry.act == "rename" and len(gone) == len(come) == 1 else {}
