"""The rows of a sheet: what a snapshot has to say in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from registry.exchange.cells import Cell, converter
from registry.exchange.layout import REF, Column, Sheet
from registry.records.types import Names
from registry.records.values import Data, Value
from registry.snapshot import Snapshot

Getter = Callable[[Data], Cell]


def headings(sheet: Sheet, columns: Sequence[Column] | None = None) -> list[str]:
    """The first row, in the language spoken now."""
    front = [REF] if sheet.list is None else [REF, str(sheet.kind.one)]
    return [*front, *(str(column.words) for column in (sheet.columns if columns is None else columns))]


def getters(columns: Sequence[Column], names: Names | None = None) -> list[Getter]:
    """What makes the cells of a record or an entry, column by column, in the language spoken now."""
    return [_getter(column, names) for column in columns]


def _getter(column: Column, names: Names | None) -> Getter:
    convert = converter(column.field.type) if not column.named else _caller(names)
    key = column.field.key
    if column.outer is None:
        return lambda data: None if (value := data.get(key)) is None else convert(value)
    outer = column.outer.key

    def inner(data: Data) -> Cell:
        table = data.get(outer)
        value = table.get(key) if isinstance(table, dict) else None
        return None if value is None else convert(value)

    return inner


def _caller(names: Names | None) -> Callable[[Value], Cell]:
    def call(value: Value) -> Cell:
        people = value if isinstance(value, list) else [value]
        return ", ".join(names.person(str(person)) for person in people) if names is not None else None

    return call


def sheet_rows(
    sheet: Sheet, snapshot: Snapshot, columns: Sequence[Column] | None = None, names: Names | None = None
) -> Iterator[list[Cell]]:
    """A row a record, or an entry: the REF, in a list's sheet what the record is called, and the cells."""
    made = getters(sheet.columns if columns is None else columns, names)
    records = filter(None, [snapshot.record(sheet.kind.id)]) if sheet.kind.single else snapshot.records(sheet.kind.id)
    if sheet.list is None:
        for record in records:
            data = record.data
            yield [record.ref, *[get(data) for get in made]]
        return
    key = sheet.list.key
    for record in records:
        found = record.data.get(key)
        for entry in found if isinstance(found, list) else ():
            if isinstance(entry, dict):
                yield [record.ref, record.title, *[get(entry) for get in made]]
