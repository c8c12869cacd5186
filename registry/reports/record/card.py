"""Everything that a record says, by its labels: single values as facts, each list as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from registry.records.display import Group, Row
from registry.records.fields import Field
from registry.records.types import Money, Number, Tables
from registry.reports.document import Block, Column, Facts, Heading, Table

_LONG: Final = 6
"""Columns that fit beside each other on a page; an entry with more to say is a list of facts."""


def card_blocks(card: Sequence[Group]) -> Iterator[Block]:
    """The blocks, section by section; what no description knows comes last."""
    for group in card:
        yield Heading(group.label, 2)
        for several in _runs(group.rows):
            yield from _blocks(several)


def _runs(found: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows in stretches: each list by itself, what stands between lists together."""
    run: list[Row] = []
    of: Field | None = None
    for row in found:
        if row.depth == 0:
            listed = row.field if _is_list(row.field) else None
            if run and (listed is not of or (listed is None and of is not None)):
                yield run
                run = []
            of = listed
        run.append(row)
    if run:
        yield run


def _is_list(field: Field | None) -> bool:
    return field is not None and isinstance(field.type, Tables)


def _blocks(run: Sequence[Row]) -> Iterator[Block]:
    field = run[0].field
    if field is None or not isinstance(field.type, Tables):
        yield Facts(list(_facts(run)))
        return
    caption, entries = run[0].label, _entries(run)
    inner = {row.label: row.field for entry in entries for row in entry[1:]}
    labels = sorted(inner, key=lambda label: _position(field, inner[label]))
    if len(labels) < _LONG:
        head = str(field.type.entry)
        columns = [Column(head[:1].upper() + head[1:], weight=2)]
        columns += [Column(label, number=_is_number(inner[label])) for label in labels]
        cells = [(entry[0].value or "–", *(_value(entry, label) for label in labels)) for entry in entries]
        yield Table(caption, columns, cells)
        return
    for entry in entries:
        yield Heading(": ".join(filter(None, (caption, entry[0].value))), 3)
        if len(entry) > 1:
            yield Facts([(row.label, row.value) for row in entry[1:]])


def _position(listed: Field, inner: Field | None) -> int:
    """Where a field stands in the description of the list; what is not described comes last."""
    return listed.fields.index(inner) if inner in listed.fields else len(listed.fields)


def _is_number(field: Field | None) -> bool:
    return field is not None and isinstance(field.type, (Money, Number))


def _entries(run: Sequence[Row]) -> list[list[Row]]:
    """The rows of each entry, its head first."""
    made: list[list[Row]] = []
    for row in run:
        if row.depth == 0:
            made.append([])
        made[-1].append(row)
    return made


def _value(entry: Sequence[Row], label: str) -> str:
    return "; ".join(row.value for row in entry[1:] if row.label == label)


def _facts(run: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Labels and values; what stands under a heading has it before its own label."""
    headings: list[str] = []
    for row in run:
        del headings[row.depth :]
        if row.value or row.field is None:
            yield ", ".join([*headings, row.label]), row.value
        else:
            headings.append(row.label)
