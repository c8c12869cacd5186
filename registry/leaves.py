"""A record as its smallest values, and which of them one version carried over from another.

A *leaf* is a value that has an answer of its own to "who decided this": a field, a field of a table, a field of an entry
of a list. It is known by the steps that lead to it, ``("budget", 2, "granted")``; indices are those of that very version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from registry.records.entries import is_tables, name, pair, same
from registry.records.fields import ID, Field, Kind
from registry.records.paths import quoted
from registry.records.types import Table, Tables
from registry.records.values import Data, Value, is_absent

Leaf: TypeAlias = tuple[str | int, ...]

_NO_FIELDS: Final[Sequence[Field]] = ()


def leaves(kind: Kind, data: Data) -> Iterator[tuple[Leaf, Field | None, Value]]:
    """Every leaf of a record with its description and value, in the order of the file. What has no value is none."""
    return _leaves(kind.fields, data, ())


def _leaves(fields: Sequence[Field], data: Data, at: Leaf) -> Iterator[tuple[Leaf, Field | None, Value]]:
    described = {field.key: field for field in fields}
    for key, value in data.items():
        field = described.get(key)
        if is_absent(value) or field is ID:
            continue
        if _is_table(field, value):
            yield from _leaves(_inside(field), value, (*at, key))
        elif _is_list(field, value):
            for index, entry in enumerate(value):
                yield from _leaves(_inside(field), entry, (*at, key, index))
        else:
            yield (*at, key), field, value


def carried(kind: Kind, old: Data, new: Data) -> dict[Leaf, Leaf]:
    """The leaves of `new` that were in `old` already, with the same value: each with the leaf that it was there.

    Entries are followed by their id, else by their content (`registry.records.entries.pair`).
    """
    return dict(_carried(kind.fields, old, new, (), ()))


def _carried(fields: Sequence[Field], old: Data, new: Data, then: Leaf, now: Leaf) -> Iterator[tuple[Leaf, Leaf]]:
    described = {field.key: field for field in fields}
    for key, value in new.items():
        field, before = described.get(key), old.get(key)
        if key not in old or is_absent(value) or field is ID:
            continue
        if _is_table(field, value):
            if isinstance(before, Mapping):
                yield from _carried(_inside(field), before, value, (*then, key), (*now, key))
        elif _is_list(field, value):
            if is_tables(before):
                for was, become in pair(before, value):
                    if was is not None and become is not None:
                        places = (*then, key, was), (*now, key, become)
                        yield from _carried(_inside(field), before[was], value[become], *places)
        elif same(before, value):
            yield (*now, key), (*then, key)


def path_of_leaf(data: Data, leaf: Leaf) -> str:
    """How commands and differences write it, ``budget[b3k9x].granted``; an entry without id by its 0-based index."""
    found: Value = data
    said = ""
    for step in leaf:
        if isinstance(step, int):
            assert is_tables(found)  # noqa: S101 - a leaf of this very version
            said += f"[{name(found, step)}]"
            found = found[step]
        else:
            assert isinstance(found, Mapping)  # noqa: S101
            said += f".{quoted(step)}" if said else quoted(step)
            found = found[step]
    return said


def entry_around(data: Data, leaf: Leaf) -> Data | None:
    """The entry of a list that the leaf stands in; None for one that stands in none."""
    found: Value = data
    entry: Data | None = None
    for step in leaf[:-1]:
        found = found[step]
        if isinstance(step, int) and isinstance(found, Mapping):
            entry = found
    return entry


def _is_table(field: Field | None, value: Value) -> bool:
    return field is not None and isinstance(field.type, Table) and isinstance(value, Mapping)


def _is_list(field: Field | None, value: Value) -> bool:
    return field is not None and isinstance(field.type, Tables) and is_tables(value)


def _inside(field: Field | None) -> Sequence[Field]:
    return field.fields if field is not None else _NO_FIELDS
