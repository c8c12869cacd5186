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

_PLAIN: Final = frozenset({str, int, float, bool, date})
"""Values that are not made of others."""


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
    return _in_table(kind, data, "")


def _in_table(described: Kind | Field, data: Data, before: str) -> list[Problem]:
    """What is wrong in a record, a table or an entry. Only what is there is looked at: most fields are not."""
    by_key = described.by_key
    wrong: dict[str, list[Problem]] = {}
    for key, value in data.items():
        field = by_key.get(key)
        if field is None or (not value and is_absent(value)):
            continue
        if type(value) in _PLAIN:  # nearly all are, and then no path is needed unless there is something to tell
            reason = field.type.problem(value)
            found = [Problem(f"{before}{key}", worded(value, reason), field.type.example)] if reason else []
        else:
            found = list(_in_value(field, value, f"{before}{key}"))
        if field.not_before:
            found += _in_order(field, by_key, data, f"{before}{key}")
        if found:
            wrong[key] = found
    for key in described.required_keys:
        if is_absent(data.get(key)):
            wrong[key] = [Problem(f"{before}{key}", _("is missing"), by_key[key].type.example)]
    told = [problem for key in by_key if key in wrong for problem in wrong[key]] if wrong else []
    return told if data.keys() <= by_key.keys() else [*told, *_unknown(by_key, data, before)]


def _unknown(known: Mapping[str, Field], data: Data, before: str) -> Iterator[Problem]:
    from difflib import get_close_matches  # a rare need

    for key in data:
        if key not in known:
            near = get_close_matches(str(key), known, n=1)
            yield Problem(
                f"{before}{quoted(str(key))}",
                _("is a key that the registry does not know; it is kept as it is"),
                near[0] if near else "",
                unknown=True,
            )


def _in_value(field: Field, value: Value, path: str) -> Iterator[Problem]:
    kind = field.type
    if isinstance(value, (dict, Mapping)):
        if isinstance(kind, Table):
            yield from _in_table(field, value, f"{path}.")
            return
        if isinstance(kind, Tables):
            yield Problem(path, _("is a single table, where a list of tables stands"), f"[[{path}]]")
            return
        if isinstance(kind, MapOf):
            for key, item in value.items():
                if reason := kind.item_problem(str(key), item):
                    yield Problem(f"{path}.{quoted(str(key))}", reason, kind.item.example)
            return
    elif isinstance(value, (list, tuple)) and isinstance(kind, Tables):
        yield from _in_entries(field, value, path)
        return
    if reason := kind.problem(value):
        yield Problem(path, worded(value, reason), kind.example)


def _in_entries(field: Field, found: Sequence[Value], path: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, entry in enumerate(found):
        if not isinstance(entry, (dict, Mapping)):  # the likely one first: the other takes ten times as long
            yield Problem(f"{path}[{index}]", worded(entry, _("is not a table")), f"[[{path}]]")
            continue
        own = entries.entry_id(entry)
        where = f"{path}[{index if own is None or own in seen else own}]"  # as `entries.ids` has it
        yield from _in_table(field, entry, f"{where}.")
        if own is not None and own in seen:
            yield Problem(
                f"{where}.id",
                _("“%(id)s” is the id of [%(other)s] too; every entry has its own") % {"id": own, "other": seen[own]},
                f"{own}-{index}",
            )
        elif own is not None:
            seen[own] = index


def _in_order(field: Field, by_key: Mapping[str, Field], data: Data, path: str) -> Iterator[Problem]:
    """A date that is earlier than the one it cannot be earlier than."""
    day, earliest = data.get(field.key), data.get(field.not_before)
    if _is_day(day) and _is_day(earliest) and day < earliest:
        label = str(by_key[field.not_before].label) if field.not_before in by_key else field.not_before
        message = _("“%(day)s” is before “%(label)s”, %(earliest)s")
        yield Problem(path, message % {"day": day, "label": label, "earliest": earliest}, earliest.isoformat())


def _is_day(value: Value) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)
