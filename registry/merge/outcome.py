"""What a merge comes to: the merged records, and what only a person can decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from registry.records.fields import Kind
from registry.records.values import Data, Value

WHOLE_RECORD: Final = ""
"""The field of a conflict about the record as a whole: deleted on one side, edited on the other."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both sides changed, differently. None is no value; for an entry, that it is not there."""

    field: str
    """The path, such as ``stage``, ``budget[b3k9x].granted``, ``budget[b3k9x]`` (the entry), "" (the record).

    An entry without id is called by its index in the base.
    """
    base: Value
    ours: Value
    theirs: Value
    ref: str = ""
    """The record, where several are merged."""

    def as_json(self) -> dict[str, Value]:
        """As in `vanort conflicts --json`."""
        return {"ref": self.ref, "field": self.field, "base": self.base, "ours": self.ours, "theirs": self.theirs}


@dataclass(frozen=True, slots=True)
class Versions:
    """What is merged, and what a person has decided already: the value of each settled field, None for no value."""

    kind: Kind
    bases: tuple[Data | None, ...]
    ours: Data | None
    theirs: Data | None
    choices: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Merged:
    """A record as merged; in the fields of `conflicts` it has our value. `data` is None if there is to be no record."""

    data: Data | None
    conflicts: tuple[Conflict, ...]
    versions: Versions = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class MergedAll:
    """The records that differ from the base on some side, merged."""

    merged: Mapping[str, Merged]
    """By REF, in alphabetical order."""

    @property
    def records(self) -> dict[str, Data | None]:
        """The merged records by REF; None: deleted."""
        return {ref: one.data for ref, one in self.merged.items()}

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What a person has to decide, record by record."""
        return tuple(replace(conflict, ref=ref) for ref, one in self.merged.items() for conflict in one.conflicts)

    def applied(self, ours: Mapping[str, Data]) -> dict[str, Data]:
        """The whole registry: `ours` with the merged records in it."""
        every: dict[str, Data | None] = {**ours, **self.records}
        return {ref: data for ref, data in every.items() if data is not None}
