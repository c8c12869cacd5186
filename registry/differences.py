"""What differs between two versions of a record, field by field: the words of commits, the save dialogue and history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from registry.plain_text import line as one_line
from registry.records.entries import name, pair
from registry.records.fields import Field, Kind
from registry.records.kinds import kind_of
from registry.records.paths import label_at
from registry.records.types import BARE, FieldType, Names, Table, Tables, Text
from registry.records.values import Data, Value, is_absent
from registry.toml_files import same

NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record, before and after; None is no value. For an entry added or removed the entry itself."""

    ref: str
    path: str
    old: Value
    new: Value
    field: Field | None
    """The description; None for a key that the program does not know."""
    label: str
    """The field in words, in the language spoken when the difference was made: ``Budget 2026, förvaltningens medel, beviljat``."""
    standing: bool = False
    """Whether the record stood before and after, so that no value meant what absence stands for."""

    @property
    def weighty(self) -> bool:
        """Whether it is status, money, a commitment or a date (DESIGN.md section 3)."""
        return self.field is not None and self.field.weighty

    def show(self, value: Value, names: Names = BARE, width: int = 0) -> str:
        """`old` or `new` for people: one line, control characters shown, shortened to `width` characters (0: whole)."""
        if is_absent(value) and self.standing and self.field:
            value = self.field.implied
        if is_absent(value):
            return NOTHING
        kind = self.field.type if self.field else None
        if isinstance(kind, Tables) and isinstance(value, dict):  # a whole entry, which the label has told apart
            return clipped(kind.show_rest(value, names) or kind.show(value, names), width)
        return clipped(kind.show(value, names) if kind else str(value), width)

    def line(self, names: Names = BARE, width: int = 80) -> str:
        """``Budget 2026, förvaltningens medel, beviljat: – → 45 000 kr``."""
        return f"{clipped(self.label)}: {self.show(self.old, names, width)} → {self.show(self.new, names, width)}"

    def as_json(self) -> dict[str, Value]:
        """As in a log entry."""
        return {"ref": self.ref, "field": self.path, "old": self.old, "new": self.new}


def differences(ref: str, old: Data | None, new: Data | None, names: Names = BARE) -> list[FieldChange]:
    """Every field that differs between two versions of the record `ref`, in the order of its description."""
    kind = kind_of(ref)
    before, after = old or {}, new or {}
    return list(_fields(_Place(ref, kind, before, after, names), kind.fields, before, after, ""))


@dataclass(frozen=True, slots=True)
class _Place:
    """What every difference of one record needs to know of it."""

    ref: str
    kind: Kind
    before: Data
    after: Data
    names: Names

    def change(self, path: str, field: Field | None, old: Value, new: Value) -> FieldChange:
        data = self.after if not is_absent(new) else self.before
        label = label_at(self.kind, path, data, self.names) if field else path
        return FieldChange(self.ref, path, old, new, field, label, standing=bool(self.before and self.after))


def _fields(place: _Place, fields: Sequence[Field], old: Data, new: Data, prefix: str) -> Iterator[FieldChange]:
    described = {field.key: field for field in fields}
    unknown = [key for key in {**old, **new} if key not in described]
    for key in [*described, *unknown]:
        before, after = old.get(key), new.get(key)
        if same(before, after) or (is_absent(before) and is_absent(after)):
            continue
        field, path = described.get(key), f"{prefix}{key}"
        if field and isinstance(field.type, Table) and _both(dict, before, after):
            yield from _fields(place, field.fields, before or {}, after or {}, f"{path}.")
        elif field and isinstance(field.type, Tables) and _both(list, before, after):
            yield from _entries(place, field, before or [], after or [], path)
        else:
            yield place.change(path, field, before, after)


def _both(kind: type, before: Value, after: Value) -> bool:
    return all(value is None or isinstance(value, kind) for value in (before, after))


def _entries(
    place: _Place, field: Field, old: Sequence[Value], new: Sequence[Value], path: str
) -> Iterator[FieldChange]:
    if not all(isinstance(entry, dict) for entry in (*old, *new)):
        yield place.change(path, field, list(old), list(new))
        return
    for before, after in pair(old, new):
        if before is None and after is not None:
            yield place.change(f"{path}[{name(new, after)}]", field, None, new[after])
        elif after is None and before is not None:
            yield place.change(f"{path}[{name(old, before)}]", field, old[before], None)
        elif before is not None and after is not None:
            where = f"{path}[{name(new, after)}]."
            yield from _fields(place, field.fields, old[before], new[after], where)


def clipped(text: str, width: int = 0) -> str:
    """`text` on one line with its control characters shown, cut to `width` characters (0: whole)."""
    words = one_line(text[: 4 * width] if width else text)
    return words if not width or len(words) <= width else words[: width - 1].rstrip() + "…"


def is_long(kind: FieldType) -> bool:
    """Whether a field's text may have lines, so that its difference reads better word by word."""
    return isinstance(kind, Text) and kind.long
