"""Why a change cannot be taken back: what it did has been changed since. In words, as people read the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from registry.differences import FieldChange, clipped
from registry.errors import BadInput
from registry.merge import Conflict
from registry.outcomes import Conflicted
from registry.records.kinds import kind_of
from registry.records.paths import field_at, label_at
from registry.records.types import Names
from registry.records.values import Data
from registry.snapshot import Snapshot
from registry.words import _, lowered, ngettext

_MOST: Final = 3
"""Fields that are told; of more, how many."""
_WIDTH: Final = 60


class ChangedSince(Conflicted):
    """What is to be taken back has been changed since, by whomever; `conflicts` holds the values, nothing was written."""

    def __init__(self, conflicts: Mapping[str, tuple[Conflict, ...]], lines: Sequence[str]) -> None:
        super().__init__(conflicts, lines)
        told = [*lines[:_MOST]]
        if (more := len(lines) - _MOST) > 0:
            told.append(ngettext("and %(count)s more value", "and %(count)s more values", more) % {"count": more})
        self.message = _("The change cannot be taken back, as it has been built on since: %(what)s.") % {
            "what": "; ".join(told)
        }
        self.hint = _("Change the record as it is now instead.")


def changed_since(now: Snapshot, names: Names, conflicts: Mapping[str, tuple[Conflict, ...]]) -> ChangedSince:
    """The refusal. In each conflict the base is what the change left, ours what was before, theirs what stands now."""
    return ChangedSince(
        conflicts, [_told(now, ref, conflict, names) for ref, found in conflicts.items() for conflict in found]
    )


def _told(now: Snapshot, ref: str, conflict: Conflict, names: Names) -> str:
    if not conflict.field:
        return _whole(now, ref, conflict)
    said = _field(ref, conflict, now.data(ref) or {}, names)
    return _("%(title)s: %(field)s is now %(now)s, and was %(then)s after the change") % {
        "title": clipped(now.title(ref), _WIDTH),
        "field": lowered(clipped(said.label)),
        "now": said.show(conflict.theirs, names, _WIDTH),
        "then": said.show(conflict.base, names, _WIDTH),
    }


def _whole(now: Snapshot, ref: str, conflict: Conflict) -> str:
    if conflict.theirs is None:
        return _("%(ref)s has been removed") % {"ref": ref}
    title = clipped(now.title(ref), _WIDTH)
    if conflict.base is None:
        return _("%(title)s is another record, with the same name in the registry") % {"title": title}
    return _("%(title)s has been changed") % {"title": title}


def _field(ref: str, conflict: Conflict, data: Data, names: Names) -> FieldChange:
    """The field with its label and its type; a key that no such record has is told as it stands."""
    kind = kind_of(ref)
    try:
        field = field_at(kind, conflict.field)
        label = label_at(kind, conflict.field, data, names)
    except BadInput:
        field, label = None, conflict.field
    return FieldChange(ref, conflict.field, conflict.base, conflict.theirs, field, label, standing=True)
