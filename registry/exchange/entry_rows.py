"""The rows of a list's sheet: which entry of a record each of them is, and what becomes of the list.

By its id, else the entry that says just the same, else the one that is most alike (as `records.entries` pairs lists);
what is none of them is new. Entries that no row is stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Final, NamedTuple

from registry.exchange.cells import same_cell
from registry.exchange.places import Bad, Place
from registry.exchange.table_rows import TableRows
from registry.records.entries import SAME_ENTRY, likeness
from registry.records.values import Data, Value, is_absent, text, told
from registry.words import _

_ID: Final = "id"


class Numbered(NamedTuple):
    """A row of a table."""

    number: int
    """0-based."""
    place: Place


def with_rows(
    entries: Sequence[Value], rows: TableRows, numbers: Sequence[Numbered]
) -> tuple[list[Value], list[Place], list[Bad]]:
    """The entries as the rows have them, the rows that were taken, and what is wrong with the others.

    Where nothing changes the entries are the very same ones.
    """
    partners, unchanged, bad = _paired(entries, rows, numbers)
    made, taken = list(entries), list[Place]()
    for row in numbers:
        if row.number in unchanged:
            taken.append(row.place)
        if row.number not in partners:
            continue
        at = partners[row.number]
        entry, wrong = _entry(entries[at] if at is not None else {}, rows, row)
        if wrong:
            bad.extend(wrong)
            continue
        made[at if at is not None else len(made) :] = [entry, *(made[at + 1 :] if at is not None else ())]
        taken.append(row.place)
    return made, taken, bad


def _entry(before: Data, rows: TableRows, row: Numbered) -> tuple[Data, list[Bad]]:
    """The entry as a row has it; `before` itself where the row says nothing else."""
    changes, wrong = rows.differing(row.number, row.place, before, clears=True)
    if not changes:
        return before, wrong
    made = dict(before)
    for read, value in changes:
        if read.column is not None:
            put_into(made, read.column.keys, value)
    return made, wrong


def _paired(
    entries: Sequence[Value], rows: TableRows, numbers: Sequence[Numbered]
) -> tuple[dict[int, int | None], set[int], list[Bad]]:
    """Row → where its entry stands, None for a new one; the rows that say just what theirs does; and those that are wrong."""
    free: dict[int, Data] = {at: entry for at, entry in enumerate(entries) if isinstance(entry, dict)}
    partners: dict[int, int | None] = {}
    unchanged: set[int] = set()
    bad: list[Bad] = []
    known = {text(entry, _ID) for entry in free.values()}
    left: list[Numbered] = []
    for row in numbers:
        if (whole := _says(free, rows, row, with_id=True)) is not None:
            unchanged.add(row.number)
            del free[whole]
            continue
        own = rows.peek(row.number, _ID)
        if not isinstance(own, str):
            left.append(row)
        elif (at := next((at for at, entry in free.items() if entry.get(_ID) == own), None)) is not None:
            partners[row.number] = at
            del free[at]
        elif own in known:
            bad.append(Bad(row.place, _("Another row has the id “%(id)s” as well.") % {"id": told(own)}))
        else:
            partners[row.number] = None
            known.add(own)
    partners |= _by_content(free, rows, left)
    return partners, unchanged, bad


def _by_content(free: dict[int, Data], rows: TableRows, left: Sequence[Numbered]) -> dict[int, int | None]:
    """For rows without an id: the entry that says the same, then the one most alike, each once."""
    partners: dict[int, int | None] = {}
    for row in left:
        if (at := _says(free, rows, row, with_id=False)) is not None:
            partners[row.number] = at
            del free[at]
    said = {row.number: _said(rows, row) for row in left if row.number not in partners}
    alike = [(-likeness(free[at], said[number]), number, at) for at, number in product(free, said)]
    for score, number, at in sorted(alike):
        if -score > SAME_ENTRY and at in free and number not in partners:
            partners[number] = at
            del free[at]
    return {row.number: partners.get(row.number) for row in left}


def _says(free: Mapping[int, Data], rows: TableRows, row: Numbered, *, with_id: bool) -> int | None:
    """Where the first entry stands that says just what a row does."""
    cells = [
        (get, rows.cell(row.number, read.at))
        for read, get in rows.fields
        if read.column is not None and (with_id or read.column.path != _ID)
    ]
    return next((at for at, entry in free.items() if all(same_cell(get(entry), cell) for get, cell in cells)), None)


def _said(rows: TableRows, row: Numbered) -> Data:
    """What a row says, as far as it can be read."""
    found = {
        read.column.field.key: rows.peek(row.number, read.column.path)
        for read, _get in rows.fields
        if read.column is not None
    }
    return {key: value for key, value in found.items() if value is not None}


def put_into(data: dict[str, Value], keys: Sequence[str], value: Value | None) -> None:
    """Set a value, or take it away, in a record or in a table of it, which is copied."""
    if len(keys) > 1:
        table = data.get(keys[0])
        inner = dict(table) if isinstance(table, Mapping) else {}
        put_into(inner, keys[1:], value)
        value = inner
    if is_absent(value):
        data.pop(keys[0], None)
    else:
        data[keys[0]] = value
