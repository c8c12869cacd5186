"""The columns of a list, described as data, and how wide each becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from tui.text import shorten

Tone = Literal["", "muted", "strong", "accent", "good", "warning", "bad"]
"""How a text is meant, not which colour it has; the themes decide that."""

GAP: Final = 2
"""Cells between two columns."""

_SLIMMEST: Final = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list."""

    key: str
    """Names the column in sorting and in messages."""
    title: str
    """Its heading, in the user's language."""
    width: int = 0
    """Cells. With `flex`, the most that it takes (0: as much as there is)."""
    flex: int = 0
    """Its share of the room that is left over; 0 for a column of a fixed width."""
    min: int = 8
    """Cells that a flexible column has before others are left out for it."""
    align: Literal["left", "right"] = "left"
    style: Tone | Callable[[str], Tone] = ""
    """The tone of its cells, or what gives it from the cell's text."""
    drop: int = 0
    """In a narrow list the column with the highest `drop` is left out first; 0 is never left out."""
    shorten: Callable[[str, int], str] = shorten
    """Cuts a text to so many cells."""

    def tone(self, text: str) -> Tone:
        """The tone of a cell that holds `text`."""
        return self.style(text) if callable(self.style) else self.style


class Place(NamedTuple):
    """Where a column stands: which of the columns it is, the cell that it starts in, and its width in cells."""

    column: int
    x: int
    width: int


def lay_out(columns: Sequence[Column], room: int) -> list[Place]:
    """The columns that fit into `room` cells, from left to right.

    Where room is short, columns with `drop` are left out; then flexible ones shrink below their minimum; then what
    stands furthest right is left out. Spare room goes to the flexible columns by their shares. The first one stays.
    """
    shown = list(range(len(columns)))
    widths = [column.min if column.flex else column.width for column in columns]

    def spare() -> int:
        return room - sum(widths[i] for i in shown) - GAP * (len(shown) - 1)

    while spare() < 0 and (droppable := [i for i in shown if columns[i].drop]):
        shown.remove(max(droppable, key=lambda i: (columns[i].drop, i)))
    while spare() < 0 and (shrinking := [i for i in shown if columns[i].flex and widths[i] > _SLIMMEST]):
        widths[max(shrinking, key=lambda i: widths[i])] -= 1
    while len(shown) > 1 and spare() < 0:
        shown.pop()
    for _ in range(spare()):
        growing = [i for i in shown if columns[i].flex and not 0 < columns[i].width <= widths[i]]
        if not growing:
            break
        widths[min(growing, key=lambda i: (widths[i] - columns[i].min) / columns[i].flex)] += 1
    places: list[Place] = []
    x = 0
    for i in shown:
        places.append(Place(i, x, min(widths[i], max(0, room - x))))
        x += widths[i] + GAP
    return places
