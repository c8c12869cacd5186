"""What is wrong with a record, measured against its description: all of it, each with where and an example of right.

Pure, and never fails: a table where a list should be, or anything else that TOML can hold, is a problem like another.
Whether what is referred to exists is asked elsewhere (`registry.references`), and so is a newer ``format``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, TypeGuard

from registry.records.entries import entry_id
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
    by_key, strange = described.by_key, False
    wrong: dict[str, list[Problem]] = {}
    for key, value in data.items():
        field = by_key.get(key)
        if field is None:
            strange = True
        elif not value and is_absent(value):
            continue
        elif type(value) in _PLAIN:  # nearly all are, and no path is needed unless there is something to tell
            if reason := field.type.problem(value):
                wrong[key] = [Problem(f"{before}{key}", worded(value, reason), field.type.example)]
        elif found := _in_value(field, value, f"{before}{key}"):
            wrong[key] = found
    for key in described.required_keys:
        if is_absent(data.get(key)):
            wrong[key] = [Problem(f"{before}{key}", _("is missing"), by_key[key].type.example)]
    for key in described.ordered_keys:
        if key in data and (late := _too_early(by_key[key], by_key, data, f"{before}{key}")):
            wrong.setdefault(key, []).append(late)
    told = [problem for key in by_key if key in wrong for problem in wrong[key]] if wrong else []
    return [*told, *_unknown(by_key, data, before)] if strange else told


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


def _in_value(field: Field, value: Value, path: str) -> list[Problem]:
    kind = field.type
    if isinstance(value, (dict, Mapping)):  # the likely one first: the other takes ten times as long
        if isinstance(kind, Table):
            return _in_table(field, value, f"{path}.")
        if isinstance(kind, Tables):
            return [Problem(path, _("is a single table, where a list of tables stands"), f"[[{path}]]")]
        if isinstance(kind, MapOf):
            return [
                Problem(f"{path}.{quoted(str(key))}", reason, kind.item.example)
                for key, item in value.items()
                if (reason := kind.item_problem(str(key), item))
            ]
    elif isinstance(value, (list, tuple)) and isinstance(kind, Tables):
        return _in_entries(field, value, path)
    reason = kind.problem(value)
    return [Problem(path, worded(value, reason), kind.example)] if reason else []


def _in_entries(field: Field, entries: Sequence[Value], path: str) -> list[Problem]:
    found: list[Problem] = []
    seen: dict[str, int] = {}
    for index, entry in enumerate(entries):
        if not isinstance(entry, (dict, Mapping)):
            found.append(Problem(f"{path}[{index}]", worded(entry, _("is not a table")), f"[[{path}]]"))
            continue
        own = entry_id(entry)
        where = f"{path}[{index if own is None or own in seen else own}]"  # as `entries.ids` has it
        found += _in_table(field, entry, f"{where}.")
        if own is not None and own in seen:
            message = _("“%(id)s” is the id of [%(other)s] too; every entry has its own")
            found.append(Problem(f"{where}.id", message % {"id": own, "other": seen[own]}, f"{own}-{index}"))
        elif own is not None:
            seen[own] = index
    return found


def _too_early(field: Field, by_key: Mapping[str, Field], data: Data, path: str) -> Problem | None:
    """A date that is earlier than the one it cannot be earlier than."""
    day, earliest = data.get(field.key), data.get(field.not_before)
    if not (_is_day(day) and _is_day(earliest) and day < earliest):
        return None
    label = str(by_key[field.not_before].label) if field.not_before in by_key else field.not_before
    message = _("“%(day)s” is before “%(label)s”, %(earliest)s")
    return Problem(path, message % {"day": day, "label": label, "earliest": earliest}, earliest.isoformat())


def _is_day(value: Value) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)
