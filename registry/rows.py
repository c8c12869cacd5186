"""Rows: what lists need of each record, so that ten thousand are listed without a record being read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from registry.errors import BrokenFile
from registry.records.fields import Kind
from registry.records.kinds import KINDS
from registry.records.refs import folder_of
from registry.records.types import Date, FieldType, Table, Tables
from registry.records.values import Data, Value, text
from registry.references import targets
from registry.summary import Summary


class Row(NamedTuple):
    """A record as lists need it."""

    ref: str
    title: str
    cells: tuple[Any, ...]
    """The values of the kind's `columns`, dates as ISO text, lists as tuples."""
    points_to: tuple[str, ...]
    """The REFs and person ids that it refers to."""
    traits: tuple[str, ...] = ()
    """What lists are ordered by and do not show (`registry.records.traits`)."""


def row_of(ref: str, kind: Kind, data: Data) -> Row:
    """The row of a record."""
    cells = tuple([_cell(data.get(key)) for key in kind.columns])
    traits = kind.traits(data) if kind.traits else ()
    return Row(ref, text(data, kind.title_key) or ref, cells, tuple(sorted(targets(kind, data))), traits)


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, list):
        return tuple([_cell(item) for item in value])
    if isinstance(value, dict):
        return {key: _cell(item) for key, item in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value


def values_of(kind: Kind, row: Row) -> list[Value]:
    """The values that a row's cells were made from, in the order of the kind's `columns`."""
    return [_value(kind.by_key[key].type, cell) for key, cell in zip(kind.columns, row.cells, strict=True)]


def _value(kind: FieldType, cell: Any) -> Value:
    if isinstance(cell, str) and isinstance(kind, Date):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            return cell
    if isinstance(cell, (list, tuple)):
        return [_value(kind, item) for item in cell]
    if isinstance(cell, dict) and isinstance(kind, (Table, Tables)):
        types = {field.key: field.type for field in kind.fields}
        return {key: _value(types[key], item) if key in types else item for key, item in cell.items()}
    return cell


class Found(NamedTuple):
    """The rows of some records, and what is wrong with those that cannot be read."""

    rows: Mapping[str, Row]
    faults: Mapping[str, BrokenFile]


class RowTable:
    """The rows of a whole registry in one state of it; those of a kind are fetched when they are first asked for."""

    def __init__(self, fetch: Callable[[str], Found], *, summary: Summary | None = None) -> None:
        """`fetch` takes a kind's id. `summary` is known only of a state in which every file can be read."""
        self._fetch = fetch
        self._found: dict[str, Found] = {}
        self.summary = summary

    def of(self, kind_id: str) -> Found:
        """The records of one kind."""
        if kind_id not in self._found:
            self._found[kind_id] = self._fetch(kind_id)
        return self._found[kind_id]

    def title(self, ref: str) -> str | None:
        """What a record is called; None where it is not there, or cannot be read."""
        row = self.of(folder_of(ref)).rows.get(ref)
        return None if row is None else row.title

    def faults(self) -> dict[str, BrokenFile]:
        """REF → what is wrong with its file."""
        if self.summary is not None:
            return {}
        return {ref: fault for kind_id in KINDS for ref, fault in self.of(kind_id).faults.items()}

    def changed(self, changes: Found, gone: frozenset[str]) -> RowTable:
        """Another state, in which some records are as in `changes` and some are gone."""
        if not (changes.rows or changes.faults or gone):
            return self

        def fetch(kind_id: str) -> Found:
            before = self.of(kind_id)
            touched = gone.union(changes.rows, changes.faults)
            return Found(
                {ref: row for ref, row in before.rows.items() if ref not in touched}
                | {ref: row for ref, row in changes.rows.items() if folder_of(ref) == kind_id},
                {ref: fault for ref, fault in before.faults.items() if ref not in touched}
                | {ref: fault for ref, fault in changes.faults.items() if folder_of(ref) == kind_id},
            )

        return RowTable(fetch)
