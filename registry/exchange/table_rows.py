"""The rows of a table whose columns are known: what a cell means, and what is wrong with a row before anybody asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.errors import BadInput, VanortError
from registry.exchange.cells import CUT, Cell, same_cell
from registry.exchange.places import Bad, Place
from registry.exchange.reading_cells import value_of
from registry.exchange.recognising import Reads, Recognised
from registry.exchange.rows import Getter, getters
from registry.exchange.tables import Table, letters
from registry.records.fields import ID
from registry.records.typed_values import Reader
from registry.records.values import Data, Value, told
from registry.words import _


class TableRows:
    """The rows of a recognised table, with what its columns are made ready."""

    def __init__(self, recognised: Recognised, reader: Reader) -> None:
        self.recognised, self._table, self._reader = recognised, recognised.table, reader
        by_role = {read.role: read for read in recognised.reads}
        self.ref, self.record = by_role.get("ref"), by_role.get("record")
        self.fields = list(_with_getters(recognised.reads))
        self._by_path = {
            read.column.path: read for read, _get in self.fields if read.column is not None and read.entry is None
        }
        self._merged = _merged_rows(self._table, recognised.header)
        self._read_at = frozenset(read.at for read in recognised.reads if read.role != "left out")

    def cell(self, number: int, at: int) -> Cell:
        """What stands there."""
        row = self._table.rows[number]
        return row[at] if at < len(row) else None

    def is_blank(self, number: int) -> bool:
        """Whether the row says nothing at all in the columns that are read."""
        return all(is_blank_cell(self.cell(number, at)) for at in self._read_at)

    def peek(self, number: int, path: str) -> Value | None:
        """The value of one field; None where there is none, or none that can be read."""
        try:
            return self._peeked(number, path)
        except VanortError:
            return None

    def unreadable(self, number: int, place: Place, path: str) -> Bad | None:
        """What is wrong with the cell of one field, if anything is."""
        try:
            self._peeked(number, path)
        except VanortError as error:
            return self.bad(place, number, self._by_path[path], str(error))
        return None

    def _peeked(self, number: int, path: str) -> Value | None:
        read = self._by_path.get(path)
        cell = None if read is None else self.cell(number, read.at)
        if read is None or read.column is None or is_blank_cell(cell):
            return None
        return value_of(read.column.field.type, cell, self._reader)

    def value(self, read: Reads, cell: Cell) -> Value:
        """The value that a cell means. Raises `VanortError`."""
        column = read.column
        if column is None:
            return None
        if isinstance(cell, str) and cell.endswith(CUT):
            raise BadInput(
                _("The text was cut off when it was exported, and has been changed."), _("Change it in the app.")
            )
        return value_of(column.field.type, cell, self._reader)

    def differing(
        self, number: int, place: Place, before: Data, *, clears: bool
    ) -> tuple[list[tuple[Reads, Value | None]], list[Bad]]:
        """What a row says otherwise than `before` does, column by column; and what is wrong with its cells.

        None is no value: an empty cell, where it `clears`. An empty ``id`` says nothing: an entry that was found by
        what it says keeps its name.
        """
        changes: list[tuple[Reads, Value | None]] = []
        wrong: list[Bad] = []
        for read, get in self.fields:
            cell = self.cell(number, read.at)
            if read.entry is None and same_cell(get(before), cell):
                continue
            if is_blank_cell(cell):
                if clears and read.entry is None and read.column is not None and read.column.path != ID.key:
                    changes.append((read, None))
                continue
            try:
                changes.append((read, self.value(read, cell)))
            except VanortError as error:
                wrong.append(self.bad(place, number, read, str(error)))
        return changes, wrong

    def spoilt(self, number: int, place: Place) -> list[Bad]:
        """What is wrong with a row before its values are looked at: merged cells, formulas that came to an error."""
        found = []
        if area := self._merged.get(number):
            reason = _("The cells %(area)s are merged, so that it is not known what belongs to which row. Split them.")
            found.append(Bad(place, reason % {"area": area}))
        for read in self.recognised.reads:
            if (error := self._table.errors.get((number, read.at))) and read.role != "left out":
                reason = _("The formula came to the error %(error)s.") % {"error": told(error)}
                found.append(self.bad(place, number, read, reason))
        return found

    def bad(self, place: Place, number: int, read: Reads, reason: str) -> Bad:
        """What is wrong with one cell."""
        return Bad(place, reason, f"{letters(read.at)}{number + 1}", read.heading)


def _with_getters(reads: Sequence[Reads]) -> Iterator[tuple[Reads, Getter]]:
    fields = [read for read in reads if read.role == "field" and read.column is not None]
    made = getters([read.column for read in fields if read.column is not None])
    yield from zip(fields, made, strict=True)


def _merged_rows(table: Table, header: int) -> dict[int, str]:
    """Row → the merged cells that it has a part in, below the headings."""
    return {
        row: str(area)
        for area in table.merged
        for row in range(max(area.top, header + 1), min(area.bottom + 1, len(table.rows)))
    }


def is_blank_cell(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
