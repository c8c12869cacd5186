"""The list that opens under a field while somebody types: the field keeps the keys, this only shows and is clicked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final, NamedTuple, Protocol

from rich.segment import Segment
from textual import events
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget

from tui.text import fit, one_line

MOST: Final = 8
"""Rows in sight."""
_WIDEST: Final = 60


class Suggestion(NamedTuple):
    """A row: what it stands for, its words, and whether it is chosen already."""

    key: str
    name: str
    chosen: bool = False


class Owner(Protocol):
    """The field that the list is open for."""

    def take(self, suggestion: Suggestion) -> None:
        """Somebody chose it."""

    @property
    def suggestion_anchor(self) -> Widget:
        """The widget that the list opens under."""


class Suggestions(Widget):
    """One for each screen that has forms; over everything else while it is open."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"suggestions--cursor", "suggestions--more"}

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self._rows: Sequence[Suggestion] = ()
        self._more = ""
        self._cursor = 0
        self.owner: Owner | None = None

    def open(self, owner: Owner, rows: Sequence[Suggestion], more: str = "") -> None:
        """Show `rows` for `owner`, at most `MOST`; `more` is a line of words under them. Nothing to show closes it."""
        self._rows, self._more = tuple(rows[:MOST]), more
        self.owner = owner
        self._cursor = 0
        if not self._rows and not more:
            self.close()
            return
        anchor = owner.suggestion_anchor.region
        height = len(self._rows) + bool(more)
        below = anchor.bottom + height <= self.screen.size.height - 1
        self.styles.height = height
        self.styles.width = min(_WIDEST, max(24, anchor.width), max(10, self.screen.size.width - anchor.x))
        self.absolute_offset = Offset(anchor.x, anchor.bottom if below else max(0, anchor.y - height))
        self.display = True
        self.refresh(layout=True)

    def close(self) -> None:
        """Show nothing."""
        self.display = False
        self.owner = None

    @property
    def current(self) -> Suggestion | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    @property
    def rows(self) -> Sequence[Suggestion]:
        """The rows in sight."""
        return self._rows

    def move(self, by: int) -> None:
        """The cursor up or down, round the ends."""
        if self._rows:
            self._cursor = (self._cursor + by) % len(self._rows)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row; the one under the cursor stands out, chosen ones have a tick."""
        width, base = self.size.width, self.rich_style
        if y >= len(self._rows):
            style = base + self.get_component_rich_style("suggestions--more", partial=True)
            return Strip([Segment(fit("  " + one_line(self._more), width), style)])
        row = self._rows[y]
        style = base + self.get_component_rich_style("suggestions--cursor", partial=True) if y == self._cursor else base
        mark = "✓ " if row.chosen else "▸ " if y == self._cursor else "  "
        return Strip([Segment(fit(mark + one_line(row.name), width), style)])

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Taken on the way down, before the field loses the focus."""
        event.stop()
        if self.owner is not None and event.y < len(self._rows):
            self.owner.take(self._rows[event.y])
