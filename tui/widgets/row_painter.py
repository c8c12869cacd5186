"""How a list looks: its heading, its rows, and what it says when there are none. It draws one line at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.text import fit, one_line, shorten
from tui.widgets.columns import GAP, Column, Place, lay_out
from tui.widgets.record_rows import Mark

GUTTER: Final = 3
"""Cells to the left of the first column: the cursor's bar, the row's mark, and a blank."""

_BAR: Final = "▌"


class RowPainter:
    """Draws for a list with `columns`. `tone` gives the style of a component: "header", "cursor", "muted" …"""

    def __init__(self, columns: Sequence[Column], tone: Callable[[str], Style]) -> None:
        self._columns = tuple(columns)
        self._tone = tone
        self._places: list[Place] = []
        self._room = -1

    def places(self, width: int) -> list[Place]:
        """Where the columns stand in a list of `width` cells, counted from the end of the gutter."""
        if width - GUTTER != self._room:
            self._room = width - GUTTER
            self._places = lay_out(self._columns, self._room)
        return self._places

    def column_at(self, x: int, width: int) -> Column | None:
        """The column that cell `x` of a line belongs to, the gap after it included."""
        for place in self.places(width):
            if place.x <= x - GUTTER < place.x + place.width + GAP:
                return self._columns[place.column]
        return None

    def heading(self, width: int, base: Style, sorted_by: str, *, descending: bool) -> Strip:
        """The titles; the sorted column's with an arrow."""
        style = base + self._tone("header")
        text = " " * GUTTER
        for place in self.places(width):
            column = self._columns[place.column]
            title = column.title
            if column.key == sorted_by:
                title = f"{shorten(title, place.width - 2)} {'↓' if descending else '↑'}"
            text += fit(title, place.width, column.align) + " " * GAP
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)

    def row(self, width: int, base: Style, cells: Sequence[str], mark: Mark | None, *, cursor: bool) -> Strip:
        """A row; the one under the cursor begins with a bar, so that it is found without colours too."""
        if cursor:
            base += self._tone("cursor")
        segments = [
            Segment(_BAR, base + self._tone("bar")) if cursor else Segment(" ", base),
            Segment(f"{mark.symbol if mark else ' '} ", base + self._tone("mark")),
        ]
        for place in self.places(width):
            column = self._columns[place.column]
            text = one_line(cells[place.column])
            tone = column.tone(text)
            text = column.shorten(text, place.width)
            style = base + self._tone(tone) if tone else base
            if mark and place.x == 0:
                segments += self._marked(text, place.width, mark, style, base + self._tone("mark"))
            else:
                segments.append(Segment(fit(text, place.width, column.align), style))
            segments.append(Segment(" " * GAP, base))
        return Strip(segments).adjust_cell_length(width, base)

    def message(self, width: int, base: Style, text: str) -> Strip:
        """A line of what an empty list says."""
        return Strip([Segment(fit(" " * GUTTER + one_line(text), width), base + self._tone("empty"))], width)

    def _marked(self, text: str, width: int, mark: Mark, style: Style, mark_style: Style) -> list[Segment]:
        """The first cell of a marked row: with the word for the mark after it, if there is room for both."""
        word = f"  {mark.word}"
        if cell_len(text) + cell_len(word) > width:
            return [Segment(fit(text, width), style)]
        return [Segment(text, style), Segment(fit(word, width - cell_len(text)), mark_style)]
