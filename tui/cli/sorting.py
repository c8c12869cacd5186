"""The order of a list on the command line: ``--sort KEY``, and ``--sort -KEY`` for the other way round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from registry.errors import BadInput
from registry.plain_text import fold
from registry.records.types import Date, OneOf, Table, Tables
from registry.records.values import is_absent
from registry.rows import values_of
from registry.words import _
from tui.priority_column import KEY, PRIORITISED, priority_of

if TYPE_CHECKING:
    from registry.records.field_type import Names
    from registry.records.fields import Field, Kind
    from registry.records.values import Value
    from registry.rows import Row
    from registry.snapshot import Snapshot

REF: Final = "ref"
_BACKWARDS: Final = "-"

_Place: TypeAlias = tuple[int, int, str]
"""What two values are compared by: those that are counted come before those that are read."""


class Order(NamedTuple):
    """What a list is sorted by."""

    key: str
    backwards: bool = False


def keys_of(kind: Kind) -> tuple[str, ...]:
    """What lists of a kind can be sorted by, the usual order first."""
    shown = [key for key in kind.columns if not isinstance(kind.by_key[key].type, (Table, Tables))]
    return (KEY, *shown, REF) if kind.id in PRIORITISED else (REF, *shown)


def parse_order(kind: Kind, typed: str | None) -> Order:
    """The order that a person asked for; the usual one for None. Raises `BadInput`, naming the keys there are."""
    known = keys_of(kind)
    if typed is None:
        return Order(known[0])
    key = typed.strip().removeprefix(_BACKWARDS)
    if key not in known:
        near = get_close_matches(key, known, n=1)
        raise BadInput(
            _("%(kind)s cannot be sorted by “%(key)s”.") % {"kind": kind.id, "key": key},
            _("Did you mean %(key)s?") % {"key": near[0]}
            if near
            else _("Write one of %(keys)s.") % {"keys": ", ".join(known)},
        )
    return Order(key, typed.strip().startswith(_BACKWARDS))


def in_order(kind: Kind, order: Order, snapshot: Snapshot, names: Names, day: date) -> list[Row]:
    """The rows of a kind, sorted. Those without a value come last either way; what is equal stands by REF."""
    rows = snapshot.rows_of(kind.id)
    if order.key == REF:
        return rows[::-1] if order.backwards else rows
    if order.key == KEY:
        ranks = priority_of(kind.id, snapshot, rows, day).order
        by_rank = sorted(range(len(rows)), key=ranks.__getitem__, reverse=order.backwards)
        return [rows[at] for at in by_rank]
    return _by_value(kind, order, rows, names)


def _by_value(kind: Kind, order: Order, rows: Sequence[Row], names: Names) -> list[Row]:
    field, at = kind.by_key[order.key], kind.columns.index(order.key)
    found: list[tuple[_Place, Row]] = []
    without: list[Row] = []
    for row in rows:
        value = values_of(kind, row)[at]
        value = field.implied if is_absent(value) else value
        if is_absent(value):
            without.append(row)
        else:
            found.append((_place(field, value, names), row))
    found.sort(key=lambda each: each[0], reverse=order.backwards)
    return [*(row for _place, row in found), *without]


def _place(field: Field, value: Value, names: Names) -> _Place:
    """Numbers by size, days by date, choices in the order of their way, all else as it is read."""
    kind = field.type
    if isinstance(kind, OneOf):
        way = [choice.value for choice in kind.options]
        return (0, way.index(value), "") if value in way else (1, 0, str(value))
    if isinstance(value, int):
        return 0, int(value), ""
    if isinstance(kind, Date):
        return 1, 0, str(value)
    return 1, 0, fold(kind.show(value, names))
