"""What lists show of each kind: columns, and how a row's values become the texts in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from registry.records.countries import country_name
from registry.records.fields import Kind
from registry.records.types import Number, OneOf
from registry.records.values import text
from registry.rows import Row
from registry.words import N_, _
from tui.priority_column import CONTACT, KEY, PRIORITISED, derived
from tui.session import View
from tui.widgets.columns import Column
from tui.widgets.record_rows import Mark, Rows


@dataclass(frozen=True, slots=True)
class Shown:
    """One column of a kind's list: from which of the row's values it is made, and how."""

    key: str
    title: str
    """Marked with `N_`; "" takes the field's label."""
    cell: Callable[[Any, View], str]
    width: int = 0
    flex: int = 0
    min: int = 8
    drop: int = 0
    by_value: bool = False
    """Whether it sorts by the value and not by its text."""


def _as_is(value: Any, _view: View) -> str:
    return "" if value is None else str(value)


def _year(value: Any, _view: View) -> str:
    return str(value or "")[:4]


def _country(value: Any, _view: View) -> str:
    return country_name(value) if isinstance(value, str) else ""


def _record(value: Any, view: View) -> str:
    return view.snapshot.title(value) if isinstance(value, str) else ""


def _records(value: Any, view: View) -> str:
    return (
        ", ".join(view.snapshot.title(ref) for ref in value if isinstance(ref, str))
        if isinstance(value, (list, tuple))
        else ""
    )


def _yes(value: Any, _view: View) -> str:
    return _("yes") if value is True else _("no") if value is False else ""


def _officer(value: Any, view: View) -> str:
    """Who holds the office today."""
    today = date.today().isoformat()
    for entry in value if isinstance(value, (list, tuple)) else ():
        if isinstance(entry, dict) and text(entry, "from") <= today <= (text(entry, "until") or "9999"):
            person = text(entry, "person")
            return view.names.person(person) if person else text(entry, "function")
    return ""


COLUMNS: Final[dict[str, tuple[Shown, ...]]] = {
    "departments": (
        Shown("name", "", _as_is, flex=3, min=30),
        Shown("board_short", N_("Board"), _as_is, width=8),
        Shown("ambition", "", _yes, width=8, drop=2),
        Shown("officers", N_("Exchange officer"), _officer, flex=2, min=16, drop=1),
    ),
    "twin-towns": (
        Shown("name", "", _as_is, flex=2, min=16),
        Shown("country", "", _country, width=11),
        Shown("agreement_status", N_("Agreement"), _as_is, width=11),
        Shown("agreement_year", N_("Decision"), _as_is, width=8, by_value=True),
        Shown(KEY, N_("Prio"), _as_is, width=6, by_value=True),
        Shown(CONTACT, N_("Last contact"), _as_is, width=12, drop=1, by_value=True),
    ),
    "projects": (
        Shown("title", "", _as_is, flex=4, min=34),
        Shown("stage", "", _as_is, width=11),
        Shown("start", N_("Year"), _year, width=4, by_value=True),
        Shown(KEY, N_("Prio"), _as_is, width=6, by_value=True),
        Shown("department", "", _record, flex=1, min=16, drop=2),
        Shown("twin_towns", "", _records, flex=1, min=12, drop=1),
    ),
}


FIRST_ORDER: Final = dict.fromkeys(PRIORITISED, KEY)
"""The column that a kind's list is sorted by until the user asks otherwise."""


def columns_for(kind: Kind) -> list[Column]:
    """The columns of a kind's list."""
    return [
        Column(
            shown.key,
            _(shown.title) if shown.title else str(kind.by_key[shown.key].label),
            width=shown.width,
            flex=shown.flex,
            min=shown.min,
            drop=shown.drop,
        )
        for shown in COLUMNS[kind.id]
    ]


def rows_for(kind: Kind, view: View, rows: Sequence[Row], today: date) -> Rows[str]:
    """What the list of a kind shows; broken files last, by their REF."""
    shown = COLUMNS[kind.id]
    own = derived(kind.id, view.snapshot, rows, today)
    columns = [
        list(own[column.key].cells) if column.key in own else _cells(kind, column, view, rows) for column in shown
    ]
    cells = list(zip(*columns, strict=True))
    broken = [ref for ref in view.faults if ref.startswith(f"{kind.id}/")]
    cells.extend((ref, *("",) * (len(shown) - 1)) for ref in broken)
    order: dict[str, list[Any]] = {
        column.key: [
            *(own[column.key].order if column.key in own else _in_order(kind, column, rows)),
            *(None for _ref in broken),
        ]
        for column in shown
        if column.by_value
    }
    return Rows([*(row.ref for row in rows), *broken], cells, order=order)


def marks_for(kind: Kind, view: View, unseen: Iterable[str]) -> dict[str, Mark]:
    """What is out of the ordinary about rows, the gravest first: the file itself, a hand edit, what others changed."""
    marks = dict.fromkeys(unseen, Mark.UNSEEN) | dict.fromkeys(view.unsaved, Mark.EDITED_BY_HAND)
    marks |= dict.fromkeys(view.faults, Mark.BROKEN)
    return {ref: mark for ref, mark in marks.items() if ref.startswith(f"{kind.id}/")}


def _values(kind: Kind, column: Shown, rows: Sequence[Row]) -> list[Any]:
    place = kind.columns.index(column.key)
    return [row.cells[place] for row in rows]


def _in_order(kind: Kind, column: Shown, rows: Sequence[Row]) -> list[Any]:
    """The values to sort a column by: numbers or texts; what hand edits have of another type comes last, as no value."""
    wanted = int if isinstance(kind.by_key[column.key].type, Number) else str
    return [value if type(value) is wanted else None for value in _values(kind, column, rows)]


def _cells(kind: Kind, column: Shown, view: View, rows: Sequence[Row]) -> list[str]:
    """The texts of a column; what no value stands for is said."""
    field = kind.by_key[column.key]
    choice = field.type if isinstance(field.type, OneOf) else None
    values = [field.implied if value is None else value for value in _values(kind, column, rows)]
    return [choice.show(value) if choice and value else column.cell(value, view) for value in values]
