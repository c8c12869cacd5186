"""The rows behind a list: which are shown, in which order; no widget in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, Generic, TypeVar

from registry.plain_text import Search, collate_folded, fold, loosen
from registry.words import N_, _

K = TypeVar("K", bound=Hashable)

_NO_SEARCH: Final = Search(())
_BETWEEN_CELLS: Final = " \x1f "


class Mark(Enum):
    """What is out of the ordinary about a row: a symbol, and the word for it."""

    NEW = ("+", N_("new"))
    UNSEEN = ("•", N_("new to you"))
    EDITED_BY_HAND = ("~", N_("edited by hand"))
    BROKEN = ("!", N_("cannot be read"))

    @property
    def symbol(self) -> str:
        """One character that every terminal draws in one cell."""
        return self.value[0]

    @property
    def word(self) -> str:
        """The meaning in the language spoken now."""
        return _(self.value[1])


@dataclass(frozen=True, slots=True)
class Rows(Generic[K]):
    """What a list shows: parallel sequences, one item a row."""

    keys: Sequence[K] = ()
    """What the screen knows each row by; unique."""
    cells: Sequence[Sequence[str]] = ()
    """The texts of each row, one for each column, as they are to be read."""
    folded: Sequence[str] | None = None
    """What each row is searched by, folded with `registry.plain_text.fold`; None: its cells."""
    order: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """For columns that do not sort by their text: the values by column key (None and "" come last)."""
    marks: Mapping[K, Mark] = field(default_factory=dict)
    """The rows that are out of the ordinary."""


class RowView(Generic[K]):
    """Rows as sorted and filtered now. `shown` holds positions in `rows`, in the order of the screen."""

    def __init__(self) -> None:
        self.rows: Rows[K] = Rows()
        self.shown: Sequence[int] = ()
        self.search = _NO_SEARCH
        self.sorted_by = ""
        self.descending = False
        self._order: Sequence[int] = ()
        self._folded: list[str] = []
        self._loose: list[str] = []

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self.rows.keys)

    def key_at(self, row: int) -> K | None:
        """The key of the shown row `row`, or None if there is no such row."""
        return self.rows.keys[self.shown[row]] if 0 <= row < len(self.shown) else None

    def row_of(self, key: K | None) -> int | None:
        """Where `key` is shown, or None."""
        try:
            return self.shown.index(self.rows.keys.index(key))
        except ValueError:
            return None

    def replace(self, rows: Rows[K], column: int = -1) -> None:
        """Take other rows, in the same order and through the same search. `column` is the index of the sorted one."""
        self.rows = rows
        self._folded, self._loose = [], []
        self._sort(column)
        self._filter(self._order)

    def sort(self, key: str, column: int, *, descending: bool = False) -> None:
        """Order by the column `key`, whose cells are at index `column`; "" is the order that the rows came in."""
        self.sorted_by, self.descending = key, descending
        self._sort(column)
        self._filter(self._order)

    def filter(self, search: Search) -> None:
        """Show only what `search` finds. Typing on looks only among what was found."""
        among = self.shown if search.narrows(self.search) and self.search else self._order
        self.search = search
        self._filter(among)

    def prepare(self, at_most: int) -> bool:
        """Fold up to `at_most` more rows for searching; tells whether all are folded.

        The first search does what is left. A widget calls this while nothing happens, so that little is.
        """
        start = len(self._folded)
        stop = min(self.total, start + at_most)
        if start < stop:
            if self.rows.folded is not None:
                folded = list(self.rows.folded[start:stop])
            else:
                folded = _at_once(fold, [_BETWEEN_CELLS.join(cells) for cells in self.rows.cells[start:stop]])
            self._folded += folded
            self._loose += _at_once(loosen, folded)
        return stop == self.total

    def _filter(self, among: Sequence[int]) -> None:
        if not self.search:
            self.shown = self._order
            return
        self.prepare(self.total)
        natural = isinstance(among, range)
        self.shown = self.search.select(self._folded, self._loose, None if natural else among)

    def _sort(self, column: int) -> None:
        self._order = range(self.total)
        if not self.sorted_by or column < 0:
            return
        values = self.rows.order.get(self.sorted_by)
        if values is None:
            folded = _at_once(fold, [cells[column] for cells in self.rows.cells])
            values = _at_once(collate_folded, folded)
        filled = [i for i, value in enumerate(values) if value is not None and value != ""]
        empty = [i for i, value in enumerate(values) if value is None or value == ""]
        self._order = sorted(filled, key=values.__getitem__, reverse=self.descending) + empty


def _at_once(function: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """`function` of each text, in one call where no text has line breaks of its own: a tenth of the time."""
    whole = "\n".join(texts)
    return function(whole).split("\n") if whole.count("\n") == len(texts) - 1 else [function(text) for text in texts]
