"""How records lie in sheets: each kind a sheet, each list of tables a sheet of its own, a field a column.

Made from the descriptions of records, so that a new field is a new column and nothing else. A table such as the
evaluation lies in its record's row: ``Utvärdering, gjord``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from registry.errors import BadInput
from registry.records.fields import ID, Field, Kind
from registry.records.kinds import KINDS
from registry.records.types import Person, SetOf, Table, Tables
from registry.words import Words, _, lowered

REF: Final = "REF"
"""The heading of the column that says which record a row is of, or belongs to."""
_NAME: Final = Words("namn", "name")
_ORDER: Final = ("projects", "twin-towns", "departments", "registry", "policy")
"""The kinds as their sheets stand: what is looked at most comes first."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field as a column."""

    field: Field
    outer: Field | None = None
    """The table that the field stands in, inside the record."""
    named: bool = False
    """Whether it says what the people of the field are called: to be read, and never taken in."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The way to the value, from the record or the entry."""
        return (self.field.key,) if self.outer is None else (self.outer.key, self.field.key)

    @property
    def path(self) -> str:
        """The same as it is written: ``evaluation.date``."""
        return ".".join(self.keys)

    @property
    def words(self) -> Words:
        """The heading in both languages."""
        label = self.field.label
        if self.outer is not None:
            label = _joined(self.outer.label, label)
        return _joined(label, _NAME) if self.named else label

    @property
    def of_people(self) -> bool:
        """Whether its values are ids of people."""
        kind = self.field.type
        return isinstance(kind.item if isinstance(kind, SetOf) else kind, Person)


@dataclass(frozen=True)
class Sheet:
    """The records of a kind, or the entries of one of its lists."""

    kind: Kind
    list: Field | None = None
    """The list whose entries are the rows; None: the records are."""

    @property
    def id(self) -> str:
        """``projects``, ``projects.budget``."""
        return self.kind.id if self.list is None else f"{self.kind.id}.{self.list.key}"

    @property
    def words(self) -> Words:
        """What the sheet is called, in both languages."""
        if self.list is None or not isinstance(self.list.type, Tables):
            return self.kind.many
        return _joined(self.kind.one, self.list.type.entry)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The fields; of an entry its ``id`` first."""
        if self.list is None:
            return tuple(_of_record(self.kind))
        inside = sorted(self.list.fields, key=lambda field: field.key != ID.key)
        return tuple(Column(field) for field in inside)

    @cached_property
    def by_path(self) -> dict[str, Column]:
        """The columns by the way to their value."""
        return {column.path: column for column in self.columns}

    def with_names(self) -> tuple[Column, ...]:
        """The columns, and beside each that holds ids of people one with their names."""
        made: list[Column] = []
        for column in self.columns:
            made.append(column)
            if column.of_people:
                made.append(replace(column, named=True))
        return tuple(made)


def _joined(one: Words, other: Words) -> Words:
    return Words(f"{one.sv}, {lowered(other.sv)}", f"{one.en}, {lowered(other.en)}")


def _of_record(kind: Kind) -> Iterator[Column]:
    for field in kind.fields:
        if isinstance(field.type, Table):
            yield from (Column(inner, field) for inner in field.fields)
        elif not isinstance(field.type, Tables):
            yield Column(field)


def _sheets() -> Iterator[Sheet]:
    for kind_id in _ORDER:
        kind = KINDS[kind_id]
        yield Sheet(kind)
        yield from (Sheet(kind, field) for field in kind.fields if isinstance(field.type, Tables))


SHEETS: Final[dict[str, Sheet]] = {sheet.id: sheet for sheet in _sheets()}
"""By id, in the order that a workbook has them."""


def sheet_named(name: str) -> Sheet | None:
    """The sheet that is called so, in either language or by its id."""
    wanted = " ".join(name.split()).casefold()
    for sheet in SHEETS.values():
        if wanted in {sheet.id, sheet.words.sv.casefold(), sheet.words.en.casefold()}:
            return sheet
    return None


def wanted_sheet(name: str) -> Sheet:
    """As `sheet_named`, for what a person asked for. Raises `BadInput`."""
    if (found := sheet_named(name)) is None:
        raise BadInput(
            _("There is no sheet “%(name)s”.") % {"name": name},
            _("There is %(known)s.") % {"known": ", ".join(SHEETS)},
        )
    return found
