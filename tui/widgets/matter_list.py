"""The list of what asks for attention: lines that lead to records, under headings that the cursor passes over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from registry.words import N_, _
from tui.commands import Command, Verdict
from tui.text import fit, one_line, shorten
from tui.widgets.columns import GAP, Column, Tone
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows
from tui.widgets.row_painter import GUTTER

_ROOM_FOR_ASIDES: Final = 56
"""Cells from which on there is room for a word at the right."""


UNFOLD: Final = "unfold "
"""Goals that begin so lead to the rest of a section, in the list itself."""


class Item(NamedTuple):
    """A line: a title and what is said of it, a symbol before it, a few words at the right."""

    key: str
    """What the cursor stays on when the lines change."""
    goal: str
    """Where it leads: a REF, a page, or a section to unfold; "" for a heading."""
    title: str
    words: str = ""
    symbol: str = " "
    tone: Tone = ""
    """How the symbol is meant; the symbol and the words say it as well."""
    aside: str = ""
    detail: str = ""
    """What there is to tell once the cursor is here."""
    field: str = ""
    """The field of the record that it is about, by its path."""


def _never(_list: MatterList) -> Verdict:
    return _("The most pressing comes first here.")


class MatterList(RecordList[str]):
    """Give it `Item`s; it tells `Opened` with an item's key."""

    COMMAND_TABLE = (  # type: ignore[assignment]  # another table, of any length
        Command(
            id="list.sort", keys="t", label=N_("order"), help=N_("Sort by the next column; after the last one, as the list came."),
            group=N_("In a list"), show=False, enabled=_never,
        ),
        Command(
            id="list.reverse", keys="T", label=N_("reverse order"), help=N_("Sort by the same column the other way round."),
            group=N_("In a list"), show=False, enabled=_never,
        ),
    )  # fmt: skip

    def __init__(self, *, empty: str = "") -> None:
        super().__init__([Column("what", "", flex=1)], show_header=False, empty=empty)
        self._items: dict[str, Item] = {}
        self._moved = False
        """Whether the cursor was ever put on a line by the user."""

    def show(self, items: Sequence[Item]) -> None:
        """Show other lines; the cursor stays on its own, and on the first as long as nobody has moved it."""
        self._items = {item.key: item for item in items}
        self.set_rows(Rows(list(self._items), [(f"{item.title} {item.words}",) for item in items]))
        if not self._moved:
            self._put(0)

    @property
    def item(self) -> Item | None:
        """The line under the cursor."""
        return self._items.get(self.key or "")

    def item_of(self, key: str) -> Item | None:
        """The line with that key."""
        return self._items.get(key)

    # the cursor passes over headings

    def _go(self, row: int) -> None:
        self._moved = True
        self._put(row)

    def _put(self, row: int) -> None:
        step = 1 if row >= self.cursor else -1
        for way in (step, -step):
            at = max(0, min(row, self.shown - 1))
            while 0 <= at < self.shown and self._is_heading(at):
                at += way
            if 0 <= at < self.shown:
                super()._go(at)
                break
        if not any(not self._is_heading(above) for above in range(self.cursor)):
            self.scroll_to(y=0, animate=False)

    def _after_change(self, key: str | None, offset: int, *, otherwise_first: bool = False) -> None:
        super()._after_change(key, offset, otherwise_first=otherwise_first)
        if self._is_heading(self.cursor):
            self._put(self.cursor)

    def _is_heading(self, row: int) -> bool:
        item = self._items.get(self._view.key_at(row) or "")
        return item is not None and not item.goal

    # drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        row = y + self.scroll_offset.y
        item = self._items.get(self._view.key_at(row) or "")
        if item is None:
            return super().render_line(y)
        return self._heading(item) if not item.goal else self._line(item, cursor=row == self.cursor)

    def _heading(self, item: Item) -> Strip:
        width, base = self.scrollable_content_region.width, self.rich_style
        title = shorten(f" {item.title}", width)
        rest = fit(f"   {item.words}", width - cell_len(title)) if item.words else ""
        segments = [Segment(title, base + self._tone("accent")), Segment(rest, base + self._tone("muted"))]
        return Strip(segments).adjust_cell_length(width, base)

    def _line(self, item: Item, *, cursor: bool) -> Strip:
        width, base = self.scrollable_content_region.width, self.rich_style
        if cursor:
            base += self._tone("cursor")
        room = width - GUTTER - 1
        aside = item.aside if room >= _ROOM_FOR_ASIDES else ""
        if aside:
            room -= cell_len(aside) + GAP
        title, words = _share(one_line(item.title), one_line(item.words), room)
        tone = base + self._tone(item.tone) if item.tone else base
        segments = [
            Segment("▌", base + self._tone("bar")) if cursor else Segment(" ", base),
            Segment(f"{item.symbol} ", tone),
            Segment(title, base + self._tone("strong")),
            Segment(fit(words, room - cell_len(title)), base),
        ]
        if aside:
            segments.append(Segment(" " * GAP + aside + " ", base + self._tone("muted")))
        return Strip(segments).adjust_cell_length(width, base)


def _share(title: str, words: str, room: int) -> tuple[str, str]:
    """The room shared between a title and what is said: the title gives way first, down to two fifths."""
    if not words:
        return shorten(title, room), ""
    words = f"  {words}"
    spare = room - cell_len(words)
    title = shorten(title, max(spare, room * 2 // 5))
    return title, shorten(words, room - cell_len(title))
