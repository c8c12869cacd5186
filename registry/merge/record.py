"""Three-way merge of one record, field by field (DESIGN.md section 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from registry.merge.lines import merge_lines
from registry.merge.outcome import WHOLE_RECORD, Conflict
from registry.merge.rows import Row, in_order, side_by_side
from registry.merge.three_way import UNDECIDED, Undecided, decide, decide_value
from registry.records.entries import content, entry_id, fingerprint, is_tables, same
from registry.records.fields import Field, Kind
from registry.records.types import FieldType, SetOf, Table, Tables, Text
from registry.records.values import Data, Value, is_absent

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


class RecordMerge:
    """One merge of one record: its versions go through `record` once, what they cannot agree on is in `conflicts`.

    `choices` are a person's decisions by field; such a field is no conflict.
    """

    def __init__(self, kind: Kind, choices: Mapping[str, Value]) -> None:
        self.conflicts: list[Conflict] = []
        self._kind = kind
        self._choices = choices

    def record(self, bases: Sequence[Data | None], ours: Data | None, theirs: Data | None) -> Data | None:
        """The merged record; None: there is to be none."""
        if ours is None or theirs is None:
            whole: Data | None = self._decided(WHOLE_RECORD, decide(bases, ours, theirs), bases, ours, theirs)
            return whole
        if (easy := decide(bases, ours, theirs)) is not UNDECIDED:
            return easy
        return self._table(self._kind.fields, "", [base or {} for base in bases], ours, theirs)

    def _decided(
        self, path: str, value: Value | Undecided, bases: Sequence[Value], ours: Value, theirs: Value
    ) -> Value:
        if value is not UNDECIDED:
            return value
        if path in self._choices:
            return self._choices[path]
        known = [base for base in bases if base is not None]
        neither = (base for base in known if not same(base, ours) and not same(base, theirs))
        self.conflicts.append(Conflict(path, next(neither, known[0] if known else None), ours, theirs))
        return ours

    def _table(self, fields: Sequence[Field], prefix: str, bases: Sequence[Data], ours: Data, theirs: Data) -> Data:
        types = {field.key: field.type for field in fields}
        known = {key: None for base in bases for key in base}
        added = {*ours, *theirs} - {*known}
        new = [*(key for key in types if key in added), *sorted(added - {*types})]
        merged = {
            key: self._value(
                types.get(key),
                prefix + _segment(key),
                [base.get(key) for base in bases],
                ours.get(key),
                theirs.get(key),
            )
            for key in (*known, *new)
        }
        return {key: value for key, value in merged.items() if value is not None}

    def _value(self, kind: FieldType | None, path: str, bases: Sequence[Value], ours: Value, theirs: Value) -> Value:
        if path in self._choices:
            return self._choices[path]
        if (easy := decide(bases, ours, theirs)) is not UNDECIDED:
            return easy
        versions = [value for value in (*bases, ours, theirs) if not is_absent(value)]
        if all(isinstance(value, Mapping) for value in versions) and not isinstance(kind, (Tables, SetOf)):
            fields = kind.fields if isinstance(kind, Table) else ()
            return self._table(fields, f"{path}.", [base or {} for base in bases], ours or {}, theirs or {}) or None
        if isinstance(kind, Tables) and all(map(is_tables, versions)):
            return self._entries(kind, path, [base or [] for base in bases], ours or [], theirs or []) or None
        if isinstance(kind, SetOf) and all(isinstance(value, (list, tuple)) for value in versions):
            value = _merge_sets([base or [] for base in bases], ours or [], theirs or [])
        elif isinstance(kind, Text) and kind.long and all(isinstance(value, str) for value in (*bases, ours, theirs)):
            value = _merge_texts(bases, ours, theirs)
        else:
            value = decide_value(bases, ours, theirs)
        return self._decided(path, value, bases, ours, theirs)

    def _entries(
        self, kind: Tables, path: str, bases: Sequence[Sequence[Data]], ours: Sequence[Data], theirs: Sequence[Data]
    ) -> Value:
        rows = side_by_side(bases, ours, theirs)
        earlier = len(self.conflicts)
        for row in rows:
            row.merged = self._entry(kind, f"{path}[{row.name}]", row)
        ordered = in_order(rows)
        if ordered is UNDECIDED:
            del self.conflicts[
                earlier:
            ]  # the list as a whole is the one conflict: a choice of it is a choice of all of it
            return self._decided(path, UNDECIDED, bases, ours, theirs)
        return [row.merged for row in ordered]

    def _entry(self, kind: Tables, path: str, row: Row) -> Data | None:
        ours, theirs = row.ours, row.theirs
        if path in self._choices:
            chosen: Data | None = self._choices[path]
            return chosen
        if ours is None or theirs is None:
            return self._whole_entry(path, row)
        if (easy := decide(row.bases, ours, theirs)) is not UNDECIDED:
            return easy
        if row.may_be_two():
            return self._whole_entry(path, row)
        own = _common_id(row)
        bases = [base or {} for base in row.bases]
        if own is not None:
            bases, ours, theirs = [{**base, "id": own} for base in bases], {**ours, "id": own}, {**theirs, "id": own}
        return self._table(kind.fields, f"{path}.", bases, ours, theirs)

    def _whole_entry(self, path: str, row: Row) -> Data | None:
        """An entry that one side may have deleted: that it got an id in the meantime is no edit."""
        decision = decide(row.bases, row.ours, row.theirs, _says_the_same)
        entry: Data | None = self._decided(path, decision, row.bases, row.ours, row.theirs)
        return entry


def _common_id(row: Row) -> str | None:
    """The id of an entry that had none, where each side gave it one of its own: the lesser, whoever merges."""
    ours, theirs = entry_id(row.ours or {}), entry_id(row.theirs or {})
    if ours is None or theirs is None or any(base is not None and "id" in base for base in row.bases):
        return None
    return min(ours, theirs)


def _merge_sets(bases: Sequence[Sequence[Value]], ours: Sequence[Value], theirs: Sequence[Value]) -> Value | Undecided:
    """The union of additions less removals: what the bases have in their order, then what was added, sorted."""
    values = {fingerprint(item): item for items in (*bases, ours, theirs) for item in items}
    having = [{fingerprint(item) for item in items} for items in (*bases, ours, theirs)]
    known = {fingerprint(item): None for items in bases for item in items}
    merged: list[Value] = []
    for mark in (*known, *sorted(values.keys() - known.keys())):
        *before, mine, other = (mark in marks for marks in having)
        stays = decide(before, mine, other)
        if stays is UNDECIDED:
            return UNDECIDED
        if stays:
            merged.append(values[mark])
    return merged or None


def _merge_texts(bases: Sequence[str], ours: str, theirs: str) -> Value | Undecided:
    merged = {text for base in bases if (text := merge_lines(base, ours, theirs)) is not None}
    return merged.pop() if len(merged) == 1 else UNDECIDED


def _says_the_same(one: Data | None, other: Data | None) -> bool:
    if one is None or other is None:
        return one is other
    return same(content(one), content(other))


def _segment(key: str) -> str:
    """A key in a path, between quotation marks where a dot or bracket in it would mislead."""
    if _BARE_KEY.fullmatch(key):
        return key
    import json  # for keys that hardly anybody has

    return json.dumps(key, ensure_ascii=False)
