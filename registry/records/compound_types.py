"""Types made of others: sets, maps, tables and lists of tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from registry.errors import BadInput
from registry.records.field_type import BARE, FieldType, Names, worded
from registry.records.plain_types import Money
from registry.records.values import Data, Value, is_absent, told
from registry.words import Words, _, lowered

if TYPE_CHECKING:
    from registry.records.fields import Field


@dataclass(frozen=True, slots=True)
class SetOf(FieldType):
    """Several values of one type, in no order that means anything; merged by additions and removals."""

    item: FieldType
    absent: Words = Words("inga angivna", "none stated")

    @property
    def example(self) -> str:
        return f'["{self.item.example}"]'

    def problem(self, value: Value) -> str | None:
        if not isinstance(value, list):
            return _("is not a list; write it between square brackets")
        if wrong := [worded(item, reason) for item in value if (reason := self.item.problem(item))]:
            return "; ".join(wrong)
        several = len(value) > 1 and len({str(item) for item in value}) < len(value)
        return _("names the same thing twice") if several else None

    def parse(self, text: str) -> list[Value]:
        parts = [part for part in re.split(r"[,;\n]", text) if part.strip()]
        values: list[Value] = []
        for part in parts:
            if (value := self.item.parse(part.strip())) not in values:
                values.append(value)
        return values

    def show(self, value: Value, names: Names = BARE) -> str:
        return ", ".join(self.item.show(item, names) for item in value) if isinstance(value, list) else str(value)

    def typed(self, value: Value) -> str:
        return ", ".join(self.item.typed(item) for item in value) if isinstance(value, list) else str(value)


@dataclass(frozen=True, slots=True)
class MapOf(FieldType):
    """A value for each of several keys: a result by goal."""

    key: FieldType
    item: FieldType

    @property
    def example(self) -> str:
        return f'{{ {self.key.example} = "{self.item.example}" }}'

    def problem(self, value: Value) -> str | None:
        if not isinstance(value, dict):
            return _("is not a table; write it between braces")
        if wrong := [reason for key, item in value.items() if (reason := self.item_problem(key, item))]:
            return "; ".join(wrong)
        return None

    def item_problem(self, key: str, item: Value) -> str | None:
        """What is wrong with one key and its value, or None."""
        if reason := self.key.problem(key):
            return worded(key, reason)
        return worded(item, reason) if (reason := self.item.problem(item)) else None

    def parse(self, text: str) -> dict[str, Value]:
        made: dict[str, Value] = {}
        for part in re.split(r"[,;\n]", text):
            if not part.strip():
                continue
            key, found, item = part.partition("=") if "=" in part else part.partition(":")
            if not found:
                raise BadInput(
                    _("“%(text)s” says no result.") % {"text": told(part)}, _("Write it like democracy=met.")
                )
            made[self.key.parse(key.strip())] = self.item.parse(item.strip())
        return made

    def show(self, value: Value, names: Names = BARE) -> str:
        if not isinstance(value, dict):
            return str(value)
        return ", ".join(f"{self.key.show(key, names)}: {self.item.show(item, names)}" for key, item in value.items())

    def typed(self, value: Value) -> str:
        if not isinstance(value, dict):
            return str(value)
        return ", ".join(f"{key}={self.item.typed(item)}" for key, item in value.items())


@dataclass(frozen=True, slots=True)
class Table(FieldType):
    """A table of fields, such as an evaluation."""

    fields: tuple[Field, ...] = field(default=())

    @property
    def example(self) -> str:
        shown = [item for item in self.fields if item.required] or list(self.fields[:1])
        return "{" + ", ".join(f"{item.key}={item.type.example}" for item in shown) + "}"

    def problem(self, value: Value) -> str | None:
        return None if isinstance(value, dict) else _("is not a table")

    def parse(self, text: str) -> Value:
        raise BadInput(
            _("A table is set key by key."), _("Write it like %(example)s.") % {"example": "evaluation.date=2026-08-25"}
        )

    def show(self, value: Value, names: Names = BARE) -> str:
        return show_entry(self.fields, value, names) if isinstance(value, dict) else str(value)


@dataclass(frozen=True, slots=True)
class Tables(FieldType):
    """A list of tables (entries), each of the same fields; entries are followed by their ``id``."""

    fields: tuple[Field, ...] = field(default=())
    entry: Words = Words("post", "entry")
    """What one entry is called."""
    absent: Words = Words("inga", "none")
    telling: tuple[str, ...] = ()
    """The keys that tell one entry from another, in words: ``2026, förvaltningens medel``."""

    @property
    def example(self) -> str:
        return f"[{Table(self.fields).example}]"

    def problem(self, value: Value) -> str | None:
        if not isinstance(value, list):
            return _("is not a list of tables")
        return None

    def parse(self, text: str) -> Value:
        raise BadInput(
            _("A list of tables is set entry by entry."),
            _("Write it like %(example)s.") % {"example": "budget+={year=2026,planned=45000}"},
        )

    def show(self, value: Value, names: Names = BARE) -> str:
        """A list, its entries one after the other; or one of its entries."""
        if isinstance(value, dict):
            return show_entry(self.fields, value, names, self.telling)
        if not isinstance(value, list):
            return str(value)
        return "; ".join(self.show(entry, names) for entry in value if isinstance(entry, dict))

    def show_rest(self, entry: Data, names: Names = BARE) -> str:
        """What an entry says beside the values that tell which it is; all of it where that is nothing."""
        rest = {key: value for key, value in entry.items() if key not in self.telling}
        return show_entry(self.fields, rest, names, ()) if self.telling else self.show(entry, names)


def show_entry(fields: Sequence[Field], entry: Data, names: Names = BARE, telling: Sequence[str] = ()) -> str:
    """An entry on one line, in the order of its fields: ``2026, förvaltningens medel, planerat 45 000 kr``.

    The `telling` values stand alone, the others behind their labels; where none are telling, the first stands alone,
    unless it is an amount: what is applied for is not granted.
    """
    shown = [item for item in fields if item.key in entry and item.key != "id" and not is_absent(entry[item.key])]
    alone = set(telling) or {item.key for item in shown[:1] if not isinstance(item.type, Money)}
    words = []
    for item in shown:
        value = item.type.show(entry[item.key], names)
        words.append(value if item.key in alone else f"{lowered(str(item.label))} {value}")
    return ", ".join(words)
