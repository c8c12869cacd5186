"""A record for people to read: its fields with their labels, in sections, as `vanort show` and the card have them.

Pure and made from the description alone; how it is laid out is the reader's business. What is empty is left out, what
nobody has described or what is not built as described is shown as it stands, so that nothing in a file is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from registry.plain_text import line
from registry.records import entries
from registry.records.fields import ID, Field, Kind
from registry.records.paths import quoted, telling_keys
from registry.records.types import BARE, MapOf, Names, Table, Tables
from registry.records.values import Data, Value, is_absent
from registry.words import Words

OTHER: Final = Words("Övrigt i filen", "Other keys of the file")


class Row(NamedTuple):
    """One value to read."""

    field: Field | None
    """None for a key that nobody has described."""
    label: str
    value: str
    """In words; long texts keep their line breaks. "" for a heading of rows that follow, one step further in."""
    path: str
    """Where it stands, as a field path; of an entry's heading the entry: ``budget[b3k9x]``."""
    depth: int = 0
    """0; 1 for what belongs to the heading before it, 2 for what is inside that."""


class Group(NamedTuple):
    """The rows of one section."""

    label: str
    rows: list[Row]


def title(kind: Kind, data: Data, ref: str) -> str:
    """What the record is called, on one line; its REF where it has no title."""
    found = data.get(kind.title_key)
    return (line(found) if isinstance(found, str) else "") or ref


def rows(kind: Kind, data: Data, names: Names = BARE) -> list[Group]:
    """Everything that the record says but its title, section by section; sections that say nothing are left out.

    Each entry of a list is a row that tells which it is, ``Budget`` ``2026, förvaltningens medel``, and then a row for
    each of its other values.
    """
    titled = kind.title_key if isinstance(data.get(kind.title_key), str) else ""
    groups = [
        Group(str(section.label), list(_of_section([f for f in section.fields if f.key != titled], data, names)))
        for section in kind.sections
    ]
    groups.append(Group(str(OTHER), list(_unknown(kind.fields, data, "", 0))))
    return [group for group in groups if group.rows]


def with_implied(kind: Kind, data: Data) -> Data:
    """The record with the choices that no value stands for: a project that says no status is an idea."""
    unsaid = {field.key: field.implied for field in kind.fields if field.implied and is_absent(data.get(field.key))}
    return {**data, **unsaid}


def _of_section(fields: Sequence[Field], data: Data, names: Names) -> Iterator[Row]:
    """A section that is one table needs no heading of its own for it."""
    found = data.get(fields[0].key) if len(fields) == 1 and isinstance(fields[0].type, Table) else None
    if isinstance(found, Mapping):
        return _of_table(fields[0].fields, found, f"{fields[0].key}.", names, 0)
    return _of_fields(fields, data, "", names)


def shown(field: Field, value: Value, names: Names = BARE) -> str:
    """A field's value in words, with its unit; what absence means where there is none."""
    if is_absent(value):
        return str(field.absent)
    words = field.type.show(value, names)
    return f"{words} {field.units}" if field.units else words


def _of_fields(fields: Sequence[Field], data: Data, before: str, names: Names, depth: int = 0) -> Iterator[Row]:
    for field in fields:
        value, path = data.get(field.key), f"{before}{field.key}"
        if is_absent(value):
            continue
        if isinstance(field.type, Table) and isinstance(value, Mapping):
            yield Row(field, str(field.label), "", path, depth)
            yield from _of_table(field.fields, value, f"{path}.", names, depth + 1)
        elif isinstance(field.type, MapOf) and isinstance(value, Mapping):
            yield Row(field, str(field.label), "", path, depth)
            for key, item in value.items():
                said, where = field.type.item.show(item, names), f"{path}.{quoted(str(key))}"
                yield Row(field, field.type.key.show(key, names), said, where, depth + 1)
        elif isinstance(field.type, Tables) and isinstance(value, (list, tuple)):
            yield from _of_entries(field, value, path, names, depth)
        else:
            yield Row(field, str(field.label), shown(field, value, names), path, depth)


def _of_table(fields: Sequence[Field], data: Data, before: str, names: Names, depth: int) -> Iterator[Row]:
    yield from _of_fields(fields, data, before, names, depth)
    yield from _unknown(fields, data, before, depth)


def _of_entries(field: Field, found: Sequence[Value], path: str, names: Names, depth: int) -> Iterator[Row]:
    own = entries.ids([entry if isinstance(entry, Mapping) else {} for entry in found])
    for index, entry in enumerate(found):
        where = f"{path}[{own[index] or index}]"
        if not isinstance(entry, Mapping):
            yield Row(field, str(field.label), str(entry), where, depth)
            continue
        telling = telling_keys(field, entry)
        first = [inner for key in telling for inner in field.fields if inner.key == key]
        rest = [inner for inner in field.fields if inner not in first and inner is not ID]
        head = ", ".join(line(shown(inner, entry[inner.key], names)) for inner in first)
        yield Row(field, str(field.label), head, where, depth)
        yield from _of_fields(rest, entry, f"{where}.", names, depth + 1)
        yield from _unknown(field.fields, entry, f"{where}.", depth + 1)


def _unknown(fields: Sequence[Field], data: Data, before: str, depth: int) -> Iterator[Row]:
    known = {field.key for field in fields}
    for key, value in data.items():
        if key not in known:
            yield Row(None, str(key), str(value), f"{before}{quoted(str(key))}", depth)
