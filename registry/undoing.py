"""Taking a change back, as a change of its own, merged into what came after.

A file that nobody has touched since is brought back to the byte, comments included. A file that cannot be read is never
taken for a record that is not there: to undo its repair would otherwise remove the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from registry.change import Change
from registry.changed_since import changed_since
from registry.errors import BrokenFile, NotFound, Refused
from registry.merge import WHOLE_RECORD, Conflict, merge_record
from registry.records.kinds import kind_of
from registry.records.refs import path_of
from registry.records.values import Data
from registry.renamed import called_now
from registry.snapshot import Snapshot
from registry.toml_files import read
from registry.words import _

if TYPE_CHECKING:
    from registry.history import Entry
    from registry.store import Store


@dataclass(slots=True)
class _TakenBack:
    """What taking a commit back comes to: edits, files to the byte, and where what it did was changed since."""

    edits: dict[str, Data | None] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, tuple[Conflict, ...]] = field(default_factory=dict)


def take_back(store: Store, rev: str, why: str) -> Change:
    """The change that takes back what a commit did, merged into what came after.

    Raises `NotFound`; `ChangedSince` where both touched the same value; `Refused`, `BrokenFile` where a file cannot be read.
    """
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
    back = _TakenBack()
    names = {ref: _name_now(store, now, ref, new) for ref, (_old, new) in entry.files.items()}
    for ref, (old, new) in entry.files.items():
        _take_back(back, now, names[ref], old, new)
    if back.conflicts:
        raise changed_since(now, store.names(now), back.conflicts)
    return Change(
        back.edits,
        why,
        act="undo",
        base=now.commit,
        reverts=target,
        again=_is_undo(store, entry),
        texts=back.texts,
        renamed_from={was: names[become] for was, become in _renamed_back(entry).items()},
    )


def _is_undo(store: Store, entry: Entry) -> bool:
    """Whether the change took one back that was itself none: to take it back is to do that again."""
    if not entry.reverts:
        return False
    try:
        reverted = next(store.history(rev=store.repo.resolve(entry.reverts), limit=1), None)
    except NotFound:  # this copy does not reach back to it
        return True
    return reverted is None or not reverted.reverts


def _name_now(store: Store, now: Snapshot, ref: str, new: bytes | None) -> str:
    """What the record that a change left as `new` is called now."""
    return ref if new is None or ref in now else called_now(store, ref) or ref


def _take_back(back: _TakenBack, now: Snapshot, ref: str, old: bytes | None, new: bytes | None) -> None:
    """Add what becomes of one record, by the name that it has now."""
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
