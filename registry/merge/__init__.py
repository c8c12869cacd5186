"""Merge: (base, ours, theirs) to one result, or to the conflicts that a person settles (DESIGN.md sections 1 and 4).

A colleague's push, a second window and a hand edit under an open form all come here. Everything is a pure function of
records as plain values; it does not matter which side merges, but for which is called *ours*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from registry.errors import NotFound
from registry.merge.lines import merge_lines
from registry.merge.outcome import WHOLE_RECORD, Conflict, Merged, MergedAll, Versions
from registry.merge.record import RecordMerge
from registry.records.entries import same
from registry.records.fields import Kind
from registry.records.kinds import kind_of
from registry.records.values import Data, Value
from registry.words import _

__all__ = [
    "WHOLE_RECORD",
    "Conflict",
    "Merged",
    "MergedAll",
    "merge_lines",
    "merge_record",
    "merge_snapshots",
    "settled",
]


def merge_record(
    kind: Kind, base: Data | None, ours: Data | None, theirs: Data | None, *, more_bases: Sequence[Data | None] = ()
) -> Merged:
    """One record, three-way; None: there is no record in that version. Both adding it is as if the base were empty.

    `more_bases` are for a history that crossed: of several bases only the fields on which they disagree about the
    result are in conflict. A file that cannot be read is not a record that is not there: refuse it before.
    """
    return _merge(Versions(kind, (base, *more_bases), ours, theirs))


def settled(merged: Merged, choices: Mapping[str, Value]) -> Merged:
    """`merged` with the value that a person chose for fields in conflict, None for no value. Raises `NotFound`."""
    known = {conflict.field for conflict in merged.conflicts}
    for path in choices:
        if path not in known:
            raise NotFound(
                _("%(field)s is not in conflict.") % {"field": path}
                if path
                else _("The whole record is not in conflict."),
                _("In conflict are: %(fields)s.") % {"fields": ", ".join(sorted(known))}
                if known - {WHOLE_RECORD}
                else "",
            )
    return _merge(replace(merged.versions, choices={**merged.versions.choices, **choices}))


def merge_snapshots(
    base: Mapping[str, Data],
    ours: Mapping[str, Data],
    theirs: Mapping[str, Data],
    *,
    more_bases: Sequence[Mapping[str, Data]] = (),
    refs: Iterable[str] | None = None,
) -> MergedAll:
    """Whole registries, three-way: mappings of REF to record.

    `refs` are the records that may differ, where a comparison of trees has told already; None: look for them. A record
    that is the very same object everywhere is passed over. References are for the caller to check on the result.
    """
    bases = (base, *more_bases)
    merged: dict[str, Merged] = {}
    for ref in sorted({ref for version in (*bases, ours, theirs) for ref in version} if refs is None else set(refs)):
        before = tuple(version.get(ref) for version in bases)
        mine, other = ours.get(ref), theirs.get(ref)
        if not all(same(one, before[0]) for one in (*before[1:], mine, other)):
            merged[ref] = _merge(Versions(kind_of(ref), before, mine, other))
    return MergedAll(merged)


def _merge(versions: Versions) -> Merged:
    merge = RecordMerge(versions.kind, versions.choices)
    data = merge.record(versions.bases, versions.ours, versions.theirs)
    return Merged(data, tuple(merge.conflicts), versions)
