"""What is wrong with a record, measured against its description: all of it, each with where and an example of right.

Pure, and never fails: a table where a list should be, or anything else that TOML can hold, is a problem like another.
Whether what is referred to exists is asked elsewhere (`registry.references`), and so is a newer ``format``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, TypeGuard

from registry.records import entries
from registry.records.field_type import worded
from registry.records.fields import Field, Kind
from registry.records.paths import quoted
from registry.records.types import MapOf, Table, Tables
from registry.records.values import Data, Value, is_absent
from registry.words import _

_BUILT: Final = (dict, list, tuple, Mapping)
"""What is made of other values; the plain ones first, since most values are none of these and asking takes time."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. `message` goes on from the field's name: ``is not a date``."""

    path: str
    """Where: ``start``, ``budget[2].year``; "" for the record as a whole."""
    message: str
    example: str = ""
    """A value that would be right, as it stands in the file; "" where none can be given."""
    unknown: bool = False
    """A key that nobody has described: it is kept, and no violation."""

    @property
    def severity(self) -> Literal["violation", "note"]:
        """How much it weighs."""
        return "note" if self.unknown else "violation"


def validate(kind: Kind, data: Data) -> list[Problem]:
    """Every problem of a record of `kind`, in the order of its description; unknown keys come last at each level."""
    if not isinstance(data, Mapping):
        return [Problem("", _("is not a record"))]
    return list(_in_table(kind.fields, data, ""))


def _in_table(fields: Sequence[Field], data: Data, before: str) -> Iterator[Problem]:
    for field in fields:
        value, path = data.get(field.key), f"{before}{field.key}"
        if not is_absent(value):
            yield from _in_value(field, value, path)
            if field.not_before:
                yield from _in_order(field, fields, data, path)
        elif field.required:
            yield Problem(path, _("is missing"), field.type.example)
    known = {field.key for field in fields}
    for key in data:
        if key not in known:
            from difflib import get_close_matches  # a rare need

            near = get_close_matches(str(key), known, n=1)
            yield Problem(
                f"{before}{quoted(str(key))}",
                _("is a key that the registry does not know; it is kept as it is"),
                near[0] if near else "",
                unknown=True,
            )


def _in_value(field: Field, value: Value, path: str) -> Iterator[Problem]:
    kind = field.type
    if not isinstance(value, _BUILT):
        if reason := kind.problem(value):
            yield Problem(path, worded(value, reason), kind.example)
    elif isinstance(kind, Table) and isinstance(value, Mapping):
        yield from _in_table(field.fields, value, f"{path}.")
    elif isinstance(kind, Tables) and isinstance(value, (list, tuple)):
        yield from _in_entries(field, value, path)
    elif isinstance(kind, Tables) and isinstance(value, Mapping):
        yield Problem(path, _("is a single table, where a list of tables stands"), f"[[{path}]]")
    elif isinstance(kind, MapOf) and isinstance(value, Mapping):
        for key, item in value.items():
            if reason := kind.item_problem(str(key), item):
                yield Problem(f"{path}.{quoted(str(key))}", reason, kind.item.example)
    elif reason := kind.problem(value):
        yield Problem(path, worded(value, reason), kind.example)


def _in_entries(field: Field, found: Sequence[Value], path: str) -> Iterator[Problem]:
    names = entries.ids([entry if isinstance(entry, Mapping) else {} for entry in found])
    seen: dict[str, int] = {}
    for index, entry in enumerate(found):
        if not isinstance(entry, Mapping):
            yield Problem(f"{path}[{index}]", worded(entry, _("is not a table")), f"[[{path}]]")
            continue
        where = f"{path}[{names[index] or index}]"
        yield from _in_table(field.fields, entry, f"{where}.")
        own = entries.entry_id(entry)
        if own is not None and own in seen:
            yield Problem(
                f"{where}.id",
                _("“%(id)s” is the id of [%(other)s] too; every entry has its own") % {"id": own, "other": seen[own]},
                f"{own}-{index}",
            )
        elif own is not None:
            seen[own] = index


def _in_order(field: Field, fields: Sequence[Field], data: Data, path: str) -> Iterator[Problem]:
    """A date that is earlier than the one it cannot be earlier than."""
    day, earliest = data.get(field.key), data.get(field.not_before)
    if _is_day(day) and _is_day(earliest) and day < earliest:
        label = next((str(other.label) for other in fields if other.key == field.not_before), field.not_before)
        message = _("“%(day)s” is before “%(label)s”, %(earliest)s")
        yield Problem(path, message % {"day": day, "label": label, "earliest": earliest}, earliest.isoformat())


def _is_day(value: Value) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)
